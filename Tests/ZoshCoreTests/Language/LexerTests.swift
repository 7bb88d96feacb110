import Testing
import ZoshKit

@testable import ZoshCore

struct LexerTests {
    /// The words of a text as `kind:text@lower-upper` pieces, signs as themselves.
    private func shown(_ text: String) -> [String] {
        Lexer.lex(text).tokens.map { token in
            switch token.kind {
            case .word(let word):
                word.fragments.map { fragment in
                    switch fragment.kind {
                    case .bare: fragment.text
                    case .escaped: "\\" + fragment.text
                    case .single: "'\(fragment.text)'"
                    case .double: "\"\(fragment.text)\""
                    case .variable(let reference):
                        "$(\(([reference.name] + reference.path).joined(separator: ".")))\(reference.quoted ? "q" : "")"
                    }
                }.joined(separator: "+")
            case .pipe: "|"
            case .semicolon: ";"
            case .ifDone: "&&"
            case .ifFailed: "||"
            case .newline: "⏎"
            case .open: "{"
            case .close: "}"
            }
        }
    }

    @Test(
        "words, quotes, escapes, variables and signs",
        arguments: [
            ("users list", ["users", "list"]),
            ("  a\tb  ", ["a", "b"]),
            ("a\u{A0}b", ["a", "b"]),
            ("'a b'", ["'a b'"]),
            ("'it''s'", ["'it'+'s'"]),
            (#""a \"b\" \\ \$x \n""#, ["\"a \"b\" \\ $x \n\""]),
            (#""\d+""#, [#""\d+""#]),
            (#"a\ b"#, [#"a+\ +b"#]),
            ("a\\\nb", ["a+b"]),
            ("a \\\n b", ["a", "b"]),
            ("''", ["''"]),
            ("# nothing", []),
            ("a # b", ["a"]),
            ("a#b", ["a#b"]),
            ("a|b||c;d&&e", ["a", "|", "b", "||", "c", ";", "d", "&&", "e"]),
            ("R&D", ["R&D"]),
            ("a\nb", ["a", "⏎", "b"]),
            ("$x", ["$(x)"]),
            ("$it.role.name.", ["$(it.role.name)+."]),
            ("a$x-b", ["a+$(x)+-b"]),
            ("\"mail $it.email!\"", ["\"mail \"+$(it.email)q+\"!\""]),
            ("$ $5", ["$", "$5"]),
            ("'^a$'", ["'^a$'"]),
            ("each { a }", ["each", "{", "a", "}"]),
            ("each {a;b}", ["each", "{", "a", ";", "b", "}"]),
            ("a} {", ["a}", "{"]),
            ("a{b", ["a{b"]),
        ])
    func tokens(text: String, expected: [String]) { #expect(shown(text) == expected) }

    @Test("places count unicode scalars", arguments: ["é̱x y", "👩‍💻 y", "\"é\" y"])
    func places(text: String) {
        let last = Lexer.lex(text).tokens.last
        let count = text.unicodeScalars.count
        #expect(last?.span == Span(count - 1, count))
    }

    @Test(
        "what waits for more text is named at its place",
        arguments: [
            ("users 'ada", 6, CursorContext.Quoting.single), ("users \"ada $x", 6, .double), ("a \"b\" 'c", 6, .single),
        ])
    func openQuotes(text: String, place: Int, quoting: CursorContext.Quoting) {
        let lexed = Lexer.lex(text)
        #expect(lexed.problem?.kind == .incomplete)
        #expect(lexed.problem?.span == Span(place, place + 1))
        #expect(lexed.openQuote == quoting)
    }

    @Test("a trailing backslash waits for more text")
    func trailingBackslash() {
        #expect(Lexer.lex("users \\").problem?.span == Span(6, 7))
        #expect(Lexer.lex("users 'a\\").openQuote == .single)
    }

    @Test("a line of a megabyte is read in linear work")
    func megabyte() {
        let lexed = Lexer.lex(String(repeating: "users list type='All Users' | where $x ", count: 26_000))
        #expect(lexed.scanned <= 6 * 1_014_000)
    }

    @Test(
        "no repeated piece makes the lexer go back",
        arguments: [
            "a", " ", "'", "\"", "\\", "$", "$x", "|", "{", "}", "a,", "'a'", "\"$x", "=", "&", "#", "$x.y", "{}", "\n",
            "\r", "\r\n", "a\r", "us\r\r",
        ])
    func linearWork(piece: String) {
        let text = String(repeating: piece, count: 100_000 / piece.unicodeScalars.count)
        let lexed = Lexer.lex(text)
        #expect(lexed.scanned <= 6 * text.unicodeScalars.count + 10)
        #expect(lexed.scanned > 0)
    }

    @Test(
        "what quoting writes reads back as the same text",
        arguments: [
            "plain", "", "a b", "it's", "say \"x\"", "both ' and \"", "$x", "a\\b", "@file", "--x", "#", "a,b", "a=b",
            "{", "new\nline\ttab",
            "R&D", "a&&b", "!x", "é 👩‍💻", "-5", ">x", "a|b", "a;b", "\u{202E}x",
            // Marks that make another character of the sign before them.
            "&&\u{656}", "&\u{301}&", "'\u{301}", "a|\u{301}b", "$\u{301}x", "\"\u{301}", "\\\u{301}", "-\u{301}-x",
            "@\u{301}f", "a=\u{301}b", "\r\n", "a\r",
        ])
    func quoting(text: String) {
        for quoting in [CursorContext.Quoting.bare, .single, .double] {
            let lexed = Lexer.lex(Syntax.quoted(text, quoting))
            #expect(lexed.problem == nil)
            #expect(lexed.tokens.count == 1)
            guard case .word(let word)? = lexed.tokens.first?.kind else {
                Issue.record("no word")
                continue
            }
            #expect(word.literal == text)
            #expect(word.dropping(bare: "@") == nil && word.dropping(bare: "--") == nil && word.assignment == nil)
        }
    }
}
