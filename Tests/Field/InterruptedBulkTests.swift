import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// Three hundred users are being changed at the prompt when somebody stops it: what the screen says is what Zoho did.
@Suite("A bulk change that is stopped at the prompt", .serialized)
struct InterruptedBulkTests {
    private static let line =
        "users list type=ActiveConfirmedUsers | where type__s != 'Support User' | first 300 "
        + "| users update city=Bonn --yes --at-most 1000"

    /// The most that one organisation of the emulator may have under way at once.
    private static let window = 10

    private func program() async throws -> Program {
        let program = try await Program.signedIn(users: 600)
        program.emulator.forgetRequests()
        return program
    }

    /// How many changes Zoho was sent, and what a summary has to say by what it shows afterwards.
    private func ledger(_ program: Program) async throws -> (writes: Int, summary: String) {
        let writes = program.emulator.recentRequests.filter { $0.route == .updateUser }
        let shown = try await program.run(["-c", "users list | where city == Bonn | count"])
        let changed = Int(shown.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
        let parts = [
            (changed, "done"), (writes.count - changed, "refused"), (300 - writes.count, "not started"),
        ]
        return (writes.count, parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
    }

    @Test("By Ctrl-C: so many done, so many not started, and the next line runs", arguments: [0, 40, 299])
    @TerminalActor func interrupted(after: Int) async throws {
        let program = try await program()
        let terminal = try program.shell(columns: 100, rows: 24)
        try terminal.expect("acme own#")
        let gate = program.emulator.hold(.updateUser, after: after)
        terminal.type(Self.line + "\r")
        await gate.arrivals(after + 1)
        terminal.type("\u{03}")
        try terminal.expect("finishing")
        gate.release()
        try terminal.expect("the prompt") { $0.lines.last { !$0.isEmpty }?.hasPrefix("acme own !130#") == true }
        let text = (terminal.screen.scrollback + terminal.screen.lines).joined(separator: "\n")
        let (writes, summary) = try await ledger(program)
        // What was under way at once has ended, and nothing after it has begun.
        #expect(writes > after && writes <= min(300, after + Self.window), "\(writes)")
        let line = text.split(separator: "\n").first { $0.contains(" done") }.map(String.init) ?? ""
        #expect(line.replacing("  (all 300 rows: $last)", with: "") == summary, "\(summary)\n\(text)")
        terminal.type("version\r")
        try terminal.expect("0.1.0")
        await program.close()
    }

    @Test(
        "By a signal to the shell: what had left is finished and told, the rest never begins",
        arguments: [(SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int)])
    @TerminalActor func signalled(signal: Int32, status: Int) async throws {
        let program = try await program()
        let terminal = try program.shell(columns: 100, rows: 24)
        try terminal.expect("acme own#")
        let gate = program.emulator.hold(.updateUser, after: 40)
        terminal.type(Self.line + "\r")
        await gate.arrivals(41)
        terminal.signal(signal)
        try terminal.expect("finishing")
        gate.release()
        #expect(try terminal.exit() == status)
        let text = (terminal.screen.scrollback + terminal.screen.lines).joined(separator: "\n")
        let (writes, summary) = try await ledger(program)
        #expect(writes > 40 && writes <= 40 + Self.window, "\(writes)")
        let line = text.split(separator: "\n").first { $0.contains(" done") }.map(String.init) ?? ""
        #expect(line.replacing("  (all 300 rows: $last)", with: "") == summary, "\(summary)\n\(text)")
        await program.close()
    }
}
