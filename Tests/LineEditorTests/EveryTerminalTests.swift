internal import Testing
internal import ZoshTesting

/// Each feature once on every size and kind of terminal people have.
struct EveryTerminalTests {
    struct Kind: CustomTestStringConvertible, Sendable {
        let columns: Int
        let rows: Int
        let term: String
        var testDescription: String { "\(columns)×\(rows) \(term)" }

        static let all = [(80, 24), (40, 10), (200, 50)].flatMap { size in
            ["xterm-256color", "screen"].map { Kind(columns: size.0, rows: size.1, term: $0) }
        }
    }

    @TerminalActor private func start(_ kind: Kind, _ arguments: [String] = [], environment: [String: String] = [:])
        throws -> PseudoTerminal
    {
        try EditorSession.start(
            arguments, term: kind.term, columns: kind.columns, rows: kind.rows, environment: environment)
    }

    /// A line as the host shows it: long ones by length and a checksum.
    private static func shown(_ line: String) -> String {
        guard line.utf8.count > 200 else { return "<\(line)>" }
        return
            "<\(line.unicodeScalars.count) scalars, sum \(line.utf8.reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) })>"
    }

    /// No escape code the screen does not know.
    @TerminalActor private func expectClean(_ terminal: PseudoTerminal) {
        #expect(terminal.screen.unknown.isEmpty)
    }

