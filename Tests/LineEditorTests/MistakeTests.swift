internal import Testing
internal import ZoshTesting

/// What the editor draws over the line while it is typed.
struct MistakeTests {
    @Test func `A word that is surely wrong is red as soon as it is finished, and plain once it is mended`() throws {
        let terminal = try EditorSession.start()
        terminal.type("wrong")
        try terminal.expect("host> wrong")
        #expect(terminal.screen.style(of: "wrong") == CellStyle())
        terminal.type(" x")
        try terminal.expect("red") { $0.style(of: "wrong") == CellStyle(color: 1) && $0.style(of: "x") == CellStyle() }
        terminal.type(Key.control("A") + "a ")
        try terminal.expect("plain") { $0.lines == ["host> a wrong x"] && $0.style(of: "wrong") == CellStyle() }
        terminal.type("\r")
        try terminal.expect("<a wrong x>")
    }

    @Test func `The cursor stays where it was, also on a line of several rows`() throws {
        let terminal = try EditorSession.start(columns: 20, rows: 10)
        terminal.type("wrong " + String(repeating: "a", count: 30) + "(\rb")
        try terminal.expect("red on the first row") {
            $0.style(of: "wrong") == CellStyle(color: 1) && $0.lines.last == "b"
        }
        #expect(terminal.screen.cursor == .init(row: 3, column: 1))
        terminal.type(")\r")
        try terminal.expect("<wrong")
    }

    @Test func `Without colour nothing is drawn over the line`() throws {
        let terminal = try EditorSession.start(environment: ["NO_COLOR": "1"])
        terminal.type("wrong x")
        try terminal.expect("host> wrong x")
        try terminal.settle()
        #expect(terminal.screen.style(of: "wrong") == CellStyle())
    }

    @Test func `A line that goes on says what is open until something is typed`() throws {
        let terminal = try EditorSession.start()
        terminal.type("a(\r")
        try terminal.expect("what is open") { $0.lines == ["host> a(", "(a bracket is open)"] }
        terminal.type("b")
        try terminal.expect("the line alone") { $0.lines == ["host> a(", "b"] }
        terminal.type(")\r")
        try terminal.expect("<a(\\nb)>")
    }

    @Test func `On a dumb terminal the next row says it too`() throws {
        let terminal = try EditorSession.start(term: "dumb")
        terminal.type("a(\r")
        try terminal.expect("  (a bracket is open)")
        terminal.type("b)\r")
        try terminal.expect("<a(\\nb)>")
    }
}
