internal import ZoshKit

/// A condition's words refined into operators and operands.
///
/// The lexer has done the quoting; here only bare text is looked into, so `'a=b'` stays one value.
struct ConditionToken: Sendable {
    enum Kind: Sendable {
        case sign(String)
        case operand(Word)
    }

    let kind: Kind
    let span: Span

    /// The text of a bare word: a keyword or a field.
    var plain: String? { if case .operand(let word) = kind { word.plain } else { nil } }
    var sign: String? { if case .sign(let text) = kind { text } else { nil } }

    static func read(_ words: [Word]) -> [ConditionToken] {
        var tokens: [ConditionToken] = []
        for word in words { read(word, into: &tokens) }
        return tokens
    }

    private static func read(_ word: Word, into tokens: inout [ConditionToken]) {
        // Most words hold no operator.
        guard
            word.fragments.contains(where: {
                $0.kind == .bare && $0.text.unicodeScalars.contains(where: signs.contains)
            })
        else {
            if !word.fragments.isEmpty { tokens.append(ConditionToken(kind: .operand(word), span: word.span)) }
            return
        }
        var operand: [Word.Fragment] = []
        func flush(into tokens: inout [ConditionToken]) {
            guard let first = operand.first, let last = operand.last else { return }
            let span = first.span.union(last.span)
            tokens.append(ConditionToken(kind: .operand(Word(fragments: operand, span: span)), span: span))
            operand = []
        }
        for fragment in word.fragments {
            guard fragment.kind == .bare else {
                operand.append(fragment)
                continue
            }
            let scalars = Array(fragment.text.unicodeScalars)
            var start = 0
            var place = 0
            func keepText(upTo end: Int) {
                guard end > start else { return }
                let text = String(String.UnicodeScalarView(scalars[start..<end]))
                operand.append(
                    Word.Fragment(
                        kind: .bare, text: text,
                        span: Span(fragment.span.lower + start, fragment.span.lower + end).within(fragment.span)))
            }
            while place < scalars.count {
                guard let sign = sign(scalars, place) else {
                    place += 1
                    continue
                }
                keepText(upTo: place)
                flush(into: &tokens)
                let lower = fragment.span.lower + place
                let length = sign.unicodeScalars.count
                tokens.append(
                    ConditionToken(kind: .sign(sign), span: Span(lower, lower + length).within(fragment.span)))
                place += length
                start = place
            }
            keepText(upTo: place)
        }
        flush(into: &tokens)
    }

    /// What operators begin with.
    private static let signs: [Unicode.Scalar] = ["=", "!", "<", ">", "~", "(", ")", ","]

    /// The operator at a place, the longer of two that fit.
    private static func sign(_ scalars: [Unicode.Scalar], _ place: Int) -> String? {
        let next = place + 1 < scalars.count ? scalars[place + 1] : nil
        return switch (scalars[place], next) {
        case ("=", "="): "=="
        case ("!", "="): "!="
        case ("<", "="): "<="
        case (">", "="): ">="
        case ("!", "~"): "!~"
        // Other languages' words, so that they are named as one.
        case ("<", ">"), ("=", "<"), ("=", ">"), ("=", "~"):
            String(Character(scalars[place])) + String(Character(next ?? " "))
        case ("=", _), ("<", _), (">", _), ("~", _), ("(", _), (")", _), (",", _): String(Character(scalars[place]))
        default: nil
        }
    }
}
