internal import Glibc
internal import Testing
internal import ZoshTesting

struct EditingTests {
    @Test(arguments: [(80, 24), (40, 10), (200, 50)], ["xterm-256color", "screen"])
    func `A line typed is the line read`(size: (Int, Int), term: String) throws {
        let terminal = try EditorSession.start(term: term, columns: size.0, rows: size.1)
        terminal.type("users list\r")
        try terminal.expect("<users list>")
        #expect(terminal.screen.row(0) == "host> users list")
        #expect(terminal.screen.unknown.isEmpty)
    }

    @Test func `The prompt keeps its colour to itself`() throws {
        let terminal = try EditorSession.start()
        terminal.type("abc")
        try terminal.expect("host> abc")
        #expect(terminal.screen.cell(0, 0).style == CellStyle(color: 6))
        #expect(terminal.screen.cell(0, 4).style == CellStyle())
        #expect(terminal.screen.cell(0, 6).style == CellStyle())
    }

    @Test func `The terminal is in its editing mode before the prompt shows`() throws {
        let terminal = try EditorSession.start()
        #expect(terminal.modes.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
    }

    @Test func `NO_COLOR leaves the prompt plain`() throws {
        let terminal = try EditorSession.start(environment: ["NO_COLOR": "1"])
        terminal.type("abc")
        try terminal.expect("host> abc")
        #expect(terminal.screen.cell(0, 0).style == CellStyle())
    }

    @Test func `An unfinished line goes on below and is edited as one`() throws {
        let terminal = try EditorSession.start()
        terminal.type("a(b\rc)")
        try terminal.expect("host> a(b\nc)")
        terminal.type(Key.up + "X\r")
        try terminal.expect("<a(Xb\\nc)>")
    }

    @Test func `Alt-Return breaks the line where it could end`() throws {
        let terminal = try EditorSession.start()
        terminal.type("one" + Key.altReturn + "two\r")
        try terminal.expect("<one\\ntwo>")
    }

    @Test func `Ctrl-C abandons the line and shows that it did`() throws {
        let terminal = try EditorSession.start()
        terminal.type("half a li" + Key.control("C"))
        try terminal.expect("<interrupted>")
        #expect(terminal.screen.row(0) == "host> half a li^C")
        terminal.type("next\r")
        try terminal.expect("<next>")
    }

    @Test func `Ctrl-C below a line of several rows leaves all of it standing`() throws {
        let terminal = try EditorSession.start(columns: 40, rows: 10)
        let long = String(repeating: "0123456789", count: 9)
        terminal.type(long + Key.control("A") + Key.control("C"))
        try terminal.expect("<interrupted>")
        #expect(terminal.screen.row(2) == String(long.suffix(16)) + "^C")
        #expect(terminal.screen.row(3) == "<interrupted>")
    }

    @Test func `Ctrl-D ends only on an empty line`() throws {
        let terminal = try EditorSession.start()
        terminal.type("ab" + Key.left + Key.control("D"))
        try terminal.expect("host> a at the end") { $0.row(0) == "host> a" }
        terminal.type(Key.control("U") + Key.control("D"))
        try terminal.expect("<end>")
        #expect(try terminal.exit() == 0)
    }

    @Test func `Keys typed while a command runs wait for the next prompt`() throws {
        let terminal = try EditorSession.start()
        terminal.type("one\rtwo\rthree\r")
        try terminal.expect("<three>")
        #expect(terminal.screen.contains("<one>") && terminal.screen.contains("<two>"))
    }

    @Test func `A byte that is no text is dropped`() throws {
        let terminal = try EditorSession.start()
        terminal.send([0x61, 0xFF, 0xC3, 0x62, 0xC2, 0x85, 0x63, 0x0D])
        try terminal.expect("<abc>")
    }

    @Test func `What was cut survives erasing, completing and recalling`() throws {
        let terminal = try EditorSession.start()
        try terminal.enter("old")
        terminal.type(
            "cut me" + Key.control("U") + "or\t" + "xy\u{7F}" + Key.control("A") + Key.up + Key.down + Key.control("Y")
                + "\r")
        try terminal.expect("<orgs xcut me>")
    }

    @Test(arguments: [
        ("users ids='a b' x", Key.control("W"), "users ids='a b' "),
        ("users first-last", "\u{1B}\u{7F}", "users first-"),
        ("users é\u{301}a", Key.control("W"), "users "), ("one two", Key.control("A") + "\u{1B}d", " two"),
        ("one two", Key.control("A") + Key.altRight + Key.control("K"), "one"),
    ])
    func `Words are cut at their bounds`(line: String, keys: String, left: String) throws {
        let terminal = try EditorSession.start()
        terminal.type(line + keys + Key.control("E") + "\r")
        try terminal.expect("<\(left)>")
    }
}
