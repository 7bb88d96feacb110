public import ZoshKit

/// A variable as typed: `$rows`, `$it.role.name`.
public struct VariableReference: Sendable, Hashable {
    public let name: String
    /// The fields after the name; empty when the variable itself is meant.
    public let path: [String]
    /// Inside double quotes a variable is always text, never several values.
    public let quoted: Bool
    /// Where the path begins, in scalars; nil when a name in it is quoted.
    var pathStart: Int?
}

/// One word of a line, in the pieces it was typed in.
///
/// The pieces stay apart because quoting decides meaning: a comma, an `=`, a leading `@` or `--` count only when they
/// are bare. A bare piece has exactly one scalar of text per scalar of source, so places inside it can be computed.
public struct Word: Sendable, Hashable {
    public struct Fragment: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            case bare
            /// After a backslash.
            case escaped
            case single
            case double
            case variable(VariableReference)
        }

        public let kind: Kind
        /// What the piece stands for; empty for a variable.
        public let text: String
        public let span: Span
    }

    public let fragments: [Fragment]
    public let span: Span
}

extension Word {
    /// The text, or nil when a variable decides it.
    public var literal: String? {
        // Most words are one piece.
        if let plain { return plain }
        var text = ""
        for fragment in fragments {
            if case .variable = fragment.kind { return nil }
            text += fragment.text
        }
        return text
    }

    /// The text when nothing in the word is quoted, escaped or variable: what a command's name must be.
    public var plain: String? {
        guard fragments.count == 1, case .bare = fragments[0].kind else { return nil }
        return fragments[0].text
    }

    /// The variable when the word is nothing else.
    var soleVariable: VariableReference? {
        guard fragments.count == 1, case .variable(let reference) = fragments[0].kind, !reference.quoted else {
            return nil
        }
        return reference
    }

    /// What follows a bare prefix, or nil when the word does not begin with it.
    func dropping(bare prefix: String) -> Word? {
        guard let first = fragments.first, case .bare = first.kind, first.text.hasPrefix(prefix) else { return nil }
        return dropping(scalars: prefix.unicodeScalars.count)
    }

    /// `name=value` taken apart; nil when the word has no bare `=` after a name.
    var assignment: (name: String, nameSpan: Span, value: Word)? {
        guard let first = fragments.first, case .bare = first.kind else { return nil }
        let scalars = first.text.unicodeScalars
        guard let sign = scalars.firstIndex(of: "="), sign != scalars.startIndex else { return nil }
        let name = String(scalars[..<sign])
        guard Word.isName(name) else { return nil }
        let length = scalars.distance(from: scalars.startIndex, to: sign)
        return (name, Span(span.lower, span.lower + length).within(span), dropping(scalars: length + 1))
    }

    /// `'Zip Code'=1` taken apart: a field's label before a bare `=`, in quotes, escaped, or as one word of several
    /// that another shell has split. Nil when what stands there could not be a label.
    var labelledAssignment: (name: String, nameSpan: Span, value: Word)? {
        var name = ""
        for (index, fragment) in fragments.enumerated() {
            if case .variable = fragment.kind { return nil }
            let scalars = fragment.text.unicodeScalars
            guard case .bare = fragment.kind, let sign = scalars.firstIndex(of: "=") else {
                name += fragment.text
                continue
            }
            name += String(scalars[..<sign])
            guard name.unicodeScalars.contains(where: \.isLetter),
                name.unicodeScalars.allSatisfy({
                    $0.isLetter || $0.isDigit || $0.isBlank || "_-.$".unicodeScalars.contains($0)
                })
            else { return nil }
            let length = scalars.distance(from: scalars.startIndex, to: sign)
            let end = min(fragment.span.lower + length, fragment.span.upper)
            let rest = Word(fragments: Array(fragments[index...]), span: Span(fragment.span.lower, span.upper))
            return (name, Span(span.lower, end).within(span), rest.dropping(scalars: length + 1))
        }
        return nil
    }

    /// The values between bare commas.
    var elements: [Word] {
        let holdsComma = fragments.contains { fragment in
            if case .bare = fragment.kind { fragment.text.utf8.contains(UInt8(ascii: ",")) } else { false }
        }
        guard holdsComma else { return [self] }
        var found: [Word] = []
        var current: [Fragment] = []
        var start = span.lower
        for fragment in fragments {
            guard case .bare = fragment.kind else {
                current.append(fragment)
                continue
            }
            var place = fragment.span.lower
            for (index, part) in fragment.text.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false)
                .enumerated()
            {
                if index > 0 {
                    found.append(Word(fragments: current, span: Span(start, place).within(span)))
                    current = []
                    place += 1
                    start = place
                }
                let length = part.count
                if length > 0 {
                    let span = Span(place, place + length).within(fragment.span)
                    current.append(Fragment(kind: .bare, text: String(part), span: span))
                }
                place += length
            }
        }
        found.append(Word(fragments: current, span: Span(start, span.upper).within(span)))
        return found
    }

    /// Letters, digits, `_`, `-`, `.`, beginning with a letter or `_`.
    static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first == "_" || first.isLetter else { return false }
        return text.unicodeScalars.allSatisfy { $0.isLetter || $0.isDigit || $0 == "_" || $0 == "-" || $0 == "." }
    }

    private func dropping(scalars count: Int) -> Word {
        let first = fragments[0]
        let rest = String(String.UnicodeScalarView(first.text.unicodeScalars.dropFirst(count)))
        let place = min(first.span.lower + count, first.span.upper)
        let head = rest.isEmpty ? [] : [Fragment(kind: .bare, text: rest, span: Span(place, first.span.upper))]
        return Word(fragments: head + fragments.dropFirst(), span: Span(place, span.upper))
    }
}

extension Span {
    /// The part of it inside another. A word out of an alias has the place of the alias, which may be shorter than it.
    func within(_ outer: Span) -> Span {
        let lower = max(outer.lower, min(self.lower, outer.upper))
        return Span(lower, max(lower, min(upper, outer.upper)))
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }

    /// Unicode's white space. Most text is ASCII, and asking Unicode's tables costs ten times as much.
    var isBlank: Bool { value < 0x80 ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace }

    /// Unicode's alphabetic characters.
    var isLetter: Bool { value < 0x80 ? (0x61...0x7A).contains(value | 0x20) : properties.isAlphabetic }
}

extension Word {
    /// The values between its bare commas; nil where it has none.
    func listedParts(_ text: (Word) throws -> String) rethrows -> [Value]? {
        let parts = elements
        guard parts.count > 1 else { return nil }
        return try parts.map(text).filter { !$0.isEmpty }.map(Value.string)
    }
}
