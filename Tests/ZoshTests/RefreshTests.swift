import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// Many shells and one refresh token.
@Suite("One refresh for everybody")
struct RefreshTests {
    /// Two hundred in `make nightly`; a few in every run.
    private static let processes = ProcessInfo.processInfo.environment["ZOSH_NIGHTLY"] == nil ? 8 : 200

    @Test("Shells started at once on a dead token refresh once")
    func once() async throws {
        let program = try await Program.signedIn()
        await program.emulator.expireAccessTokens()
        let gate = program.emulator.hold(.token)
        var children: [ChildProcess] = []
        for _ in 0..<Self.processes { children.append(try program.start(["users", "count", "type=CurrentUser"])) }
        // Zoho takes its time until somebody has asked, so that the others meet the lock.
        await gate.arrivals(1)
        gate.release()
        for child in children {
            let ending = await Program.ending(of: child)
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(ending.output == "CurrentUser\t1\n")
        }
        #expect(await program.emulator.tokenRefreshes == 1)
        await program.close()
    }

    @Test(
        "Killing the process that refreshes, before Zoho answers or after, costs one more at most",
        arguments: [true, false])
    func killed(beforeAnswer: Bool) async throws {
        let program = try await Program.signedIn()
        await program.emulator.expireAccessTokens()
        let gate = program.emulator.hold(beforeAnswer ? .token : .countUsers)
        let victim = try program.start(["users", "count", "type=CurrentUser"])
        // Held at the token endpoint it has no token; held at its second call it has one and has stored it.
        await gate.arrivals(1)
        victim.signal(SIGKILL)
        _ = await Program.ending(of: victim)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(beforeAnswer ? .token : .countUsers) > 0 }
        for _ in 0..<3 {
            let next = try await program.run(["users", "count", "type=CurrentUser"])
            #expect(next.status == 0, "\(next.errors)")
        }
        #expect(await program.emulator.tokenRefreshes <= 2)
        #expect(await program.emulator.liveTokens.refresh == 1)
        await program.close()
    }
}
