import Foundation
import GRDB
import Testing
import ZohoEmulator
import ZoshTesting

/// What the shell adds to the editor, on the sizes and kinds of terminal people have.
@Suite("The shell's editing", .serialized)
struct ShellFeatureTests {
    struct Kind: CustomTestStringConvertible, Sendable {
        let columns: Int
        let rows: Int
        let term: String
        var testDescription: String { "\(columns)×\(rows) \(term)" }

        static let all = [
            Kind(columns: 80, rows: 24, term: "xterm-256color"), Kind(columns: 40, rows: 10, term: "screen"),
            Kind(columns: 200, rows: 50, term: "xterm-256color"),
        ]
    }

    @TerminalActor private func shell(_ program: Program, _ kind: Kind = Kind.all[0], _ arguments: [String] = []) throws
        -> PseudoTerminal
    {
        let terminal = try program.shell(arguments, columns: kind.columns, rows: kind.rows, term: kind.term)
        try terminal.expect("acme own#")
        return terminal
    }

    /// Types a line and waits for a free prompt below it. That a prompt is free is not enough: the shell may draw the
    /// one before again, when it learns something, and read the line after that.
    @TerminalActor private func enter(_ line: String, _ terminal: PseudoTerminal, prompt: String = "acme own#") throws {
        func lastRow(_ screen: Screen) -> Int { screen.scrollback.count + screen.lines.count }
        let before = lastRow(terminal.screen)
        terminal.type(line + "\r")
        try terminal.expect("the next prompt") { $0.lines.last == prompt && lastRow($0) > before }
    }

    @Test("Hints say what may follow, from a command's own signature", arguments: Kind.all)
    @TerminalActor func hints(kind: Kind) async throws {
        let program = try await Program.signedIn()
        let terminal = try shell(program, kind)
        terminal.type("users update ")
        try terminal.expect("the hint") {
            ($0.lines.last ?? "").hasPrefix("acme own# users update [‹user› …]".prefix(kind.columns - 2))
        }
        #expect(terminal.screen.cursor.column == 23)
        terminal.type("ada ")
        try terminal.expect("the hint behind a word") { $0.contains("ada [‹user›") }
        #expect(terminal.screen.lines.count == 1)
        #expect(terminal.screen.unknown.isEmpty)
        await program.close()
    }

    @Test("History holds full names and numbers, runs a line again and saves lines", arguments: Kind.all)
    @TerminalActor func history(kind: Kind) async throws {
        let program = try await Program.signedIn()
        let terminal = try shell(program, kind)
        try enter("user cou type=CurrentUser", terminal)
        terminal.type(TerminalKey.up)
        try terminal.expect("the full name") { $0.lines.last == "acme own# users count type=CurrentUser" }
        terminal.type(TerminalKey.control("U"))
        try enter("history", terminal)
        // The first line with the connection it was typed on, whatever the width.
        #expect(terminal.screen.lines.contains { $0.split(separator: " ").prefix(2) == ["1", "acme"] })
        try enter("history run 1", terminal)
        try terminal.expect("the line, shown again") {
            ($0.scrollback + $0.lines).contains("users count type=CurrentUser")
        }
        let file = program.home.appending(path: "a.zosh")
        try enter("history save \(file.path) 1-2", terminal)
        let saved = try String(contentsOf: file, encoding: .utf8)
        #expect(saved == "users count type=CurrentUser\nhistory\n")
        #expect(terminal.screen.unknown.isEmpty)
        await program.close()
    }

