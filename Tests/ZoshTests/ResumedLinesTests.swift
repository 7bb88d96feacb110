import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// A killed line stays resumable until what it was to do is done, wherever and however it was typed.
@Suite("Lines taken up again", .serialized)
struct ResumedLinesTests {
    private static let users = 30

    private struct User: Decodable {
        let id: String
        let city: String?
    }

    private func active(_ program: Program) async throws -> [User] {
        let ending = try await program.run(
            ["--format", "ndjson", "-c", "users list type=ActiveUsers | select id, city"])
        return try ending.output.split(separator: "\n").map { try JSONDecoder().decode(User.self, from: Data($0.utf8)) }
    }

    private func unfinished(_ program: Program) async throws -> Int {
        try await program.run(["-c", "jobs list --unfinished"]).output.split(separator: "\n").count
    }

    /// Runs zosh and kills it once so many changes have arrived at Zoho, which takes them all the same.
    /// - Parameter together: how many are sent at once; all of those have arrived by then, and none comes later.
    private func killed(
        _ program: Program, _ arguments: [String], input: String = "", at endpoint: Route = .updateUser,
        after count: Int = 5, together: Int = 1
    ) async throws {
        let before = program.emulator.requestCount(endpoint)
        let gate = program.emulator.hold(endpoint, after: count)
        let child = try program.start(arguments, input: input)
        let arrived = (count / together + 1) * together
        await gate.arrivals(arrived)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(endpoint) - before >= arrived }
        #expect(try await unfinished(program) == 1)
    }

    @Test(
        "An attempt that changes nothing leaves the job as it was",
        arguments: [
            ["-c", "jobs resume"], ["--read-only", "-c", "jobs resume --yes"], ["-c", "jobs resume --yes --dry-run"],
            ["--dry-run", "-c", "jobs resume --yes"], ["-c", "set dry-run on; jobs resume 1 --yes"],
        ])
    func attempts(_ attempt: [String]) async throws {
        let program = try await Program.signedIn(users: Self.users)
        try await killed(
            program, ["--yes", "-c", "users list type=ActiveUsers | users update city=Bern --at-most 1000"],
            together: 10)
        let before = program.emulator.requestCount(.updateUser)
        let ending = try await program.run(attempt)
        #expect(program.emulator.requestCount(.updateUser) == before, "\(attempt): \(ending.errors)")
        #expect(try await unfinished(program) == 1, "\(attempt): \(ending.errors)")
        if ending.status == 0 || ending.status == 3 {
            #expect(ending.output.contains("planned") && ending.output.contains("done before"), "\(ending.output)")
        }
        let resumed = try await program.run(["-c", "jobs resume 1 --yes"])
        #expect([0, 3].contains(resumed.status), "\(resumed.errors)")
        #expect(try await unfinished(program) == 0)
        #expect(try await active(program).count { $0.city == "Bern" } > Self.users / 2)
        await program.close()
    }

    @Test(
        "A line goes on with what its words stood for where it was typed",
        arguments: [
            "let x = users list type=ActiveUsers\n$x | users update city=Bern --yes --at-most 1000\n",
            "users list type=ActiveUsers\n$last | users update city=Bern --yes --at-most 1000\n",
            "alias town = users update city=Bern\nusers list type=ActiveUsers | town --yes --at-most 1000\n",
            "let town = 'Bern'\nversion\n\nusers list type=ActiveUsers | "
                + "each { users update $it.id city=$town --yes --at-most 1000 }\n",
            "on acme users list type=ActiveUsers | "
                + "each { on $it.connection users update $it.id city=Bern --yes --at-most 1000 }\n",
        ])
    func words(_ text: String) async throws {
        let program = try await Program.signedIn(users: Self.users)
        try await killed(program, [], input: text)
        // What they stand for here is another thing.
        let resumed = try await program.run(
            [], input: "let x = users list | first 1\nlet town = 'Rom'\nalias town = users count\njobs resume\n")
        #expect([0, 3].contains(resumed.status), "\(resumed.errors)")
        #expect(resumed.output.contains("done before"), "\(resumed.output)")
        #expect(try await unfinished(program) == 0)
        let cities = try await active(program).map(\.city)
        #expect(cities.count { $0 == "Bern" } > Self.users / 2 && !cities.contains("Rom"), "\(resumed.output)")
        await program.close()
    }

    @Test("Nobody is added twice, whichever line of a text it was", arguments: ["", "version\n", "\n# new\nversion\n"])
    func newcomers(_ before: String) async throws {
        let program = try await Program.signedIn(users: Self.users)
        let path = program.home.appending(path: "new.csv").path
        let rows = (1...12).map { "Newcomer,New\($0),new\($0)@zylker.example,Marketing,Standard\n" }
        try ("first_name,last_name,email,role,profile\n" + rows.joined()).write(
            toFile: path, atomically: true, encoding: .utf8)
        try await killed(
            program, ["-c", before + "users add --from \(path) --yes"], at: .createUser, after: 3)
        let resumed = try await program.run(["-c", "jobs resume"])
        // A request that had not left, or never arrives, is not sent again: nobody can tell them apart.
        let told = resumed.output.split(separator: "\n")
        let unverified = told.count { $0.contains("unverified") }
        #expect(resumed.status == (unverified == 0 ? 0 : 3), "\(resumed.errors)\n\(resumed.output)")
        #expect(told.count == 12 && !resumed.output.contains("refused"), "\(resumed.output)")
        #expect(program.emulator.requestCount(.createUser) <= 12)
        let added = try await program.run(["-c", "users list | where first_name = Newcomer | count"]).output
        #expect((Int(added.dropLast()) ?? 0) >= 12 - unverified, "\(added)\(resumed.output)")
        #expect(try await unfinished(program) == 0)
        let again = try await program.run(["-c", "jobs resume 1"])
        #expect(again.status == 1 && program.emulator.requestCount(.createUser) <= 12, "\(again.errors)")
        await program.close()
    }

    @Test("What was given up is not taken up again")
    func cancelled() async throws {
        let program = try await Program.signedIn(users: Self.users)
        try await killed(program, ["-c", "users list type=ActiveUsers | users update city=Bern --yes --at-most 1000"])
        #expect(try await program.run(["-c", "jobs cancel 1 --yes"]).status == 0)
        let before = program.emulator.requestCount(.updateUser)
        let resumed = try await program.run(["-c", "jobs resume 1 --yes"])
        #expect(resumed.status == 1 && resumed.errors.contains("job 1 was cancelled"), "\(resumed.errors)")
        #expect(program.emulator.requestCount(.updateUser) == before)
        await program.close()
    }

    @Test(
        "What looks like a token is not listed",
        arguments: [
            "city=1000.\(String(repeating: "ab12", count: 8)).x", "city=\(String(repeating: "c0ffee", count: 6))",
        ])
    func tokens(_ assignment: String) async throws {
        let program = try await Program.signedIn(users: Self.users)
        _ = try await program.run(["-c", "users list | first 1 | users update \(assignment) --yes"])
        let listed = try await program.run(["-c", "jobs list"]).output
        #expect(listed.contains("users update city=") && listed.contains("********"), "\(listed)")
        #expect(!listed.contains("ab12") && !listed.contains("c0ffee"), "\(listed)")
        await program.close()
    }
}
