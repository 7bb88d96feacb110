import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// Three hundred users are being changed at the prompt when somebody stops it: what the screen says is what Zoho did.
@Suite("A bulk change that is stopped at the prompt", .serialized)
struct InterruptedBulkTests {
    private static let line = "users list type=ActiveConfirmedUsers limit=300 | users update city=Bonn --yes"

    private func program() async throws -> Program {
        let program = try await Program.signedIn(users: 450)
        program.emulator.forgetRequests()
        return program
    }

    /// What Zoho was told, and what it shows afterwards.
    private func ledger(_ program: Program) async throws -> (writes: Int, changed: Int) {
        let writes = program.emulator.recentRequests.count { $0.route == .updateUser }
        let changed = try await program.run(["-c", "users list | where city == Bonn | count"])
        return (writes, Int(changed.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1)
    }

    @Test("By Ctrl-C: so many done, so many not started, and the next line runs", arguments: [0, 40, 299])
    @TerminalActor func interrupted(after: Int) async throws {
        let program = try await program()
        let terminal = try program.shell(columns: 100, rows: 24)
        try terminal.expect("acme own#")
        let gate = program.emulator.hold(.updateUser, after: after)
        terminal.type(Self.line + "\r")
        await gate.arrivals(1)
        terminal.type("\u{03}")
        try terminal.expect("finishing")
        let left = program.emulator.recentRequests.count { $0.route == .updateUser }
        gate.release()
        try terminal.expect("the summary") { screen in
            (screen.scrollback + screen.lines).contains { $0.contains(" done") }
        }
        try terminal.expect("the prompt") { $0.lines.last { !$0.isEmpty } == "acme own#" }
        let text = (terminal.screen.scrollback + terminal.screen.lines).joined(separator: "\n")
        let (writes, changed) = try await ledger(program)
        #expect(writes >= left && changed == writes, "\(writes) \(changed)")
        #expect(text.contains("\(changed) done"), "\(changed)\n\(text)")
        if changed < 300 {
            #expect(text.contains("\(changed) done, \(300 - changed) not started"), "\(changed)\n\(text)")
        }
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
        await gate.arrivals(1)
        terminal.signal(signal)
        try terminal.expect("finishing")
        gate.release()
        #expect(try terminal.exit() == status)
        let text = (terminal.screen.scrollback + terminal.screen.lines).joined(separator: "\n")
        let (writes, changed) = try await ledger(program)
        #expect(changed == writes && changed < 300, "\(writes) \(changed)")
        #expect(text.contains("\(changed) done, \(300 - changed) not started"), "\(changed)\n\(text)")
        await program.close()
    }
}
