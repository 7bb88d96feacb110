internal import ZoshKit

/// An id that stands where no parameter says whose it is: in a path, in a condition, after `let`.
struct LooseID: Sendable {
    /// Zoho's ids had thirteen digits once; shorter numbers are anything.
    static let shortest = 13
    /// Longer than any telephone number: an id, whosever it is.
    static let certain = 17

    let text: String
    /// The digits.
    let span: Span
    /// The piece of a word they stand in, …
    let fragment: Word.Fragment
    /// … when the word is nothing else: its place.
    let word: Span?
    /// Whether it must be an id, even if nothing here has it.
    let isCertain: Bool

    /// The text with a variable in place of the digits, and the span it replaces.
    func replaced(by variable: String, in scalars: [Unicode.Scalar]) -> (span: Span, text: String) {
        if let word { return (word, "$\(variable)") }
        switch fragment.kind {
        case .single: return (span, "'\"$\(variable)\"'")
        case .double:
            let next = span.upper < scalars.count ? scalars[span.upper] : " "
            // What could belong to the name is kept off it by closing the quotes around it.
            return (span, next.isLetter || next == "_" || next == "." ? "\"\"$\(variable)\"\"" : "$\(variable)")
        case .bare, .escaped, .variable: return (span, "\"$\(variable)\"")
        }
    }
}

extension Plan {
    /// Every number that may be an id, in words that say nothing about it. Fan-outs are left out: they speak of other
    /// organisations.
    /// - Parameter known: places that are read otherwise.
    func looseIDs(in text: String, besides known: [Span]) -> [LooseID] {
        let scalars = Array(text.unicodeScalars)
        let others =
            known + (header.map { [$0.span] } ?? []) + pipelines.flatMap(\.stages).filter(\.isFanOut).map(\.span)
        var found: [LooseID] = []
        for case .word(let word) in Lexer.lex(text).tokens.map(\.kind)
        where !others.contains(where: { $0.holds(word.span) }) {
            for fragment in word.fragments {
                if case .variable = fragment.kind { continue }
                for span in Self.numbers(scalars, in: fragment.span) where !others.contains(where: { $0.holds(span) }) {
                    let digits = String(String.UnicodeScalarView(scalars[span.lower..<span.upper]))
                    let isAll = word.fragments.count == 1 && fragment.text == digits
                    found.append(
                        LooseID(
                            text: digits, span: span, fragment: fragment, word: isAll ? word.span : nil,
                            isCertain: digits.utf8.count >= LooseID.certain))
                }
            }
        }
        return found
    }

    /// Runs of digits that are long enough and no part of a longer name.
    private static func numbers(_ scalars: [Unicode.Scalar], in span: Span) -> [Span] {
        var found: [Span] = []
        var place = span.lower
        while place < span.upper {
            guard scalars[place].isDigit else {
                place += 1
                continue
            }
            let start = place
            while place < span.upper, scalars[place].isDigit { place += 1 }
            let isPartOfName = start > span.lower && (scalars[start - 1].isLetter || scalars[start - 1] == "_")
            let goesOn = place < span.upper && (scalars[place].isLetter || scalars[place] == "_")
            if place - start >= LooseID.shortest, !isPartOfName, !goesOn { found.append(Span(start, place)) }
        }
        return found
    }
}

extension Span {
    /// Whether another lies wholly in it.
    func holds(_ other: Span) -> Bool { lower <= other.lower && other.upper <= upper }
}
