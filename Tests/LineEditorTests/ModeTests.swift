internal import Foundation
internal import Testing
internal import ZoshTesting

@testable internal import LineEditor

struct ModeTests {
    private let vi = ["HOST_MODE": "vi"]

    @Test func `In vi mode Esc leaves insert mode at once and commands work`() throws {
        let terminal = try EditorSession.start(environment: vi)
        terminal.type("abc" + Key.escape)
        try terminal.expect("the cursor on the last letter") { $0.cursor == .init(row: 0, column: 8) }
        terminal.type("x0rX\r")
        try terminal.expect("<Xb>")
    }

    @Test func `In vi mode the arrows still work and Esc is still free`() throws {
        let terminal = try EditorSession.start(environment: vi)
        try terminal.enter("first")
        terminal.type(Key.up)
        try terminal.expect("the older line") { $0.lines.last == "host> first" }
        terminal.type(Key.left + Key.left + "X\r")
        try terminal.expect("<firXst>")
    }

    @Test func `In vi mode k and j walk through the history`() throws {
        let terminal = try EditorSession.start(environment: vi)
        try terminal.enter("first")
        try terminal.enter("second")
        terminal.type(Key.escape)
        terminal.type("kk")
        try terminal.expect("the oldest line") { $0.lines.last == "host> first" }
        terminal.type("j")
        try terminal.expect("the newer line") { $0.lines.last == "host> second" }
        terminal.type("\r")
        try terminal.expect("it ran again") { $0.lines.filter { $0 == "<second>" }.count == 2 }
    }

    @Test func `In vi mode erasing takes one character as people see it, and a key behind Ctrl-V leaves none of ours`()
        throws
    {
        let terminal = try EditorSession.start(environment: vi)
        terminal.type("ae\u{301}\u{7F}b" + Key.control("V") + Key.left + "c\r")
        try terminal.expect("<abc>")
    }

    @Test(arguments: ["A", "E", "B", "F", "G", "K", "O", "T", "W", "Y", "]", "^", "_"] as [Character])
    func `In vi mode no control key types itself`(letter: Character) throws {
        let terminal = try EditorSession.start(environment: vi)
        terminal.type(Key.control(letter) + "ab\r")
        try terminal.expect("<ab>")
        #expect(!terminal.screen.contains("^\(letter)"))
    }

    @Test func `In vi mode Ctrl-L clears the screen and keeps the line`() throws {
        let terminal = try EditorSession.start(environment: vi)
        try terminal.enter("first")
        terminal.type("abc" + Key.control("L"))
        try terminal.expect("the line on top") { $0.lines == ["host> abc"] }
        terminal.type("d\r")
        try terminal.expect("<abcd>")
    }

    @Test func `The prompt shows the mode of vi as soon as it changes`() throws {
        let terminal = try EditorSession.start(environment: ["HOST_MODE": "vi", "HOST_SHOWS_MODE": "1"])
        try terminal.expect("insert mode") { $0.lines == ["i host>"] }
        terminal.type("abc" + Key.escape)
        try terminal.expect("command mode") { $0.lines == ["c host> abc"] }
        terminal.type("A")
        try terminal.expect("insert mode") { $0.lines == ["i host> abc"] }
        terminal.type(Key.escape + "0cwx" + Key.escape)
        try terminal.expect("changed, and command mode") { $0.lines == ["c host> x"] }
        terminal.type("ra")
        try terminal.expect("still command mode") { $0.lines == ["c host> a"] }
        terminal.type("\r")
        try terminal.expect("the next line in insert mode") { $0.lines.last == "i host>" }
    }

    @Test(arguments: [
        ("ab", ViState.insert), ("\u{1B}", .command), ("\u{1B}i", .insert), ("\u{1B}d2w", .command),
        ("\u{1B}c2w", .insert),
        ("\u{1B}cc", .insert), ("\u{1B}ri", .command), ("\u{1B}fi", .command), ("\u{1B}cfi", .insert),
        ("\u{1B}c\u{1B}", .command),
        ("\u{16}\u{1B}", .insert), ("\u{1B}S", .insert), ("\u{1B}yyA\u{1B}", .command),
    ])
    func `The mode of vi is followed key by key`(keys: String, state: ViState) {
        var mode = ViMode()
        for key in keys.unicodeScalars { mode.take(key) }
        #expect(mode.state == state)
    }

