internal import Testing
internal import ZoshTesting

struct PasteTests {
    @Test func `Bracketed paste is on while editing and off while a command runs`() throws {
        let terminal = try EditorSession.start()
        #expect(terminal.screen.privateModes.contains(2004))
        terminal.type(Key.control("D"))
        #expect(try terminal.exit() == 0)
        #expect(!terminal.screen.privateModes.contains(2004))
    }

    @Test func `A paste cannot smuggle control characters`() throws {
        let terminal = try EditorSession.start()
        terminal.type(Key.paste("a\u{3}b\u{1B}[Ac\u{4}\u{15}") + "\r")
        try terminal.expect("<ab[Ac>")
    }

    @Test func `A paste mark that arrives in pieces is still a paste`() throws {
        let terminal = try EditorSession.start()
        terminal.type("x(")
        try terminal.expect("host> x(")
        for piece in ["\u{1B}", "[20", "0~", "one\r", "two", "\u{1B}[2", "01~"] {
            terminal.type(piece)
        }
        try terminal.expect("two rows") { $0.lines == ["host> x(one", "two"] }
        terminal.type(")\r")
        try terminal.expect("<x(one\\ntwo)>")
    }
}
