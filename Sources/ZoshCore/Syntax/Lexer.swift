internal import ZoshKit

struct Token: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case word(Word)
        case pipe, semicolon, ifDone, ifFailed, newline, open, close
    }

    let kind: Kind
    let span: Span
}

/// What the lexer found; never an exception, because the completer reads half-typed text all day.
struct Lexed: Sendable {
    var tokens: [Token] = []
    /// The quote or backslash that waits for more text.
    var problem: ZoshError?
    /// Characters that mean nothing here and look as if they did, and variables that lead too deep.
    var mistakes: [ZoshError] = []
    /// The quote that is open where the text ends.
    var openQuote: CursorContext.Quoting?
    var endsInComment = false
    var depth = 0
    /// Where the parentheses stand that are still open.
    var parentheses: [Int] = []
    /// Whether a line break stood inside them: then the lines belong together.
    var isBrokenInParentheses = false
    /// Scalars looked at, for the test that lexing is linear.
    var scanned = 0
}

/// Text to tokens: the one lexer behind parser, completer and error places.
///
/// It reads each scalar a bounded number of times whatever the text, so a hostile line of a megabyte costs a
/// megabyte's work. Places are scalar offsets, as the line editor counts.
struct Lexer {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var found = Lexed()
    private var fragments = FragmentBuilder()

    static func lex(_ text: String) -> Lexed {
        var lexer = Lexer(Array(text.unicodeScalars))
        while lexer.step() {}
        if lexer.found.problem == nil, let open = lexer.found.parentheses.last {
            lexer.found.problem = unclosed(open, .incomplete)
        }
        return lexer.found
    }

