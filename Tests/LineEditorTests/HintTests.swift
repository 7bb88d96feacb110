internal import Testing
internal import ZoshTesting

struct HintTests {
    private func afterUsersList(columns: Int = 80, environment: [String: String] = [:], _ arguments: [String] = [])
        throws -> PseudoTerminal
    {
        let terminal = try EditorSession.start(arguments, columns: columns, environment: environment)
        try terminal.enter("users list type=AdminUsers")
        return terminal
    }

    private func lastLine(_ text: String) -> (Screen) -> Bool {
        { $0.lines.last == text }
    }

    @Test func `The newest line that begins alike stands dimmed behind the cursor`() throws {
        let terminal = try afterUsersList()
        terminal.type("use")
        try terminal.expect("a hint", lastLine("host> users list type=AdminUsers"))
        let row = terminal.screen.cursor.row
        #expect(terminal.screen.cursor.column == 9)
        #expect(terminal.screen.cell(row, 8).style == CellStyle())
        #expect(terminal.screen.cell(row, 9).style == CellStyle(dim: true))
    }

    @Test func `Typing on, erasing and moving leave no stale hint`() throws {
        let terminal = try afterUsersList()
        terminal.type("use")
        try terminal.expect("a hint", lastLine("host> users list type=AdminUsers"))
        terminal.type("x")
        try terminal.expect("no hint", lastLine("host> usex"))
        terminal.type("\u{7F}")
        try terminal.expect("the hint again", lastLine("host> users list type=AdminUsers"))
        terminal.type(Key.left)
        try terminal.expect("no hint inside the line", lastLine("host> use"))
    }

    @Test(arguments: [Key.right, Key.end, Key.control("F"), Key.control("E")])
    func `The hint is taken with a key`(key: String) throws {
        let terminal = try afterUsersList()
        terminal.type("use")
        try terminal.expect("a hint", lastLine("host> users list type=AdminUsers"))
        terminal.type(key + "!\r")
        try terminal.expect("<users list type=AdminUsers!>")
    }

    @Test func `One word of the hint is taken with Alt-Right`() throws {
        let terminal = try afterUsersList()
        terminal.type("us" + Key.altRight + "\r")
        try terminal.expect("<users>")
    }

    @Test func `Return runs what was typed, not the hint`() throws {
        let terminal = try afterUsersList()
        terminal.type("users")
        try terminal.expect("a hint", lastLine("host> users list type=AdminUsers"))
        terminal.type("\r")
        try terminal.expect("<users>")
        #expect(terminal.screen.contains("host> users\n<users>"))
    }

    @Test func `A hint never wraps`() throws {
        let terminal = try afterUsersList(columns: 40)
        terminal.type("z(" + String(repeating: "y", count: 60) + ")\rz")
        try terminal.expect("a cut hint") { $0.lines.last == "host> z(" + String(repeating: "y", count: 30) + "…" }
        #expect(terminal.screen.cursor.column == 7)
    }

    @Test func `What may follow is shown when the history knows nothing, and cannot be taken`() throws {
        let terminal = try EditorSession.start()
        terminal.type("users update ")
        try terminal.expect("host> users update ‹user› [field=value …]")
        terminal.type(Key.end + "x\r")
        try terminal.expect("<users update x>")
    }

    @Test(arguments: [["NO_COLOR": "1"], ["HOST_ACCESSIBLE": "1"]])
    func `Nothing is painted where it could be mistaken`(environment: [String: String]) throws {
        let terminal = try afterUsersList(environment: environment)
        terminal.type("use")
        try terminal.settle()
        try terminal.settle()
        #expect(terminal.screen.lines.last == "host> use")
        #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[2m"))
    }
}
