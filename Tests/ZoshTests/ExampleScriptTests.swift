import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// The scripts of `examples/`, run by the real program: to their end, killed on the way, and taken up again.
@Suite("Example scripts")
struct ExampleScriptTests {
    private static let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "examples")

    private static func path(_ name: String) -> String { examples.appending(path: name).path }

    private func rows(_ program: Program, _ line: String) async throws -> [[String]] {
        let ending = try await program.run(["-c", line])
        #expect(ending.status == 0 || ending.status == 3, "\(ending.errors)")
        return ending.output.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// Starts the program and kills it while it waits for that reply of a route.
    private func kill(_ program: Program, _ arguments: [String], after count: Int, of route: Route) async throws {
        let before = program.emulator.requestCount(route)
        let gate = program.emulator.hold(route, after: count - 1)
        let child = try program.start(arguments)
        await gate.arrivals(count)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        // What was held takes effect now, before anybody looks at it.
        try await Patience.wait { program.emulator.requestCount(route) >= before + count }
    }

    @Test("No script of examples/ goes unread")
    func everyone() throws {
        let scripts = try FileManager.default.contentsOfDirectory(atPath: Self.examples.path).filter {
            $0.hasSuffix(".zosh")
        }
        #expect(Set(scripts) == ["movers.zosh", "onboarding.zosh", "offboarding.zosh", "quarterly-review.zosh"])
    }

    @Test("Onboarding from a file, killed after any number of invitations, invites nobody twice", arguments: 0...4)
    func onboarding(killedAfter count: Int) async throws {
        let program = try await Program.signedIn()
        let arguments = ["-f", Self.path("onboarding.zosh"), "people=\(Self.path("new-people.csv"))"]
        // An invitation that had not left cannot be told from one that is lost: it is named.
        var unverified = 0
        if count > 0 {
            try await kill(program, arguments, after: count, of: .createUser)
            let resumed = try await program.run(arguments + ["--resume"])
            unverified = resumed.output.split(separator: "\n").count { $0.contains("unverified") }
            #expect(resumed.status == (unverified == 0 ? 0 : 3), "\(resumed.errors)\n\(resumed.output)")
        } else {
            let ending = try await program.run(arguments)
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(ending.output.split(separator: "\n").count == 9)
            let nothing = try await program.run(arguments + ["--resume"])
            #expect(nothing.errors.contains("script finished"), "\(nothing.errors)")
        }
        let people = try await rows(
            program,
            "users list | where email in (grace@example.com, ada@example.com, radia@example.com, "
                + "katherine@example.com) | select email, status"
        )
        #expect(Set(people.map { $0[0] }).count == people.count)
        #expect(people.count >= 4 - unverified && people.count <= 4)
        #expect(program.emulator.requestCount(.createUser) <= 4)
        await program.close()
    }

    @Test("Movers get what their rows say, a second run changes nothing, and undo takes the whole back")
    func movers() async throws {
        let program = try await Program.signedIn()
        let joined = try await program.run(
            ["-f", Self.path("onboarding.zosh"), "people=\(Self.path("new-people.csv"))"])
        #expect(joined.status == 0, "\(joined.errors)")
        let arguments = ["-f", Self.path("movers.zosh"), "changes=\(Self.path("movers.csv"))"]
        #expect(try await program.run(arguments + ["--dry-run"]).output.contains("role: Manager → CEO"))
        let people = "users lookup grace@example.com ada@example.com radia@example.com | select role.name, city"
        let before = try await rows(program, people)
        #expect(try await program.run(arguments).status == 0)
        let after = try await rows(program, people)
        #expect(after == [["CEO", "Arlington"], ["Manager", "London"], ["Manager", ""]])
        let again = try await program.run(arguments)
        #expect(again.status == 0 && again.output.contains("unchanged"), "\(again.output)")
        #expect(try await program.run(["-c", "undo 2 --yes"]).status == 0)
        #expect(try await rows(program, people) == before)
        await program.close()
    }

    @Test("A reply held back while the program is killed costs nothing: who is there is not invited again")
    func replyLost() async throws {
        let program = try await Program.signedIn()
        let arguments = ["-f", Self.path("onboarding.zosh"), "people=\(Self.path("new-people.csv"))"]
        let gate = program.emulator.hold(.createUser)
        let child = try program.start(arguments)
        // What has not left is not sent later: nobody could tell it from what has.
        await gate.arrivals(4)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(.createUser) >= 4 }
        let resumed = try await program.run(arguments + ["--resume"])
        #expect(resumed.status == 0, "\(resumed.errors)\n\(resumed.output)")
        #expect(resumed.output.contains("done before"), "\(resumed.output)")
        #expect(program.emulator.requestCount(.createUser) == 4)
        await program.close()
    }

    @Test(
        "Offboarding, killed after each of its changes, ends with the leaver out and their people handed over",
        arguments: 0...3)
    func offboarding(killedAfter count: Int) async throws {
        let program = try await Program.signedIn(users: 20)
        let all = try await rows(program, "users list type=ActiveUsers | skip 1 | first 5 | select email, id")
        let (leaver, successor) = (all[0][0], all[1][0])
        _ = try await rows(program, "users update \(all[2][0]) \(all[3][0]) Reporting_To=\(leaver) --yes")
        program.emulator.forgetRequests()
        let arguments = ["-f", Self.path("offboarding.zosh"), "leaver=\(leaver)", "successor=\(successor)"]
        if count > 0 { try await kill(program, arguments, after: count, of: .updateUser) }
        let ending = try await program.run(count > 0 ? arguments + ["--resume"] : arguments)
        #expect(ending.status == 0, "\(ending.errors)\n\(ending.output)")
        let state = try await rows(
            program, "users lookup \(leaver) \(all[2][0]) \(all[3][0]) | select status, Reporting_To.id")
        #expect(state[0][0] == "disabled")
        #expect(state[1][1] == all[1][1] && state[2][1] == all[1][1], "\(state)")
        #expect(program.emulator.requestCount(.updateUser) <= 4)
        // Already out: the other side of `||`.
        let again = try await program.run(arguments)
        #expect(again.status == 0, "\(again.errors)")
        #expect(
            try await program.run(["-f", Self.path("offboarding.zosh"), "leaver=\(leaver)", "successor=\(leaver)"])
                .status == 1)
        await program.close()
    }

    @Test("The review of three organisations, killed half-way and run again")
    func review() async throws {
        let program = try await Program.signedIn { $0.orgs = 3 }
        for (org, name) in [(1, "globex"), (2, "initech")] {
            let login = try await program.run(
                ["auth", "login", name, "--self-client"], input: await program.emulator.issueGrantCode(org: org) + "\n")
            #expect(login.status == 0, "\(login.errors)")
        }
        let report = program.home.appending(path: "admins.csv").path
        let arguments = ["-f", Self.path("quarterly-review.zosh"), "report=\(report)"]
        try await kill(program, arguments, after: 4, of: .listUsers)
        let ending = try await program.run(arguments + ["--resume"])
        #expect(ending.status == 0, "\(ending.errors)")
        let text = try String(contentsOfFile: report, encoding: .utf8)
        #expect(text.hasPrefix("connection,full_name,email,role,status"), "\(text)")
        for name in ["acme", "globex", "initech"] {
            #expect(text.contains("\n\(name),"), "\(text)")
            #expect(ending.output.contains("\(name)\t"), "\(ending.output)")
        }
        let fixed = try await program.run(["--connection", "acme", "-c", "on all users count"])
        #expect(fixed.status == 2, "\(fixed.errors)")
        await program.close()
    }
}
