internal import Testing
internal import ZoshTesting

struct WideTextTests {
    /// Text, how many erasures empty it.
    private static let texts = [
        ("aé李", 3), ("e\u{301}x", 2), ("👩‍👩‍👧", 1), ("🇵🇱!", 2), ("ก็", 1), ("א\u{5B7}", 1),
    ]

    @Test(arguments: texts)
    func `What is typed is what is read, never normalised`(text: String, _: Int) throws {
        let terminal = try EditorSession.start()
        terminal.type(text + "\r")
        let flat = "<\(text)>"
        try terminal.expect("the same scalars") { screen in
            screen.lines.contains { Array($0.unicodeScalars) == Array(flat.unicodeScalars) }
        }
    }

    @Test(arguments: texts)
    func `Erasing takes one character as people see it`(text: String, erasures: Int) throws {
        let terminal = try EditorSession.start()
        terminal.type("(" + text + String(repeating: "\u{7F}", count: erasures) + ")\r")
        try terminal.expect("<()>")
    }

    @Test(arguments: texts)
    func `Moving takes one character as people see it`(text: String, steps: Int) throws {
        let terminal = try EditorSession.start()
        terminal.type(
            text + String(repeating: Key.left, count: steps) + "(" + String(repeating: Key.right, count: steps) + ")\r")
        let flat = "<(\(text))>"
        try terminal.expect("both brackets") { screen in
            screen.lines.contains { Array($0.unicodeScalars) == Array(flat.unicodeScalars) }
        }
    }

    @Test func `A wide character at the edge goes to the next row and the cursor with it`() throws {
        let terminal = try EditorSession.start(columns: 40, rows: 10)
        terminal.type(String(repeating: "x", count: 33) + "李y")
        try terminal.expect("a wrapped character") { $0.row(1) == "李y" && $0.cursor == .init(row: 1, column: 3) }
        terminal.type("\u{7F}\u{7F}z")
        try terminal.expect("it gone") { $0.row(1) == "" && $0.row(0).hasSuffix("xz") }
    }

    @Test func `A combining mark inside the line is shown on its letter`() throws {
        let terminal = try EditorSession.start()
        terminal.type("ne\u{301}e")
        try terminal.settle()
        #expect(terminal.screen.row(0) == "host> ne\u{301}e")
        #expect(terminal.screen.cursor.column == 9)
        terminal.type(Key.left + Key.left + "X")
        try terminal.settle()
        #expect(terminal.screen.row(0) == "host> nXe\u{301}e")
        terminal.type("\r")
        try terminal.expect("<nXe\u{301}e>")
    }
}
