import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// A bulk change is killed at moments nobody chose while Zoho has its bad day, and taken up again: every user was
/// changed, was refused, or is named as one nobody can be sure of. The emulator's own list of what took effect decides.
@Suite("Jobs killed at work", .serialized)
struct KilledJobsTests {
    private static let isNightly = ProcessInfo.processInfo.environment["ZOSH_NIGHTLY"] != nil
    private static let rounds = isNightly ? 20 : 2
    /// Only the active ones are changed.
    private static let users = isNightly ? 3000 : 60
    private static let fewest = isNightly ? 2000 : 30

    /// One row of a job, or a user.
    private struct Shown: Decodable {
        let id: String
        let outcome: String?
    }

    private func rows(_ program: Program, _ line: String) async throws -> [Shown] {
        let ending = try await program.run(["--format", "ndjson", "-c", line])
        #expect(ending.status == 0, "\(line): \(ending.errors)")
        return try ending.output.split(separator: "\n").map {
            try JSONDecoder().decode(Shown.self, from: Data($0.utf8))
        }
    }

    @Test("Typed or in a script, a change that is killed and resumed is told as it is", arguments: [false, true])
    func resumed(isScript: Bool) async throws {
        let program = try await Program.signedIn(users: Self.users) {
            $0.faults = "500:3%@updateUser,lost:4%@updateUser,reset:3%@updateUser"
        }
        let wanted = Set(try await rows(program, "users list type=ActiveUsers | select id").map(\.id))
        #expect(wanted.count >= Self.fewest)
        for round in 1...Self.rounds {
            let line = "users list type=ActiveUsers | users update city=Round\(round) --yes --at-most \(Self.users)"
            let path = program.home.appending(path: "round\(round).zosh").path
            try (line + "\n").write(toFile: path, atomically: true, encoding: .utf8)
            let before = program.emulator.requestCount(.updateUser)
            let former = await program.emulator.effects.count
            let moment = Int.random(in: 0..<wanted.count / 2)
            let gate = program.emulator.hold(.updateUser, after: moment)
            let child = try program.start(isScript ? [path] : ["-c", line])
            await gate.arrivals(moment + 1)
            child.signal(SIGKILL)
            _ = await Program.ending(of: child)
            gate.release()
            // What was held takes effect now, before anybody looks at it.
            try await Patience.wait { program.emulator.requestCount(.updateUser) - before > moment }

            let next = try await program.run(["-c", "users count type=CurrentUser"])
            #expect(next.errors.contains("job \(round) is not finished"), "\(next.errors)")
            #expect(next.errors.contains("jobs resume \(round)"), "\(next.errors)")
            let resumed = try await program.run(["-c", "jobs resume --yes"])
            #expect([0, 3].contains(resumed.status), "\(resumed.errors)\n\(resumed.output)")

            let told = try await rows(program, "jobs show \(round)")
            #expect(Set(told.map(\.id)) == wanted && told.count == wanted.count, "round \(round)")
            // All of them set the same value, so that a second one for a user changes nothing.
            let effects = await program.emulator.effects.dropFirst(former)
            #expect(effects.allSatisfy { $0.kind == "Updated" && wanted.contains($0.user) }, "round \(round)")
            let changed = Set(effects.map(\.user))
            for row in told {
                switch row.outcome {
                case "done", "unchanged": #expect(changed.contains(row.id), "round \(round): \(row)")
                case "refused", "failed", "not started": #expect(!changed.contains(row.id), "round \(round): \(row)")
                // Named as what nobody can be sure of.
                case "unverified": break
                default: Issue.record("round \(round): \(row)")
                }
            }
            #expect(told.count { $0.outcome == "done" } > wanted.count / 2, "round \(round)")
            #expect(try await program.run(["-c", "jobs list --unfinished"]).output.isEmpty, "round \(round)")
        }
        await program.close()
    }

    @Test("Where approvals are demanded since, what is left of a job can be given up, and the refusal says how")
    func approvalsRaised() async throws {
        let program = try await Program.signedIn(users: 30)
        let gate = program.emulator.hold(.updateUser, after: 3)
        let line = "users list type=ActiveUsers | skip 1 | first 12 | users update city=Bern --yes --at-most 12"
        let child = try program.start(["-c", line])
        await gate.arrivals(4)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        #expect(try await program.run(["-c", "connections set acme approvals=1 --yes"]).status == 0)
        let refused = try await program.run(["-c", "jobs resume --yes"])
        #expect(refused.errors.contains("'acme' demands 1 approval"), "\(refused.errors)")
        #expect(refused.errors.contains("give up what is left: jobs cancel 1; then make a plan"), "\(refused.errors)")
        #expect(try await program.run(["-c", "jobs cancel 1"]).status == 0)
        let planned = try await program.run(["-c", line.replacing(" --yes", with: "") + " --plan rest.plan"])
        // Some users cannot be changed by anybody.
        #expect([0, 3].contains(planned.status), "\(planned.errors)")
        await program.close()
    }
}
