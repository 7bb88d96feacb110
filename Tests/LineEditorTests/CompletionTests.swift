internal import Testing
internal import ZoshTesting

struct CompletionTests {
    @Test func `A single candidate replaces the word`() throws {
        let terminal = try EditorSession.start()
        terminal.type("or\tx\r")
        try terminal.expect("<orgs x>")
    }

    @Test func `A candidate is inserted in the middle of the line`() throws {
        let terminal = try EditorSession.start()
        terminal.type("or list" + String(repeating: Key.left, count: 5) + "\t\r")
        try terminal.expect("<orgs  list>")
    }

    @Test func `What all candidates share is inserted first`() throws {
        let terminal = try EditorSession.start()
        terminal.type("u\t")
        try terminal.expect("host> us")
        terminal.type("\t")
        try terminal.expect("usage")
    }

    @Test func `What only the first of many share is not inserted`() throws {
        let terminal = try EditorSession.start()
        terminal.type("lat\t")
        try terminal.expect("the list") {
            $0.lines == ["host> lat", "later   Afterwards", "latest  After all", "as of just now"]
        }
    }

    @Test func `Several candidates are shown with descriptions until the next key`() throws {
        let terminal = try EditorSession.start()
        terminal.type("us\t")
        try terminal.expect("as of just now")
        #expect(
            terminal.screen.lines == [
                "host> us", "users  People of the organisation", "usage  What was used", "as of just now",
            ])
        #expect(terminal.screen.style(of: "What was used") == CellStyle(dim: true))
        #expect(terminal.screen.cursor == .init(row: 0, column: 8))
        terminal.type("e")
        try terminal.expect("only the line") { $0.lines == ["host> use"] }
    }

    @Test(arguments: ["emacs", "vi"])
    func `Candidates on their way are listed by themselves once they are there`(mode: String) throws {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path], environment: ["HOST_MODE": mode])
        terminal.type("late\t")
        try terminal.expect("the note") { $0.lines == ["host> late", "on their way"] }
        feed.post("arrived")
        try terminal.expect("the list") {
            $0.lines == ["host> late", "later   Afterwards", "latest  After all", "as of just now"]
        }
        terminal.type("r\tx\r")
        try terminal.expect("<later x>")
    }

    @Test func `A list stays when a notice comes or the prompt changes, and beneath a line with marks`() throws {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path])
        let list = ["users  People of the organisation", "usage  What was used", "as of just now"]
        terminal.type("us\t")
        try terminal.expect("the list") { $0.lines == ["host> us"] + list }
        feed.post("a notice")
        try terminal.expect("the list beneath") { $0.lines == ["a notice", "host> us"] + list }
        feed.post("prompt guest")
        try terminal.expect("the list beneath") { $0.lines == ["a notice", "guest> us"] + list }
        terminal.type(Key.control("U") + "m\u{302} us\t")
        try terminal.expect("the list beneath") {
            $0.lines.last == "as of just now" && $0.contains("guest> m\u{302} us")
        }
        terminal.type("e")
        try terminal.expect("the line alone") { $0.lines.count == 2 && $0.contains("guest> m\u{302} use") }
    }

    @Test func `What arrives does not disturb continued typing`() throws {
        let feed = try Feed()
        let terminal = try EditorSession.start(["--notices", feed.path])
        terminal.type("late\t")
        try terminal.expect("the note") { $0.lines == ["host> late", "on their way"] }
        terminal.type("r" + Key.left)
        try terminal.expect("the line alone") { $0.lines == ["host> later"] }
        feed.post("arrived")
        feed.post("a notice")
        try terminal.expect("no list") { $0.lines == ["a notice", "host> later"] }
    }

    @Test func `A second Tab opens a menu that arrows walk and Return takes`() throws {
        let terminal = try EditorSession.start()
        terminal.type("us\t")
        try terminal.expect("as of just now")
        terminal.type("\t")
        try terminal.expect("1/2")
        #expect(terminal.screen.style(of: "users") == CellStyle(reversed: true))
        terminal.type(Key.down)
        try terminal.expect("2/2")
        #expect(terminal.screen.style(of: "usage") == CellStyle(reversed: true))
        terminal.type("\r")
        try terminal.expect("the line alone") { $0.lines == ["host> usage"] }
        terminal.type("x\r")
        try terminal.expect("<usage x>")
    }

    @Test func `Typing in the menu filters it and Esc leaves the line as it was`() throws {
        let terminal = try EditorSession.start()
        terminal.type("many-\t")
        try terminal.expect("more: Tab chooses")
        terminal.type("\t")
        try terminal.expect("1/60")
        terminal.type("7")
        try terminal.expect("filter: 7")
        #expect(terminal.screen.contains("1/6 ") && terminal.screen.contains("many-57"))
        #expect(!terminal.screen.contains("many-60"))
        terminal.type(Key.escape)
        try terminal.expect("the line alone") { $0.lines == ["host> many-"] }
        terminal.type("x\r")
        try terminal.expect("<many-x>")
    }

    @Test func `A resize leaves the menu open and its keys working`() throws {
        let terminal = try EditorSession.start()
        terminal.type("us\t")
        try terminal.expect("as of just now")
        terminal.type("\t")
        try terminal.expect("1/2")
        terminal.resize(columns: 60, rows: 20)
        terminal.type(Key.down)
        try terminal.expect("2/2")
        #expect(terminal.screen.lines.first == "host> us" && terminal.screen.lines.count == 4)
        terminal.type("\r")
        try terminal.expect("the line alone") { $0.lines == ["host> usage"] }
    }

    @Test(arguments: ["q", "no such", "Ł"])
    func `A filter that no candidate has keeps the menu and never gets into the line`(filter: String) throws {
        let terminal = try EditorSession.start()
        terminal.type("many-\t")
        try terminal.expect("more: Tab chooses")
        terminal.type("\t")
        try terminal.expect("1/60")
        terminal.type(filter)
        try terminal.expect("no hit of all there are") {
            $0.lines.last?.hasPrefix("0/60  filter: ") == true && $0.row(0) == "host> many-"
        }
        // Return has nothing to take.
        terminal.type("\r" + Key.escape)
        try terminal.expect("the line as it was") { $0.lines == ["host> many-"] }
        terminal.type("x\r")
        try terminal.expect("<many-x>")
    }

    @Test func `Taking the filter back shows the candidates again`() throws {
        let terminal = try EditorSession.start()
        terminal.type("us\t")
        try terminal.expect("as of just now")
        terminal.type("\tqq")
        try terminal.expect("0/2  filter: qq")
        terminal.type("\u{7F}\u{7F}")
        try terminal.expect("1/2")
        terminal.type("\r")
        try terminal.expect("the choice") { $0.lines == ["host> users"] }
    }

    @Test(arguments: [(80, 24), (40, 10)])
    func `A long menu pages and stays on the screen`(columns: Int, rows: Int) throws {
        let terminal = try EditorSession.start(columns: columns, rows: rows)
        for _ in 0..<rows { terminal.type("x\r") }
        try terminal.expect("the last prompt at the bottom") {
            $0.scrollback.count >= rows + 1 && $0.row(rows - 1) == "host>"
        }
        // A prompt at the bottom may be one of those before the last.
        try terminal.settle()
        let before = terminal.screen.scrollback.count
        terminal.type("many-\t")
        try terminal.expect("more: Tab chooses")
        terminal.type("\t")
        try terminal.expect("1/60")
        terminal.type("\u{1B}[6~\u{1B}[6~")
        try terminal.expect("the third page") { screen in
            screen.lines.last.map { $0.contains("/60") && !$0.hasPrefix("1/") } ?? false && screen.contains("many-1")
        }
        terminal.type("\u{1B}[F")
        try terminal.expect("60/60")
        #expect(terminal.screen.style(of: "many-60") == CellStyle(reversed: true))
        terminal.type(Key.escape)
        try terminal.expect("the line alone at the end") { $0.lines.last == "host> many-" }
        #expect(terminal.screen.scrollback.count - before <= 12)
        terminal.type("\u{15}done\r")
        try terminal.expect("<done>")
        #expect(terminal.screen.unknown.isEmpty)
    }

    @Test func `Nothing to offer rings the bell and changes nothing`() throws {
        let terminal = try EditorSession.start()
        terminal.type("zzz\t!\r")
        try terminal.expect("<zzz!>")
        #expect(terminal.screen.bells == 1)
    }

    @Test func `A candidate with wide letters replaces exactly its word`() throws {
        let terminal = try EditorSession.start()
        terminal.type("李 'Ł\tx\r")
        try terminal.expect("<李 'Łukasz 李' x>")
    }

    @Test func `A paste that arrives while the menu is open goes into the line and runs nothing`() throws {
        let terminal = try EditorSession.start()
        terminal.type("us\t")
        try terminal.expect("as of just now")
        terminal.type("\t")
        try terminal.expect("1/2")
        terminal.type(Key.paste("a b\rc d\r"))
        try terminal.expect("both rows in the line") { $0.lines == ["host> usa b", "c d"] }
    }

    @Test func `A screen reader gets a plain list and the line again`() throws {
        let terminal = try EditorSession.start(environment: ["HOST_ACCESSIBLE": "1"])
        terminal.type("us\t")
        try terminal.expect("the line beneath the list") {
            $0.lines == [
                "host> us", "users  People of the organisation", "usage  What was used", "as of just now", "host> us",
            ]
        }
    }
}
