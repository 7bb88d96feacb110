internal import Foundation
internal import Testing
internal import ZoshTesting

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

    @Test func `In vi mode erasing takes one character as people see it, and a key behind Ctrl-V leaves none of ours`() throws {
        let terminal = try EditorSession.start(environment: vi)
        terminal.type("ae\u{301}\u{7F}b" + Key.control("V") + Key.left + "c\r")
        try terminal.expect("<abc>")
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
