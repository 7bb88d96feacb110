internal import Testing
internal import ZoshTesting

@testable internal import LineEditor

/// Keys nobody has bound, and keys on which libedit has commands no shell can allow.
struct UnknownKeyTests {
    /// Page keys, functions keys of several terminals, keys held with Ctrl and Shift, a focus report.
    static let unknown = [
        "[5~", "[6~", "[15~", "[24~", "[3;5~", "[1;2A", "OP", "[[A", "[97;5u", "[I", "[2~", "\u{1B}[5~",
    ]

    @Test(arguments: unknown)
    func `A key nobody has bound does nothing`(key: String) throws {
        let terminal = try EditorSession.start()
        terminal.type("ab\u{1B}" + key + "c\r")
        try terminal.expect("<abc>")
    }

    @Test(arguments: unknown)
    func `A key nobody has bound does nothing in vi mode`(key: String) throws {
        let terminal = try EditorSession.start(environment: ["HOST_MODE": "vi"])
        terminal.type("ab\u{1B}" + key)
        terminal.type(key.hasPrefix("\u{1B}") ? "ac\r" : "c\r")
        try terminal.expect("<abc>")
    }

    @Test func `In vi's command mode a page key changes nothing`() throws {
        let terminal = try EditorSession.start(environment: ["HOST_MODE": "vi"])
        terminal.type("abc" + Key.escape)
        try terminal.expect("command mode") { $0.lines == ["host> abc"] && $0.cursor.column == 8 }
        terminal.type("\u{1B}[5~\u{1B}[6~x\r")
        try terminal.expect("<ab>")
    }

    @Test(arguments: ["emacs", "vi"])
    func `A key somebody has bound is not swallowed`(mode: String) throws {
        let terminal = try EditorSession.start(environment: ["HOST_BIND": "\\e[24~", "HOST_MODE": mode])
        try terminal.enter("first")
        terminal.type("\u{1B}[24~")
        try terminal.expect("the older line") { $0.lines.last == "host> first" }
    }

    @Test func `A key bound behind Esc leaves Esc free in vi mode`() throws {
        let terminal = try EditorSession.start(environment: ["HOST_BIND": "\\et", "HOST_MODE": "vi"])
        try terminal.enter("first")
        terminal.type("\u{1B}t")
        try terminal.expect("the older line") { $0.lines.last == "host> first" }
        terminal.type(Key.escape)
        try terminal.expect("command mode") { $0.lines.last == "host> first" && $0.cursor.column == 10 }
        terminal.type("x\r")
        try terminal.expect("<firs>")
    }

    @Test func `libedit's own prompt for commands cannot be reached`() throws {
        let terminal = try EditorSession.start()
        terminal.type("a\u{1B}xb")
        try terminal.expect("the refusal") { $0.bells == 1 && $0.lines == ["host> ab"] }
        let vi = try EditorSession.start(environment: ["HOST_MODE": "vi"])
        vi.type("ab" + Key.escape)
        try vi.expect("command mode") { $0.lines == ["host> ab"] && $0.cursor.column == 7 }
        vi.type(":x")
        try vi.expect("the refusal") { $0.bells == 1 && $0.lines == ["host> a"] }
    }

    @Test(arguments: ["/", "?", "n", "N"])
    func `In vi mode searching is Ctrl-R's and leaves the line alone`(key: String) throws {
        let terminal = try EditorSession.start(environment: ["HOST_MODE": "vi"])
        try terminal.enter("first")
        terminal.type("fi" + Key.escape)
        try terminal.expect("command mode") { $0.lines.last == "host> fi" && $0.cursor.column == 7 }
        terminal.type(key)
        try terminal.expect("search: fi")
        terminal.type("\r\r")
        try terminal.expect("it ran again") { $0.lines.filter { $0 == "<first>" }.count == 2 }
    }

    @Test(arguments: ["_", "G", "2G", "@", "U", "J", "K", "^P", "O", "[", "\u{1B}", "*", "=", "\\", "|", "%"])
    func `No key of vi's command mode ends the program or holds the next key back`(key: String) throws {
        let terminal = try EditorSession.start(environment: ["HOST_MODE": "vi"])
        terminal.type("abc" + Key.escape)
        try terminal.expect("command mode") { $0.lines == ["host> abc"] && $0.cursor.column == 8 }
        terminal.type(key)
        try terminal.settle()
        terminal.type("Sok\r")
        try terminal.expect("<ok>")
    }

    @Test(arguments: ["\u{1B}p", "\u{1B}n", "\u{1B}P", "\u{1B}:", "\u{18}\u{12}", "\u{1B}\u{1F}", "\u{18}\u{18}"])
    func `No key of emacs mode ends the program or damages the line`(key: String) throws {
        let terminal = try EditorSession.start()
        terminal.type("abc" + key)
        try terminal.settle()
        terminal.type(Key.end + "\u{15}ok\r")
        try terminal.expect("<ok>")
    }

    @Test(arguments: ["et", "e", "e[24~", "a", "-", "", "^M"])
    func `A key that would take a letter away is refused`(key: String) {
        #expect(KeyBindings.mistake(inKey: key) != nil)
    }

    @Test(arguments: ["^T", "\\et", "\\e[24~", "^X^A", "\\033[5~", "^[x"])
    func `A key in its notation is taken`(key: String) {
        #expect(KeyBindings.mistake(inKey: key) == nil)
    }
}
