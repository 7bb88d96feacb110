import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// A block is run for twenty users when somebody stops it: every row is accounted for.
@Suite("A block that is stopped at the prompt", .serialized)
struct InterruptedBlockTests {
    @Test(
        "By Ctrl-C: what was changed, and how many rows were not started",
        arguments: [
            ("users list limit=20 | each { users update $it.id city=Bonn --yes --at-most 1000 }", 4),
            ("let r = users list limit=20 | each { users update $it.id city=Bonn --yes --at-most 1000 }", 1),
            ("users list limit=20 | each { users update $it.id city=Bonn --yes --at-most 1000 } | count", 9),
            ("users list limit=20 | each { on acme users update $it.id city=Bonn --yes --at-most 1000 }", 3),
        ])
    @TerminalActor func interrupted(line: String, changed: Int) async throws {
        let program = try await Program.signedIn(users: 20)
        // Those that Zoho refuses are no part of this.
        let ids = try await program.run([
            "-c", "users list status=active | where type__s == 'Regular User' | count",
        ])
        let rows = try #require(Int(ids.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        let line = line.replacing(
            "users list limit=20", with: "users list status=active | where type__s == 'Regular User'")
        let terminal = try program.shell(columns: 120, rows: 24)
        try terminal.expect("acme own#")
        let gate = program.emulator.hold(.updateUser, after: changed - 1)
        terminal.type(line + "\r")
        await gate.arrivals(changed)
        terminal.type("\u{03}")
        try terminal.expect("finishing")
        gate.release()
        try terminal.expect("the prompt") { $0.lines.last { !$0.isEmpty }?.hasPrefix("acme own !130#") == true }
        let text = (terminal.screen.scrollback + terminal.screen.lines).joined(separator: "\n")
        let shown = try await program.run(["-c", "users list | where city == Bonn | count"])
        #expect(shown.output.trimmingCharacters(in: .whitespacesAndNewlines) == "\(changed)")
        #expect(text.contains("interrupted; \(rows - changed) of \(rows) rows not started"), "\(text)")
        #expect(!text.contains("had arrived"))
        let left = try await program.run(["-c", "jobs list --unfinished | count"])
        #expect(left.output.trimmingCharacters(in: .whitespacesAndNewlines) == "1", "\(text)")
        await program.close()
    }

    @Test("Before its first change: none of the rows was started")
    @TerminalActor func before() async throws {
        let program = try await Program.signedIn(users: 5)
        let terminal = try program.shell(columns: 120, rows: 24)
        try terminal.expect("acme own#")
        terminal.type("let two = users list limit=2; version\r")
        try terminal.expect("0.1.0")
        let gate = program.emulator.hold(.listUsers)
        terminal.type("$two | each { users update $it.id city=Bonn --yes --at-most 1000 }\r")
        await gate.arrivals()
        terminal.type("\u{03}")
        gate.release()
        try terminal.expect("2 of 2 rows not started")
        await program.close()
    }
}