    @Test("History that could not be read when the shell began is there after the next line")
    @TerminalActor func lateHistory() async throws {
        let program = try await Program.signedIn()
        let first = try shell(program)
        try enter("users count type=CurrentUser", first)
        first.type("\u{04}")
        #expect(try first.exit() == 0)

        // The shell that has just opened may be writing what it read from Zoho: this waits for it, as the shell would.
        var patient = Configuration()
        patient.busyMode = .timeout(60)
        let store = try DatabaseQueue(
            path: program.home.appending(path: "zosh/store.db").path, configuration: patient)
        let sealed = try await store.write { database in
            let sealed = try #require(
                try Data.fetchOne(database, sql: "SELECT sealed FROM entry WHERE kind = 'history'"))
            try database.execute(
                sql: "UPDATE entry SET sealed = ? WHERE kind = 'history'", arguments: [Data(sealed.reversed())])
            try #require(database.changesCount == 1)
            return sealed
        }
        let terminal = try shell(program)
        terminal.type(TerminalKey.up + TerminalKey.control("U") + "lpwd")
        try terminal.expect("nothing to recall") { $0.lines.last == "acme own# lpwd" }
        try await store.write {
            try $0.execute(sql: "UPDATE entry SET sealed = ? WHERE kind = 'history'", arguments: [sealed])
        }
        terminal.type(TerminalKey.control("U"))
        try enter("version", terminal)
        terminal.type(TerminalKey.up + TerminalKey.up)
        try terminal.expect("the first shell's line") { $0.lines.last == "acme own# users count type=CurrentUser" }
        try store.close()
        await program.close()
    }

    @Test("Keys, mode and screen-reader output are settings of the session")
    @TerminalActor func settings() async throws {
        let program = try await Program.signedIn()
        let terminal = try shell(program)
        try enter("version", terminal)
        try enter("bind ^T zosh-up", terminal)
        terminal.type("\u{14}")
        try terminal.expect("the key bound") { $0.lines.last == "acme own# bind ^T zosh-up" }
        terminal.type(TerminalKey.control("U"))
        try enter("set edit-mode vi", terminal, prompt: "[ins] acme own#")
        terminal.type("abc\u{1B}0x")
        try terminal.expect("vi keys") { $0.lines.last == "[cmd] acme own# bc" }
        terminal.type("dd")
        try terminal.expect("an empty line") { $0.lines.last == "[cmd] acme own#" }
        terminal.type("iset edit-mode emacs; set accessible on\r")
        try terminal.expect("the next prompt") { $0.lines.last == "acme own#" && $0.contains("set accessible on") }
        terminal.type("vers")
        try terminal.expect("no hint") { $0.lines.last == "acme own# vers" }
        terminal.type("ion\r")
        try terminal.expect("no hint was ever there") {
            $0.lines.filter { $0.hasPrefix("0.1.0") }.count >= 2 || $0.lines.last == "acme own#"
        }
        await program.close()
    }

    @Test("A key's notation that lost its backslash is refused and takes no letter away")
    @TerminalActor func notation() async throws {
        let program = try await Program.signedIn()
        let terminal = try shell(program)
        try enter("bind \\et zosh-newline", terminal, prompt: "acme own !2#")
        try terminal.expect("would make 'e' impossible to type")
        try enter("version", terminal)
        try terminal.expect("0.1.0")
        await program.close()
    }

    @Test("Where no prompt can be drawn again, the first one says who we are")
    @TerminalActor func plain() async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell(term: "dumb")
        try terminal.expect("acme own#")
        #expect(terminal.screen.lines.count == 1)
        terminal.type("\u{04}")
        #expect(try terminal.exit() == 0)
        await program.close()
    }

    @Test("The prompt tells a failure, what was set, and whatever template the person gives it")
    @TerminalActor func prompt() async throws {
        let program = try await Program.signedIn()
        let terminal = try shell(program)
        try enter("nonsense", terminal, prompt: "acme own !2#")
        try enter("version", terminal)
        try enter("set prompt '[{dc}]{status}{mark} '", terminal, prompt: "[own]#")
        try enter("set prompt '{nothing}'", terminal, prompt: "[own] !2#")
        try enter("set prompt auto", terminal)
        terminal.type("\u{04}")
        #expect(try terminal.exit() == 0)
        let careful = try program.shell(["--read-only"])
        try careful.expect("acme own read-only>")
        await program.close()
    }

    @Test(
        "Tab before the people have arrived says that they are on their way, and lists them by itself once they have",
        arguments: Kind.all)
    @TerminalActor func early(kind: Kind) async throws {
        let program = try await Program.signedIn()
        let gate = program.emulator.hold(.listUsers)
        let terminal = try shell(program, kind)
        await gate.arrivals(1)
        terminal.type("users lookup a\t")
        try terminal.expect("the note, and the line as it was") {
            $0.lines.contains("loading people…") && $0.contains("acme own# users lookup a")
        }
        gate.release()
        try terminal.expect("people") { $0.contains("list updated") && !$0.contains("loading people") }
        await program.close()
    }

    @Test("Tab before the shell knows whose people they are takes nothing else for them", arguments: Kind.all)
    @TerminalActor func atOnce(kind: Kind) async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell([], columns: kind.columns, rows: kind.rows, term: kind.term)
        // Waits in the terminal while the program starts.
        terminal.type("users lookup a\t")
        try terminal.expect("people") {
            ($0.scrollback + $0.lines).contains("acme own# users lookup a") && $0.contains("list updated")
                && !$0.contains("loading people")
        }
        await program.close()
    }

    @Test("Without a connection, or with a locked store, Tab says that nobody can be offered")
    @TerminalActor func nobody() async throws {
        let program = try await Program.beforeLogin()
        let stranger = try program.shell()
        try stranger.expect("zosh>")
        stranger.type("users lookup a\t")
        try stranger.expect("why") {
            $0.contains("cannot list people: no connection is in use (auth login)")
                && $0.contains("zosh> users lookup a")
        }
        await program.close()
    }

    @Test("Tab says why nobody can be offered, and leaves the line as it was")
    @TerminalActor func refused() async throws {
        let program = try await Program.signedIn()
        program.emulator.script(
            403, #"{"code":"NO_PERMISSION","details":{},"message":"permission denied to read users","status":"error"}"#,
            for: .listUsers)
        let gate = program.emulator.hold(.listUsers)
        let terminal = try shell(program, Kind.all[0])
        await gate.arrivals(1)
        terminal.type("users lookup a\t")
        try terminal.expect("the note") { $0.lines.contains("loading people…") }
        gate.release()
        try terminal.expect("the reason") {
            $0.contains("cannot list people: Zoho does not allow this: permission denied to read users")
                && $0.lines.contains("acme own# users lookup a")
        }
        await program.close()
    }

    @Test("Who was named lately is offered first")
    @TerminalActor func recent() async throws {
        let program = try await Program.signedIn(users: 30)
        let last = try await program.run([
            "--format", "json", "-c", "users list type=ActiveUsers | last 1 | select email, full_name",
        ])
        let row = try #require(
            (try JSONSerialization.jsonObject(with: Data(last.output.utf8)) as? [[String: String]])?.first)
        let terminal = try shell(program, Kind.all[2])
        try enter("users find zzzz", terminal)
        try enter("users lookup \(row["email"] ?? "") | count", terminal)
        terminal.type("users lookup \t")
        let name = row["full_name"] ?? ""
        try terminal.expect("the person first") { screen in
            guard let line = screen.lines.lastIndex(where: { $0.hasPrefix("acme own# users lookup") }),
                line + 1 < screen.lines.count
            else { return false }
            return screen.lines[line + 1].hasPrefix(String(name.prefix(8)))
        }
        #expect(terminal.screen.contains("list updated"))
        await program.close()
    }

    @Test("Work that takes longer shows how far it is, on standard error, and wipes it", arguments: Kind.all)
    @TerminalActor func progress(kind: Kind) async throws {
        let program = try await Program.signedIn()
        let terminal = try shell(program, kind)
        let gate = program.emulator.hold(.countUsers)
        terminal.type("users count\r")
        await gate.arrivals(1)
        try terminal.expect("progress") { $0.contains("Ctrl-C stops") || $0.contains("1 call") }
        gate.release()
        try terminal.expect("the result, the progress gone") { $0.lines.last == "acme own#" && !$0.contains("1 call") }
        await program.close()
    }

    @Test(
        "Ctrl-C lets a change in flight finish; a second one names it and gives the prompt back; its end is told",
        arguments: Kind.all)
    @TerminalActor func twice(kind: Kind) async throws {
        let program = try await Program.signedIn()
        let email =
            try await program.run(["--format", "tsv", "-c", "users list type=ActiveUsers | last 1 | select email"])
            .output.split(separator: "\n").last.map(String.init) ?? ""
        let terminal = try shell(program, kind)
        let gate = program.emulator.hold(.updateUser)
        terminal.type("users update \(email) city=Bern --yes\r")
        await gate.arrivals(1)
        terminal.type("\u{03}")
        try terminal.expect("what it waits for") { $0.lines.joined().contains("finishing: update city") }
        terminal.type("\u{03}")
        try terminal.expect("what is uncertain, and the prompt") {
            let text = $0.lines.joined()
            return text.contains("stopped waiting; ") && text.contains("update city") && text.contains(email)
                && ($0.lines.last ?? "").hasPrefix("acme own !")
        }
        terminal.type("vers")
        try terminal.expect("typing") { ($0.lines.last ?? "").contains("# vers") }
        gate.release()
        try terminal.expect("the news above the line") {
            $0.lines.joined().contains("after you stopped waiting: update city")
                && ($0.lines.last ?? "").contains("# vers")
        }
        terminal.type("ion\r")
        try terminal.expect("0.1.0")
        await program.close()
    }

    @Test("A signal to end cancels the line that runs, and the shell ends with it", arguments: [SIGTERM, SIGHUP])
    @TerminalActor func ended(number: CInt) async throws {
        let program = try await Program.signedIn()
        let terminal = try shell(program)
        let gate = program.emulator.hold(.countUsers)
        terminal.type("users count; version\r")
        await gate.arrivals(1)
        terminal.signal(number)
        #expect(try terminal.exit() == 128 + Int(number))
        gate.release()
        #expect(!terminal.screen.contains("0.1.0"))
        #expect(terminal.modes.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == tcflag_t(ICANON | ECHO | ISIG))
        await program.close()
    }

    @Test("The first Ctrl-C reports what was done and what was not started")
    @TerminalActor func drain() async throws {
        let program = try await Program.signedIn()
        let terminal = try shell(program, Kind.all[2])
        let gate = program.emulator.hold(.updateUser)
        terminal.type("users ids type=ActiveUsers | skip 1 | first 8 | users update city=Bern --yes\r")
        await gate.arrivals(1)
        terminal.type("\u{03}")
        try terminal.expect("finishing: update city")
        gate.release()
        try terminal.expect("the report") {
            $0.lines.filter { $0.contains("not started") }.count >= 2 && $0.lines.contains { $0.contains(" done") }
                && $0.lines.last == "acme own !130#"
        }
        await program.close()
    }
}

enum TerminalKey {
    static let up = "\u{1B}[A"
    static func control(_ letter: Character) -> String { String(UnicodeScalar((letter.asciiValue ?? 0x40) & 0x1F)) }
}
