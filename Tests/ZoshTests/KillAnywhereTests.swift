import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// The program is killed at moments nobody chose, while it signs in, refreshes or changes its key.
@Suite("Killed anywhere", .serialized)
struct KillAnywhereTests {
    private static let rounds = ProcessInfo.processInfo.environment["ZOSH_NIGHTLY"] == nil ? 3 : 340
    /// Longer than any of the three takes on a machine with nothing else to do, so that some runs come to their end.
    private static let longest = Duration.milliseconds(400)

    @Test("Login, refresh and rekey, killed at random, leave a store that opens and a grant that works")
    func anywhere() async throws {
        let program = try await Program.signedIn()
        var (killed, finished) = (0, 0)
        for round in 0..<Self.rounds {
            // A login that got its grant and died before storing it leaves the older grant at work.
            let code = await program.emulator.issueGrantCode() + "\n"
            // The first one while Zoho thinks, however fast or slow the machine is: one at least is killed at work.
            let gate = round == 0 ? program.emulator.hold(.token) : nil
            let login = try await ending(
                after: moment(), gate, program, ["auth", "login", "acme", "--self-client"], input: code)
            try await expectWhole(program, "login, round \(round)")

            // A fresh grant: nobody may refresh the same one more than ten times in ten minutes.
            let again = await program.emulator.issueGrantCode() + "\n"
            let renewed = try await program.run(["auth", "login", "acme", "--self-client"], input: again)
            #expect(renewed.status == 0, "\(renewed.errors)")
            await program.emulator.expireAccessTokens()
            let before = await program.emulator.tokenRefreshes
            let refresh = try await ending(after: moment(), nil, program, ["users", "count", "type=CurrentUser"])
            try await expectWhole(program, "refresh, round \(round)")
            #expect(await program.emulator.tokenRefreshes <= before + 2, "round \(round)")

            let rekey = try await ending(after: moment(), nil, program, ["vault", "rekey", "--yes"])
            try await expectWhole(program, "rekey, round \(round)")
            for ended in [login, refresh, rekey] where ended != nil {
                #expect(ended == 0, "round \(round)")
                finished += 1
            }
            killed += [login, refresh, rekey].count { $0 == nil }
        }
        #expect(killed > 0, "some must be killed at work, or this test shows nothing")
        #expect(killed + finished == 3 * Self.rounds)
        await program.close()
    }

    private func moment() -> Duration { .microseconds(Int.random(in: 1000...Int(Self.longest / .microseconds(1)))) }

    /// - Parameter gate: where its request is held until it is killed, whatever the time.
    /// - Returns: the exit status; nil when the process was killed.
    private func ending(
        after time: Duration, _ gate: Gate?, _ program: Program, _ arguments: [String], input: String = ""
    ) async throws -> Int32? {
        let child = try program.start(arguments, input: input)
        await gate?.arrivals()
        defer { gate?.release() }
        let end = ContinuousClock.now + (gate == nil ? time : .zero)
        while ContinuousClock.now < end, child.isRunning { await Task.yield() }
        if child.isRunning { child.signal(SIGKILL) }
        let status = await Program.ending(of: child).status
        return status == 128 + SIGKILL ? nil : status
    }

    private func expectWhole(_ program: Program, _ what: String) async throws {
        let verified = try await program.run(["vault", "verify"])
        #expect(verified.status == 0, "\(what): \(verified.errors)\(verified.output)")
        let used = try await program.run(["users", "count", "type=CurrentUser"])
        #expect(used.status == 0, "\(what): \(used.errors)")
        #expect(used.output == "CurrentUser\t1\n", "\(what)")
        let connections = try await program.run(["-c", "connections list | select name"])
        #expect(connections.output == "acme\n", "\(what)")
    }
}
