import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// Zoho limits an organisation's open requests, not a process's.
@Suite("Places shared by all shells")
struct PlacesTests {
    @Test("Four shells listing at once never have more requests open than the smallest edition may")
    func shared() async throws {
        let program = try await Program.signedIn(users: 1000) {
            $0.concurrency = 5
            $0.latency = 20
        }
        program.emulator.forgetRequests()
        let children = try (0..<4).map { _ in try program.start(["-c", "users list | count"]) }
        for child in children {
            let ending = await Program.ending(of: child)
            #expect(ending.output == "1000\n", "\(ending.errors)")
        }
        #expect(program.emulator.highestConcurrency <= 5)
        #expect(!program.emulator.recentRequests.contains { $0.status == 429 })
        // What they cost is counted together, each process adding its own.
        let credits = try await program.run(["-c", "api credits | select calls | last 1"])
        let calls = Int(credits.output.dropLast()) ?? 0
        #expect((24...40).contains(calls), "\(credits)")
        await program.close()
    }
}
