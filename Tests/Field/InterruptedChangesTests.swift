import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// A service manager, a closed terminal or `kill` ends a bulk change: each write that has left is finished and told, or
/// named as uncertain. None happens without a word.
@Suite("Changes that a signal interrupts", .serialized)
struct InterruptedChangesTests {
    /// Starts a change of ten users and returns once a write was done and the next is held by Zoho: however long we
    /// take then, some are left.
    private func started(_ latency: Int, _ arguments: [String]) async throws -> (Program, ChildProcess, Gate) {
        let program = try await Program.signedIn(users: 14) { $0.faults = "latency=\(latency)@updateUser" }
        program.emulator.forgetRequests()
        let gate = program.emulator.hold(.updateUser, after: 1)
        let child = try program.start(arguments)
        await gate.arrivals(2)
        return (program, child, gate)
    }

    private static let line = "users list status=active limit=10 | skip 1 | users update --yes last_name=Changed"

    @Test(
        "What has left is finished and told, however long Zoho takes",
        arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGQUIT, 130), (SIGINT, 130)] as [(Int32, Int32)], [150, 1500])
    func finished(way: (signal: Int32, status: Int32), latency: Int) async throws {
        let (signal, status) = way
        let (program, child, gate) = try await started(latency, ["--format", "ndjson", "-c", Self.line])
        child.signal(signal)
        gate.release()
        let ending = await Program.ending(of: child)
        #expect(ending.status == status, "\(ending)")
        // One user a row; a write may have been repeated, no user goes untold.
        let done = ending.output.split(separator: "\n").count { $0.contains("\"done\"") }
        let changed = try await program.run(["-c", "users list | where last_name == Changed | count"])
        #expect(changed.output == "\(done)\n", "\(ending)")
        #expect(done < 9 && done > 0, "it was stopped, or this test shows nothing")
        await program.close()
    }

    @Test("Told twice, it still tells or names every user that was changed", arguments: [SIGTERM, SIGHUP])
    func named(signal: Int32) async throws {
        let (program, child, gate) = try await started(0, ["--format", "ndjson", "-c", Self.line])
        // Of two equal signals that are both pending one is lost: said until it is heard.
        try await Patience.wait {
            child.signal(signal)
            return !child.isRunning
        }
        let ending = await Program.ending(of: child)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(.updateUser) >= 2 }
        #expect(ending.status == 128 + signal, "\(ending)")
        // What was on its way may still take effect. A user that was changed is in a row or in the last sentence.
        let changed = try await program.run(["-c", "users list | where last_name == Changed | select email"])
        #expect(!changed.output.isEmpty)
        for email in changed.output.split(separator: "\n") {
            #expect(ending.output.contains(email) || ending.errors.contains(email), "\(email): \(ending)")
        }
        await program.close()
    }

    @Test("A line that waits for something without an end is not waited for", arguments: [SIGTERM, SIGHUP, SIGQUIT])
    func waiting(signal: Int32) async throws {
        let program = try await Program.signedIn()
        let child = try program.start(["-c", "!sh -c 'echo ready >&2; sleep 60'"])
        #expect(child.errorLine() == "ready")
        child.signal(signal)
        #expect(await Program.ending(of: child).status == (signal == SIGQUIT ? 130 : 128 + signal))
        await program.close()
    }
}
