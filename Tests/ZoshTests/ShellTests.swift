import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// The real shell on a real terminal; what is asserted is what a person would see.
@Suite("The shell on a terminal", .serialized)
struct ShellTests {
    @Test("The prompt says where we are; a line runs; Ctrl-D leaves with 0")
    @TerminalActor func session() async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell()
        try terminal.expect("acme own#")
        terminal.type("users count type=CurrentUser\r")
        try terminal.expect("the next prompt") { $0.contains("users count") && $0.lines.last == "acme own#" }
        terminal.type("\u{04}")
        #expect(try terminal.exit() == 0)
        await program.close()
    }

    @Test("Tab completes commands, options, values and people", arguments: [(80, 24), (40, 10)])
    @TerminalActor func completion(_ columns: Int, _ rows: Int) async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell(columns: columns, rows: rows)
        try terminal.expect("acme own#")
        terminal.type("users li\t")
        try terminal.expect("users list")
        terminal.type("ty\tAdm\t")
        try terminal.expect("type=AdminUsers")
        terminal.type("\u{15}connections use ac\t")
        try terminal.expect("connections use acme")
        await program.close()
    }

    @Test("Ctrl-C cancels the running line and the prompt comes back")
    @TerminalActor func interrupt() async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell()
        try terminal.expect("acme own#")
        let gate = program.emulator.hold(.countUsers)
        terminal.type("users count\r")
        await gate.arrivals(1)
        terminal.type("\u{03}")
        try terminal.expect("interrupted")
        gate.release()
        terminal.type("version\r")
        try terminal.expect("0.1.0")
        await program.close()
    }

    @Test("A name with escape codes cannot touch the terminal")
    @TerminalActor func hostileNames() async throws {
        let program = try await Program.signedIn(users: 60)
        let terminal = try program.shell(columns: 200, rows: 50)
        try terminal.expect("acme own#")
        terminal.type("users list | select full_name; version\r")
        try terminal.expect("0.1.0")
        #expect(terminal.screen.unknown.isEmpty)
        #expect(terminal.screen.bells == 0)
        await program.close()
    }

    @Test("Up recalls a line from an earlier session, sealed in between")
    @TerminalActor func history() async throws {
        let program = try await Program.signedIn()
        let first = try program.shell()
        try first.expect("acme own#")
        first.type("users count type=CurrentUser\r")
        try first.expect("the next prompt") { $0.contains("users count") && $0.lines.last == "acme own#" }
        first.type("\u{04}")
        #expect(try first.exit() == 0)
        let second = try program.shell()
        try second.expect("acme own#")
        second.type("\u{1B}[A")
        try second.expect("users count type=CurrentUser")
        await program.close()
    }

    @Test("Two shells at once lose no line of each other's, nor the one that runs when a shell is killed")
    @TerminalActor func histories() async throws {
        let program = try await Program.signedIn()
        let gate = program.emulator.hold(.countUsers)
        let shells = [try program.shell(), try program.shell()]
        for (shell, line) in zip(shells, ["version", "connections list | count"]) {
            try shell.expect("acme own#")
            shell.type("\(line)\r")
            try shell.expect("the next prompt") { $0.contains("# \(line)") && $0.lines.last == "acme own#" }
        }
        for (number, shell) in shells.enumerated() {
            shell.type("users count type=\(number == 0 ? "CurrentUser" : "AllUsers")\r")
            await gate.arrivals(number + 1)
            shell.signal(SIGKILL)
        }
        let later = try program.shell()
        try later.expect("acme own#")
        later.type("history\r")
        let lines = [
            "version", "connections list | count", "users count type=CurrentUser", "users count type=AllUsers",
            "history",
        ]
        try later.expect("every line, in order, with the connection it was typed on") { screen in
            let rows = screen.lines.map {
                $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
            }
            return rows.dropFirst().dropLast().elementsEqual(lines.enumerated().map { "\($0 + 1) acme \($1)" })
        }
        await program.close()
    }
}
