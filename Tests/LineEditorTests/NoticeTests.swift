internal import Glibc
internal import Testing
internal import ZoshTesting

struct NoticeTests {
    @Test func `A notice stands above the line, which goes on being edited`() throws {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path])
        terminal.type("users li")
        try terminal.expect("host> users li")
        feed.post("token refreshed")
        try terminal.expect("the notice above the line") { $0.lines == ["token refreshed", "host> users li"] }
        #expect(terminal.screen.cursor == .init(row: 1, column: 14))
        terminal.type("st\r")
        try terminal.expect("<users list>")
    }

    @Test(arguments: [(80, 24), (40, 10)])
    func `A line of several rows moves down whole, with the cursor in its middle`(columns: Int, rows: Int) throws {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path], columns: columns, rows: rows)
        let long = (0..<20).map { "word\($0)" }.joined(separator: " ")
        terminal.type(long + String(repeating: Key.left, count: 60))
        try terminal.settle()
        let before = terminal.screen.lines
        let cursor = terminal.screen.cursor
        feed.post("first")
        feed.post("second")
        try terminal.expect("both notices above") { $0.lines == ["first", "second"] + before }
        #expect(terminal.screen.cursor == .init(row: cursor.row + 2, column: cursor.column))
    }

    @Test func `A notice cannot steer the terminal`() throws {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path])
        feed.post("\u{1B}[2J\u{7}hello\u{202E}")
        try terminal.expect("the notice above a prompt") { $0.lines == ["?[2J?hello?", "host>"] }
        #expect(terminal.screen.bells == 0)
    }

    @Test func `A notice that comes while a menu is open waits for it to close`() throws {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path])
        terminal.type("us\t")
        try terminal.expect("as of just now")
        terminal.type("\t")
        try terminal.expect("1/2")
        feed.post("ready")
        terminal.type(Key.down)
        try terminal.expect("2/2")
        #expect(!terminal.screen.contains("ready"))
        terminal.type(Key.escape)
        try terminal.expect("the notice above the line") { $0.lines == ["ready", "host> us"] }
    }

    @Test func `The prompt is drawn again in place when what it says becomes known`() throws {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path], columns: 40, rows: 10)
        let long = (0..<12).map { "word\($0)" }.joined(separator: " ")
        terminal.type(long + String(repeating: Key.left, count: 30))
        try terminal.settle()
        feed.post("prompt acme eu")
        try terminal.expect("the new prompt before the same line") {
            $0.lines.first?.hasPrefix("acme eu> word0") ?? false && $0.lines.joined() == "acme eu> " + long
        }
        terminal.type(Key.control("E") + "!")
        try terminal.expect("the line longer by one") { $0.lines.joined() == "acme eu> " + long + "!" }
    }
}
