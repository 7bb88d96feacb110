internal import ZoshKit

/// The language's doors for who knows no command: parse, complete?, what stands at the cursor.
public enum Syntax {
    public static func parse(_ text: String) -> ParsedText { Parser.parse(text) }

    /// Whether Return runs the text; false asks for another line. A wrong text is complete: it is run so that it is
    /// reported.
    public static func isComplete(_ text: String) -> Bool { !Parser.parse(text).isIncomplete }

    /// What an unfinished text waits for, in a few words; nil when it waits for nothing that can be named.
    public static func openPart(of text: String) -> String? {
        let lexed = Lexer.lex(text)
        if let quote = lexed.openQuote { return quote == .single ? "quote ' is open" : "quote \" is open" }
        if !lexed.parentheses.isEmpty { return "parenthesis ( is open" }
        if lexed.depth > 0 { return "bracket { is open" }
        switch lexed.tokens.last(where: { $0.kind != .newline })?.kind {
        case .pipe: return "pipe | is open: a command follows"
        case .ifDone: return "&& is open: a command follows"
        case .ifFailed: return "|| is open: a command follows"
        default: return nil
        }
    }

    /// What stands at the cursor.
    /// - Parameter cursor: in scalars; beyond the text it counts as the end.
    public static func cursorContext(_ text: String, _ cursor: Int) -> CursorContext {
        CursorReader.read(String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(0, cursor)))))
    }

    /// A word written so that it reads back as this text.
    /// - Parameter quoting: the quote already open at the cursor, whose kind is kept.
    public static func quoted(_ text: String, _ quoting: CursorContext.Quoting = .bare) -> String {
        switch quoting {
        case .bare where !needsQuotes(text): return text
        case .bare, .single:
            // A single quote cannot stand between single quotes.
            return text.unicodeScalars.contains("'") ? quoted(text, .double) : "'\(text)'"
        case .double:
            var result = "\""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"", "\\", "$": result.unicodeScalars.append(contentsOf: ["\\", scalar])
                case "\n": result += "\\n"
                case "\t": result += "\\t"
                default: result.unicodeScalars.append(scalar)
                }
            }
            return result + "\""
        }
    }

    private static func needsQuotes(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return true }
        if "#@-!{=<>".unicodeScalars.contains(first) || Typography.needsQuotes(text) { return true }
        var last = first
        // By scalars, as the lexer reads: a mark makes another character of the sign before it.
        return text.unicodeScalars.enumerated().contains { place, scalar in
            defer { last = scalar }
            return endsWord(scalar) || place > 0 && last == "&" && scalar == "&"
        }
    }

    private static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "'", "\"", "\\", "$", "|", ";", ",", "{", "}", "=", "(", ")": true
        // Controls, without asking the tables of Unicode: every candidate of a Tab comes by here.
        case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": true
        default: scalar.isBlank
        }
    }
}

extension Syntax {
    /// One command of words that were split by another program, as the text to show in errors and the tree.
    ///
    /// Every word is bare text: the shell that split them has already read quotes and variables.
    static func program(words: [String]) -> (text: String, program: ParsedText) {
        var elements: [Element] = []
        var place = 0
        for word in words {
            let span = Span(place, place + word.unicodeScalars.count)
            let fragments = word.isEmpty ? [] : [Word.Fragment(kind: .bare, text: word, span: span)]
            elements.append(.word(Word(fragments: fragments, span: span)))
            place = span.upper + 1
        }
        let text = words.joined(separator: " ")
        guard !elements.isEmpty else { return (text, ParsedText()) }
        let mistakes = zip(words, elements).compactMap { Typography.mistake(inSplit: $0, at: $1.span.lower) }
        guard mistakes.isEmpty else { return (text, ParsedText(errors: mistakes)) }
        let span = Span(0, max(0, place - 1))
        let pipeline = Pipeline(stages: [Stage(elements: elements, span: span)], span: span)
        let statement = Statement(condition: .always, body: .run(pipeline), span: span)
        return (text, ParsedText(lines: [Line(statements: [statement], span: span)]))
    }
}