    @Test
    @TerminalActor func `A terminal the system does not describe is taken for one it does`() throws {
        let terminal = try start(Kind(columns: 20, rows: 10, term: "xterm-of-tomorrow"))
        terminal.type("a line of two rows and" + Key.control("A") + "Z" + Key.control("E") + "!")
        try terminal.expect("two rows") { $0.lines == ["host> Za line of two", " rows and!"] }
        terminal.type("\r")
        try terminal.expectPrompt()
        #expect(!terminal.screen.contains("No entry"))
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `A line longer than a row is edited in its middle`(kind: Kind) throws {
        let terminal = try start(kind)
        let long = (0..<kind.columns).map { String($0 % 10) }.joined()
        terminal.type(long + String(repeating: Key.left, count: kind.columns / 2) + "X" + Key.control("E") + "Y\r")
        let half = long.index(long.startIndex, offsetBy: kind.columns - kind.columns / 2)
        let whole = Self.shown("\(long[..<half])X\(long[half...])Y")
        try terminal.expect("the whole line") { $0.lines.joined().contains(whole) }
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `A hint shows, is taken, and never wraps`(kind: Kind) throws {
        let terminal = try start(kind)
        try terminal.enter("orgs list")
        terminal.type("z(" + String(repeating: "y", count: kind.columns) + ")\r")
        try terminal.expect("the next prompt") { $0.lines.last == "host>" }
        terminal.type("or")
        try terminal.expect("the hint") { $0.lines.last == "host> orgs list" && $0.cursor.column == 8 }
        terminal.type(Key.right + "\r")
        try terminal.expect("it ran again") {
            $0.lines.filter { $0 == "<orgs list>" }.count == 2 || $0.lines.last == "host>"
        }
        terminal.type("z")
        try terminal.expect("a cut hint") {
            ($0.lines.last ?? "").hasSuffix("…") && ($0.lines.last ?? "").count < kind.columns
        }
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `Tab lists, a second Tab chooses, typing filters, Return takes`(kind: Kind) throws {
        let terminal = try start(kind)
        terminal.type("many\t")
        try terminal.expect("the common beginning") { $0.lines.first == "host> many-" }
        terminal.type("\t")
        try terminal.expect("the menu") { $0.lines.count > 3 && $0.lines.count <= kind.rows && $0.contains("many-1") }
        terminal.type("57")
        try terminal.expect("the filtered menu") { $0.contains("many-57") && !$0.contains("many-1 ") }
        terminal.type("\r")
        try terminal.expect("the choice in the line, the menu gone") { $0.lines == ["host> many-57"] }
        terminal.type("!\r")
        try terminal.expect("<many-57 !>")
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `Ctrl-R finds an earlier line and puts it into this one`(kind: Kind) throws {
        let terminal = try start(kind)
        for line in ["users list", "orgs list", "usage"] { try terminal.enter(line) }
        terminal.type(Key.control("R") + "ulst")
        try terminal.expect("the match") { $0.contains("search: ulst  1/1") && $0.contains("> users list") }
        terminal.type("\r")
        try terminal.expect("the line, the search gone") { $0.lines.last == "host> users list" }
        terminal.type("!\r")
        try terminal.expect("<users list!>")
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `Up and Down walk and bring the live line back whole`(kind: Kind) throws {
        let terminal = try start(kind)
        try terminal.enter("first")
        try terminal.enter("second(\\n)")
        let long = String(repeating: "live ", count: kind.columns / 5) + "end"
        terminal.type(long + Key.control("A") + Key.up)
        try terminal.expect("the newest line") { $0.lines.last == "host> second(\\n)" }
        terminal.type(Key.up)
        try terminal.expect("the oldest line") { $0.lines.last == "host> first" }
        terminal.type(Key.down + Key.down + Key.control("E") + "!\r")
        try terminal.expect("the live line") { $0.lines.joined().contains(Self.shown(long + "!")) }
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `An unfinished line goes on below and its rows are edited as one`(kind: Kind) throws {
        let terminal = try start(kind)
        terminal.type("a(b\rc)" + Key.altReturn + "d")
        try terminal.expect("three rows") { $0.lines == ["host> a(b", "c)", "d"] }
        terminal.type(Key.up + Key.up + "X\r")
        try terminal.expect("<aX(b\\nc)\\nd>")
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `A paste of commands is shown, numbered, and runs on y`(kind: Kind) throws {
        let terminal = try start(kind)
        terminal.type(Key.paste("one\rtwo\rthree\r"))
        try terminal.expect("the list") { $0.contains("1  one") && $0.contains("3  three") && $0.contains("Pasted 3") }
        terminal.type("y")
        try terminal.expect("all ran") { $0.contains("<one>") && $0.contains("<two>") && $0.contains("<three>") }
        try terminal.expectPrompt()
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `A column pasted becomes a list, five hundred ids long`(kind: Kind) throws {
        let terminal = try start(kind)
        let ids = (0..<500).map { String(5_550_000_000_000_000_000 + $0) }
        terminal.type("users lookup ids=" + Key.paste(ids.joined(separator: "\r")) + "\r")
        let line = "users lookup ids=" + ids.joined(separator: ",")
        try terminal.expect(Self.shown(line))
        try terminal.expectPrompt()
        terminal.type(Key.up + "\r")
        try terminal.expect("recalled and sent unchanged") {
            ($0.scrollback + $0.lines).filter { $0 == Self.shown(line) }.count == 2
        }
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `A notice stands above a line of several rows`(kind: Kind) throws {
        let feed = try Feed()
        let terminal = try start(kind, ["--notices", feed.path])
        let long = String(repeating: "word ", count: kind.columns / 4)
        terminal.type(long + Key.left + Key.left)
        try terminal.settle()
        let (lines, cursor) = (terminal.screen.lines, terminal.screen.cursor)
        feed.post("token refreshed")
        try terminal.expect("the notice above") { $0.lines == ["token refreshed"] + lines }
        #expect(terminal.screen.cursor == .init(row: cursor.row + 1, column: cursor.column))
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `Wide text is typed, erased by the grapheme and read exactly`(kind: Kind) throws {
        let terminal = try start(kind)
        terminal.type("Łukasz 李小龍 e\u{301}👩‍👩‍👧‍👦" + "\u{7F}!\r")
        try terminal.expect("<Łukasz 李小龍 e\u{301}!>")
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `vi mode edits, moves and recalls`(kind: Kind) throws {
        let terminal = try start(kind, environment: ["HOST_MODE": "vi"])
        try terminal.enter("first")
        terminal.type("abc" + Key.escape + "0xk")
        try terminal.expect("the earlier line") { $0.lines.last == "host> first" }
        terminal.type("j")
        try terminal.expect("the live line") { $0.lines.last == "host> bc" }
        terminal.type("\r")
        try terminal.expect("<bc>")
        expectClean(terminal)
    }

    @Test(arguments: Kind.all)
    @TerminalActor func `Questions are asked and answered`(kind: Kind) throws {
        let terminal = try start(kind)
        terminal.type("secret\r")
        try terminal.expect("Passphrase: ")
        terminal.type("abc\r")
        try terminal.expect("answer: 3 bytes")
        try terminal.expectPrompt()
        terminal.type("confirm\r")
        try terminal.expect("Sure? [y/N] ")
        terminal.type("y\r")
        try terminal.expect("answer: true")
        expectClean(terminal)
    }

    @Test(arguments: ["", "dumb"])
    @TerminalActor func `Where nothing can be drawn, lines work and not one escape is written`(term: String) throws {
        let terminal = try EditorSession.start(term: term)
        terminal.type("users list\r")
        try terminal.expect("<users list>")
        terminal.type("a(\r")
        terminal.type("b)\r")
        try terminal.expect("<a(\\nb)>")
        #expect(!terminal.output.contains(0x1B))
    }
}
