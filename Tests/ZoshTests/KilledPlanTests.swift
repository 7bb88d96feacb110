import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// A plan whose process is killed while it is applied.
@Suite("Plans killed at work", .serialized)
struct KilledPlanTests {
    @Test("the rest is done by jobs resume, without the file, and the plan is not applied again")
    func resumed() async throws {
        let program = try await Program.signedIn(users: 40)
        let plan = program.home.appending(path: "a.plan").path
        let copy = program.home.appending(path: "b.plan").path
        let made = try await program.run([
            "--plan", plan, "-c", "users list type=ActiveUsers | users update city=Bern",
        ])
        #expect([0, 3].contains(made.status), "\(made.errors)")
        #expect(made.errors.contains("apply \(plan)"), "\(made.errors)")
        try FileManager.default.copyItem(atPath: plan, toPath: copy)
        let gate = program.emulator.hold(.updateUser, after: 5)
        let child = try program.start(["-c", "apply \(plan) --yes --at-most 1000"])
        await gate.arrivals(6)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        // What was held takes effect now, before anybody looks at it.
        try await Patience.wait { program.emulator.requestCount(.updateUser) > 5 }
        try FileManager.default.removeItem(atPath: plan)

        let again = try await program.run(["-c", "apply \(copy) --yes"])
        #expect(again.status == 1)
        #expect(again.errors.contains("jobs resume 1"), "\(again.errors)")
        let resumed = try await program.run(["-c", "jobs resume --yes"])
        #expect(resumed.status == 0, "\(resumed.errors)\n\(resumed.output)")
        let left = try await program.run(["-c", "jobs failed 1"])
        #expect(left.output.isEmpty, "\(left.output)")
        let last = try await program.run(["-c", "apply \(copy) --yes"])
        #expect(last.errors.contains("jobs show 1"), "\(last.errors)")
        await program.close()
    }
}
