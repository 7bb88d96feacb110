internal import Testing
internal import ZoshTesting

struct SearchTests {
    private func start(columns: Int = 80, rows: Int = 24, _ environment: [String: String] = [:]) throws
        -> PseudoTerminal
    {
        let terminal = try EditorSession.start(columns: columns, rows: rows, environment: environment)
        terminal.type("users list type=AdminUsers\rorgs list\rusers show 17\r")
        try terminal.expect("<users show 17>")
        try terminal.expectPrompt()
        return terminal
    }

    @Test(arguments: [(80, 24), (40, 10)])
    func `Ctrl-R finds scattered letters, marks them, and Return takes the line without running it`(
        columns: Int, rows: Int
    ) throws {
        let terminal = try start(columns: columns, rows: rows)
        terminal.type(Key.control("R") + "uslad")
        try terminal.expect("search: uslad  1/1")
        #expect(terminal.screen.contains("> users list type=AdminUsers"))
        let row = try #require(terminal.screen.position(of: "> users list type=AdminUsers")).row
        #expect(terminal.screen.cell(row, 2).style == CellStyle(bold: true))
        #expect(terminal.screen.cell(row, 4).style == CellStyle())
        terminal.type("\r")
        try terminal.expect("the line alone") {
            $0.lines.last == "host> users list type=AdminUsers" && !$0.contains("search:")
        }
        terminal.type("!\r")
        try terminal.expect("<users list type=AdminUsers!>")
    }

    @Test func `Newer lines come first and arrows choose`() throws {
        let terminal = try start()
        terminal.type(Key.control("R") + "users")
        try terminal.expect("search: users  1/2")
        terminal.type(Key.down)
        try terminal.expect("search: users  2/2")
        #expect(terminal.screen.contains("> users list type=AdminUsers"))
        terminal.type("\r\r")
        try terminal.expect("the older line run again") {
            $0.lines.filter { $0 == "<users list type=AdminUsers>" }.count == 2
        }
    }

    @Test func `Esc leaves the line as it was`() throws {
        let terminal = try start()
        terminal.type("half" + Key.control("R"))
        try terminal.expect("search: half  no match")
        terminal.type(Key.escape)
        try terminal.expectGone("search:")
        terminal.type("\r")
        try terminal.expect("<half>")
    }

    @Test func `A search cannot damage a long line`() throws {
        let terminal = try start()
        let long = "x(" + String(repeating: "0123456789", count: 250) + ")"
        terminal.type(Key.paste(long) + Key.control("R"))
        try terminal.expect("search:")
        terminal.type(Key.escape)
        try terminal.expectGone("search:")
        terminal.type("\r")
        let sum = long.utf8.reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) }
        try terminal.expect("<\(long.count) scalars, sum \(sum)>")
    }

    @Test func `A screen reader's Ctrl-R goes back through lines that contain what was typed`() throws {
        let terminal = try start(["HOST_ACCESSIBLE": "1"])
        terminal.type("users" + Key.control("R"))
        try terminal.expect("the newest") { $0.lines.last == "host> users show 17" }
        terminal.type(Key.control("R"))
        try terminal.expect("the next") { $0.lines.last == "host> users list type=AdminUsers" }
    }
}
