internal import Testing
internal import ZoshTesting

struct HistoryKeysTests {
    @Test func `Up and Down walk through what was typed and back to the live line`() throws {
        let terminal = try EditorSession.start()
        terminal.type("first\rsecond\r")
        try terminal.expect("<second>")
        try terminal.expectPrompt()
        terminal.type(Key.up)
        try terminal.expect("host> second")
        terminal.type(Key.up)
        try terminal.expect("the older line") { $0.lines.last == "host> first" }
        terminal.type(Key.down + Key.down)
        try terminal.expect("an empty line") { $0.lines.last == "host>" }
    }

    @Test func `Up goes only to lines that begin with what is typed`() throws {
        let terminal = try EditorSession.start()
        terminal.type("users list\rorgs list\r")
        try terminal.expect("<orgs list>")
        try terminal.expectPrompt()
        terminal.type("us" + Key.up)
        try terminal.expect("the matching line") { $0.lines.last == "host> users list" }
        terminal.type(Key.down)
        try terminal.expect("the live line") {
            $0.cursor == .init(row: 4, column: 8) && $0.row(4).hasPrefix("host> us")
        }
        terminal.type("\r")
        try terminal.expect("<us>")
    }

    @Test func `A line of ten thousand characters survives Up and Down`() throws {
        let terminal = try EditorSession.start()
        let ids = (0..<500).map { String(4_876_876_000_000_000_000 + $0) }.joined(separator: ",")
        terminal.type("old\r")
        try terminal.expect("<old>")
        try terminal.expectPrompt()
        terminal.type(Key.paste("lookup " + ids))
        terminal.type(Key.control("A") + Key.control("E"))
        // Nothing of the history begins with the live line, so empty the prefix by going to the start first.
        terminal.type(Key.control("A") + Key.up)
        try terminal.expect("the older line") { $0.lines.contains("host> old") && $0.lines.last == "host> old" }
        terminal.type(Key.down + "\r")
        let line = "lookup " + ids
        let sum = line.utf8.reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) }
        try terminal.expect("<\(line.unicodeScalars.count) scalars, sum \(sum)>")
        try terminal.expectPrompt()
        terminal.type(Key.up + "\r")
        try terminal.expect("the same line again") { screen in
            screen.lines.filter { $0 == "<\(line.unicodeScalars.count) scalars, sum \(sum)>" }.count
                + screen.scrollback.filter { $0 == "<\(line.unicodeScalars.count) scalars, sum \(sum)>" }.count == 2
        }
    }

    @Test func `An entry of several lines comes back whole`() throws {
        let terminal = try EditorSession.start()
        terminal.type("a(b\rc)\r")
        try terminal.expect("<a(b\\nc)>")
        try terminal.expectPrompt()
        terminal.type(Key.up + "\r")
        try terminal.expect("it again") { $0.lines.filter { $0 == "<a(b\\nc)>" }.count == 2 }
    }

    @Test func `Secrets and lines that begin with a space are not kept`() throws {
        let terminal = try EditorSession.start()
        terminal.type("kept\r login hunter2\rpassword hunter2\r spaced\rhistory\r")
        try terminal.expect("the end of the history") { $0.lines.suffix(2).first == "<history>" }
        #expect(terminal.screen.lines.suffix(3).first == "<kept>")
    }
}