    private init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private mutating func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        found.scanned += 1
        let index = position + ahead
        return index < scalars.count ? scalars[index] : nil
    }

    private mutating func emit(_ kind: Token.Kind, length: Int) {
        // A parenthesis groups a part of one stage: what is open where the stage ends is a mistake of that stage,
        // which must not run as one line with the next.
        if found.isBrokenInParentheses, let open = found.parentheses.last {
            found.mistakes.append(Self.unclosed(open, .usage))
        }
        (found.parentheses, found.isBrokenInParentheses) = ([], false)
        found.tokens.append(Token(kind: kind, span: Span(position, position + length)))
        position += length
    }

    /// One token, or the space before one. False at the end.
    private mutating func step() -> Bool {
        guard let next = peek() else { return false }
        switch next {
        case "\n", "\r": endLine(lineBreak())
        case "#": skipComment()
        case "|" where peek(1) == "|": emit(.ifFailed, length: 2)
        case "|": emit(.pipe, length: 1)
        case "&" where peek(1) == "&": emit(.ifDone, length: 2)
        case ";": emit(.semicolon, length: 1)
        case "{":
            found.depth += 1
            emit(.open, length: 1)
        case "}" where found.depth > 0:
            found.depth -= 1
            emit(.close, length: 1)
        case "\\" where lineBreak(1) > 0 && !endsIncomplete: position += 1 + lineBreak(1)
        case _ where next.isBlank:
            check(next, since: position)
            position += 1
        default: word()
        }
        return true
    }

    private static func unclosed(_ open: Int, _ kind: ZoshError.Kind) -> ZoshError {
        ZoshError(
            kind, "the parenthesis opened here is never closed", at: Span(open, open + 1),
            remedy: "close it with ')', or quote it if it is text")
    }

    /// - Parameter length: the scalars of the line break that stands here.
    private mutating func endLine(_ length: Int) {
        if !found.parentheses.isEmpty {
            found.isBrokenInParentheses = true
            position += length
        } else if continuesBelow(after: length) {
            position += length
        } else {
            emit(.newline, length: length)
        }
    }

    /// Whether the next line begins with `|`, `||` or `&&`: then it continues the command of this one.
    private mutating func continuesBelow(after length: Int) -> Bool {
        guard let last = found.tokens.last?.kind, last != .newline else { return false }
        var ahead = length
        var next = peek(ahead)
        while let blank = next, blank.isBlank, blank != "\n", blank != "\r" {
            ahead += 1
            next = peek(ahead)
        }
        return next == "|" || next == "&" && peek(ahead + 1) == "&"
    }

    /// How many scalars the line break takes that stands here: one for LF, and for CR alone as old files have it, two
    /// for both. 0 where none stands.
    private mutating func lineBreak(_ ahead: Int = 0) -> Int {
        switch peek(ahead) {
        case "\n": 1
        case "\r": peek(ahead + 1) == "\n" ? 2 : 1
        default: 0
        }
    }

    /// Whether a backslash stands here before a CR whose LF may still come.
    private var endsIncomplete: Bool { position + 2 == scalars.count && scalars[position + 1] == "\r" }

    private mutating func skipComment() {
        while peek() != nil, lineBreak() == 0 { position += 1 }
        found.endsInComment = position == scalars.count
    }

    private mutating func word() {
        let start = position
        /// Parentheses inside the word that are text: those of `foo(bar)`.
        var inText = 0
        loop: while let next = peek() {
            if !next.isBlank { check(next, since: start) }
            switch next {
            case "'": singleQuoted()
            case "\"": doubleQuoted()
            case "\\": escape()
            case "$": variable(quoted: false)
            case "|", ";": break loop
            case "&" where peek(1) == "&": break loop
            case "}" where found.depth > 0: break loop
            case _ where next.isBlank: break loop
            default:
                switch next {
                case "(" where opensGroup(since: start): found.parentheses.append(position)
                case "(": inText += 1
                case ")" where inText > 0: inText -= 1
                case ")":
                    if found.parentheses.popLast() != nil, found.parentheses.isEmpty {
                        found.isBrokenInParentheses = false
                    }
                default: break
                }
                fragments.add(next, .bare, at: position)
                position += 1
            }
        }
        let word = Word(fragments: fragments.take(), span: Span(start, position))
        found.tokens.append(Token(kind: .word(word), span: word.span))
    }

    /// Whether a parenthesis here begins a group of a condition: at the beginning of a word, behind another one, or
    /// right behind `in`, `not`, `and` or `or`. Anywhere else it is a part of a text.
    private func opensGroup(since start: Int) -> Bool {
        guard position > start else { return true }
        let last = scalars[position - 1]
        if last == "(" || last == "," { return true }
        let longest = scalars[max(start, position - 4)..<position]
        let letters = longest.reversed().prefix(while: \.isLetter)
        let word = String(String.UnicodeScalarView(letters.reversed()))
        let begin = position - letters.count
        return ["in", "not", "and", "or"].contains(word) && (begin == start || scalars[begin - 1] == "(")
    }

    /// Of a word one such mistake is reported.
    private mutating func check(_ next: Unicode.Scalar, since start: Int) {
        guard next.value >= 0x80, found.mistakes.last.map({ ($0.span?.lower ?? 0) < start }) ?? true else { return }
        let before = position == start ? nil : scalars[position - 1]
        let dashes =
            before == "-" && scalars[start..<position].prefix(3).allSatisfy { $0 == "-" } && position - start <= 3
        if let mistake = Typography.mistake(next, after: before, dashes: dashes, at: Span(position, position + 1)) {
            found.mistakes.append(mistake)
        }
    }

    private mutating func singleQuoted() {
        let start = position
        position += 1
        fragments.begin(.single, at: start)
        while let next = peek() {
            position += 1
            if next == "'" {
                fragments.end(at: position)
                return
            }
            fragments.extend(next)
        }
        fragments.end(at: position)
        leaveOpen(.single, from: start)
    }

    private mutating func doubleQuoted() {
        let start = position
        position += 1
        fragments.begin(.double, at: start)
        while let next = peek() {
            switch next {
            case "\"":
                position += 1
                fragments.end(at: position)
                return
            case "\\":
                doubleQuotedEscape()
            case "$":
                fragments.end(at: position)
                variable(quoted: true)
                fragments.begin(.double, at: position)
            default:
                fragments.extend(next)
                position += 1
            }
        }
        fragments.end(at: position)
        leaveOpen(.double, from: start)
    }

    /// `\n`, `\t` and the characters that mean something here; any other backslash stays, so that `"\d+"` is a pattern.
    private mutating func doubleQuotedEscape() {
        let breaks = lineBreak(1)
        guard breaks == 0 else {
            position += 1 + breaks
            return
        }
        let next = peek(1)
        position += next == nil ? 1 : 2
        switch next {
        case "n": fragments.extend("\n")
        case "t": fragments.extend("\t")
        case "\"", "\\", "$": fragments.extend(next!)
        case nil: break
        default:
            fragments.extend("\\")
            fragments.extend(next!)
        }
    }

    private mutating func escape() {
        guard let next = peek(1), !endsIncomplete else {
            found.problem = ZoshError(
                .incomplete, "the line ends in a backslash", at: Span(position, position + 1),
                remedy: "type the rest on the next line, or remove it")
            position = scalars.count
            return
        }
        let breaks = lineBreak(1)
        if breaks == 0 { fragments.add(next, .escaped, at: position, length: 2) }
        position += 1 + max(1, breaks)
    }

    private mutating func variable(quoted: Bool) {
        let start = position
        position += 1
        let name = identifier()
        guard !name.isEmpty else {
            fragments.add("$", quoted ? .double : .bare, at: start)
            return
        }
        var path: [String] = []
        var pathStart: Int?
        while peek() == ".", let after = peek(1) {
            if Self.beginsName(after) {
                position += 1
                if path.isEmpty { pathStart = position }
                path.append(identifier())
            } else if !quoted, after == "'" || after == "\"" {
                position += 1
                let begin = position
                path.append(quotedName(after))
                // Only the one still being typed can be completed.
                pathStart = path.count == 1 && found.openQuote != nil ? begin : nil
            } else {
                break
            }
        }
        if path.count >= FieldPath.deepest { found.mistakes.append(FieldPath.tooDeep(at: Span(start, position))) }
        let reference = VariableReference(name: name, path: path, quoted: quoted, pathStart: pathStart)
        fragments.add(reference, at: Span(start, position))
    }

    /// A field's name that is not a plain word: `$it."Work E-mail"`. The backslash means what it means in any quote.
    private mutating func quotedName(_ quote: Unicode.Scalar) -> String {
        let start = position
        position += 1
        var text = String.UnicodeScalarView()
        while let next = peek() {
            position += 1
            if next == quote { return String(text) }
            if quote == "\"", next == "\\", let escaped = peek(), "\"\\$".unicodeScalars.contains(escaped) {
                text.append(escaped)
                position += 1
            } else {
                text.append(next)
            }
        }
        leaveOpen(quote == "'" ? .single : .double, from: start)
        return String(text)
    }

    private mutating func identifier() -> String {
        var text = String.UnicodeScalarView()
        while let next = peek(), Self.beginsName(next) || (next.isDigit && !text.isEmpty) {
            text.append(next)
            position += 1
        }
        return String(text)
    }

    private static func beginsName(_ scalar: Unicode.Scalar) -> Bool { scalar == "_" || scalar.isLetter }

    private mutating func leaveOpen(_ quoting: CursorContext.Quoting, from start: Int) {
        found.openQuote = quoting
        found.problem = ZoshError(
            .incomplete, "the quote opened here is never closed", at: Span(start, start + 1),
            remedy: "close it with \(quoting == .single ? "'" : "\"")")
    }
}
