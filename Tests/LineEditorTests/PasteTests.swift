internal import Glibc
internal import Testing
internal import ZoshTesting

@testable internal import LineEditor

struct PasteTests {
    @Test func `Bracketed paste is on while editing and off at the end`() throws {
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
        for piece in ["\u{1B}", "[20", "0~", "one 1\r", "two", "\u{1B}[2", "01~"] {
            terminal.type(piece)
        }
        try terminal.expect("two rows") { $0.lines == ["host> x(one 1", "two"] }
        terminal.type(")\r")
        try terminal.expect("<x(one 1\\ntwo)>")
    }

    @Test func `A paste that stalls is still a paste, whatever wakes the editor meanwhile`() throws {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path])
        terminal.type("\u{1B}[200~one\rtw")
        feed.post("something happened")
        try terminal.expect("the notice") { $0.lines == ["something happened", "host>"] }
        terminal.type("o\rthree\u{1B}[201~")
        try terminal.expect("Pasted 3 commands.")
        #expect(!terminal.screen.contains("<one>"))
    }

    @Test(arguments: [
        (Duration.zero, "ab\u{3}", KeyReader.Input.scalar("\u{3}")),
        (.seconds(3600), "ab\u{3}c\u{1B}[201~", .paste("abc")),
        (.zero, "ab\u{3}c\u{1B}[201~", .paste("abc")),
    ])
    func `Ctrl-C after a silence ends a paste whose mark does not come; within one it is dropped`(
        stall: Duration, text: String, input: KeyReader.Input
    ) throws {
        var ends: [CInt] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        let keys = KeyReader(
            terminal: Terminal(input: ends[0], output: ends[1], environment: { _ in nil }), stall: stall)
        let bytes = Array("\u{1B}[200~\(text)".utf8)
        #expect(write(ends[1], bytes, bytes.count) == bytes.count)
        let begin = (0..<5).map { _ in keys.next() }
        #expect(begin == PasteMark.begin.dropLast().map { .scalar($0) })
        #expect(keys.next() == input)
    }

    @Test func `A key behind a paste does not confirm what nobody has read`() throws {
        let terminal = try EditorSession.start()
        terminal.type(Key.paste("one x\rtwo y\r") + "y\r")
        try terminal.expect("Pasted 2 commands.")
        terminal.type(Key.escape)
        try terminal.expectPrompt()
        #expect(!terminal.screen.contains("<one x>"))
    }

    @Test func `A paste behind Ctrl-V is inserted, and the key that stands for it is not`() throws {
        let terminal = try EditorSession.start()
        terminal.type("a" + Key.control("V") + Key.paste("bc") + "d\r")
        try terminal.expect("<abcd>")
    }

    @Test func `Several commands pasted are shown first and run only when told`() throws {
        let terminal = try EditorSession.start()
        terminal.type(Key.paste("users list\ra(b\rc)\rorgs list\r"))
        try terminal.expect("Pasted 3 commands. Run them?")
        #expect(terminal.screen.lines.prefix(4) == ["host>", "1  users list", "2  a(b⏎c)", "3  orgs list"])
        terminal.type("y")
        try terminal.expect("<orgs list>")
        #expect(
            terminal.screen.lines.prefix(7) == [
                "host> users list", "<users list>", "host> a(b", "c)", "<a(b\\nc)>", "host> orgs list", "<orgs list>",
            ])
    }

    @Test(arguments: [Key.escape, "n", Key.control("C"), "\r\u{1B}"])
    func `Pasted commands that are not confirmed leave nothing behind`(key: String) throws {
        let terminal = try EditorSession.start()
        terminal.type(Key.paste("users delete 1\rusers delete 2\r"))
        try terminal.expect("Pasted 2 commands.")
        terminal.type(key)
        try terminal.expect("an empty line") { $0.lines == ["host>"] }
        terminal.type("ok\r")
        try terminal.expect("<ok>")
        #expect(!terminal.screen.contains("delete"))
    }

    @Test func `Pasted commands can be edited instead`() throws {
        let terminal = try EditorSession.start()
        terminal.type(Key.paste("one x\rtwo y\r"))
        try terminal.expect("Pasted 2 commands.")
        terminal.type("e")
        try terminal.expect("both in the line") { $0.lines == ["host> one x", "two y"] }
        terminal.type("!\r")
        try terminal.expect("<one x\\ntwo y!>")
    }

    @Test(arguments: [(80, 24, 40), (40, 10, 14)])
    func `Commands that do not fit are counted, and keys reach them`(columns: Int, rows: Int, count: Int) throws {
        let terminal = try EditorSession.start(columns: columns, rows: rows)
        terminal.type(Key.paste((1...count).map { "command \($0)\r" }.joined()))
        try terminal.expect("Pasted \(count)")
        let shown = terminal.screen.lines.filter { $0.contains("command ") }.count
        #expect(terminal.screen.contains("… \(count - shown) more, ↓ scrolls"))
        #expect(terminal.screen.lines.last?.hasSuffix("y runs, e edits, Esc drops") == true)
        terminal.type(Key.down)
        try terminal.expect("1 above, ↑; \(count - shown - 1) more, ↓ scrolls")
        terminal.type("\u{1B}[6~\u{1B}[6~\u{1B}[6~")
        try terminal.expect("\(count)  command \(count)")
        #expect(terminal.screen.contains("… \(count - shown) above, ↑ scrolls"))
        terminal.type(Key.escape)
        try terminal.expect("an empty line") { $0.lines == ["host>"] }
    }

    @Test func `An interrupt between pasted commands drops the rest`() throws {
        let terminal = try EditorSession.start()
        terminal.type(Key.paste("ask\rone x\rtwo y\r"))
        try terminal.expect("Pasted 3 commands.")
        terminal.type("y")
        try terminal.expect("Name: ")
        terminal.type(Key.control("C"))
        try terminal.expect("refused: cancelled")
        try terminal.expect("a free prompt") { $0.lines.last == "host>" }
        terminal.type("ok\r")
        try terminal.expect("<ok>")
        #expect(!terminal.screen.contains("<one x>") && !terminal.screen.contains("<two y>"))
    }

    @Test func `A column pasted into an argument becomes a list`() throws {
        let terminal = try EditorSession.start()
        terminal.type("users lookup ids=" + Key.paste("1\r\n2\r\n\r\n3\r\n") + "\r")
        try terminal.expect("<users lookup ids=1,2,3>")
    }

    @Test func `One command pasted with its line break waits for Return`() throws {
        let terminal = try EditorSession.start()
        terminal.type(Key.paste("users delete 1\r"))
        try terminal.settle()
        #expect(terminal.screen.lines == ["host> users delete 1"])
        terminal.type("\r")
        try terminal.expect("<users delete 1>")
    }

    @Test func `A column of five hundred ids is sent unchanged`() throws {
        let terminal = try EditorSession.start(columns: 40, rows: 10)
        let ids = (0..<500).map { String(4_876_876_000_000_000_000 + $0) }
        terminal.type("users lookup ")
        terminal.type(Key.paste(ids.joined(separator: "\r")) + "\r")
        let line = "users lookup " + ids.joined(separator: ",")
        let sum = line.utf8.reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) }
        try terminal.expect("<\(line.count) scalars,")
        try terminal.expect("sum \(sum)>")
    }
}