    @Test func `Esc that nothing follows is forgotten, and Return runs the line`() throws {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path], environment: ["HOST_ESCAPE": "0"])
        terminal.type("abc")
        try terminal.expect("host> abc")
        terminal.type(Key.escape)
        // Each notice shows that the keys before it were waited for.
        for notice in ["one", "two", "three"] {
            feed.post(notice)
            try terminal.expect(notice)
        }
        terminal.type("\r")
        try terminal.expect("<abc>")
    }

    @Test func `With its letter at once Esc is still the Alt key`() throws {
        let terminal = try EditorSession.start()
        terminal.type("one two" + Key.escape + "b" + "x\r")
        try terminal.expect("<one xtwo>")
    }

    @Test func `A paste whose mark comes long after its Esc is still a paste, and nothing of the mark is left`() throws
    {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path], environment: ["HOST_ESCAPE": "0"])
        terminal.type(Key.escape)
        for notice in ["one", "two", "three"] {
            feed.post(notice)
            try terminal.expect(notice)
        }
        terminal.type("[200~a b\rc d\u{1B}[201~")
        try terminal.expect("Pasted 2 commands.")
        terminal.type("e")
        try terminal.expect("both in the line") { $0.lines.suffix(2) == ["host> a b", "c d"] }
    }

    @Test func `A function that asks for libedit's history finds none`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("editrc-\(UUID().uuidString)")
        try "bind ^T vi-history-word\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let terminal = try EditorSession.start(environment: ["EDITRC": file.path])
        try terminal.enter("first")
        terminal.type("a" + Key.control("T") + "b\r")
        try terminal.expect("<ab>")
    }

    @Test func `In vi mode a paste runs nothing`() throws {
        let terminal = try EditorSession.start(environment: vi)
        terminal.type(Key.paste("users delete 1\rusers delete 2\r"))
        try terminal.expect("Pasted 2 commands.")
        terminal.type("n")
        try terminal.expectPrompt()
        #expect(!terminal.screen.contains("<users"))
    }

    @Test func `In vi mode a paste mark in pieces runs nothing`() throws {
        let terminal = try EditorSession.start(environment: vi)
        for piece in ["\u{1B}[2", "00", "~x y\r", "z\u{1B}[20", "1~"] { terminal.type(piece) }
        try terminal.expect("Pasted 2 commands.")
    }

    @Test func `In vi mode Tab completes and Ctrl-C abandons`() throws {
        let terminal = try EditorSession.start(environment: vi)
        terminal.type("or\tx" + Key.control("C"))
        try terminal.expect("<interrupted>")
        #expect(terminal.screen.row(0) == "host> orgs x^C")
    }

    @Test func `The user's file binds keys, ours stay where nobody may lose them`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("editrc-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try """
        zosh:bind "^T" zosh-up
        zosh:bind "^X^A" no-such-function
        zosh:bind "^M" ed-newline
        other:bind "^O" zosh-up
        """.write(to: file, atomically: true, encoding: .utf8)
        let terminal = try EditorSession.start(environment: ["EDITRC": file.path])
        try terminal.enter("first")
        terminal.type(Key.control("T"))
        try terminal.expect("the older line") { $0.lines.last == "host> first" }
        terminal.type("(\r)\r")
        try terminal.expect("<first(\\n)>")
    }

    @Test func `A user's file that names emacs mode does not take our keys away`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("editrc-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try "bind -e\nzosh:bind \"^T\" zosh-up\n".write(to: file, atomically: true, encoding: .utf8)
        let terminal = try EditorSession.start(environment: ["EDITRC": file.path])
        terminal.type("or\tx" + Key.altReturn + "y\r")
        try terminal.expect("<orgs x\\ny>")
    }

    @Test func `The user's file can choose vi`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("editrc-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try "zosh:bind -v\n".write(to: file, atomically: true, encoding: .utf8)
        let terminal = try EditorSession.start(environment: ["EDITRC": file.path])
        terminal.type("a(b\rc)" + Key.escape)
        try terminal.expect("the cursor on the bracket") { $0.cursor == .init(row: 1, column: 1) }
        terminal.type("x\r")
        terminal.type("A)\r")
        try terminal.expect("<a(b\\nc\\n)>")
    }

    @Test func `Commands of the configuration language bind keys while running`() throws {
        let terminal = try EditorSession.start(environment: ["HOST_BIND": "^T"])
        try terminal.enter("first")
        terminal.type(Key.control("T"))
        try terminal.expect("the older line") { $0.lines.last == "host> first" }
    }
}
