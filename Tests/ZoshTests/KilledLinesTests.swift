import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// Lines of every shape, killed in the middle of what they change: taken up again they ask Zoho once for each change.
@Suite("Lines of every shape killed", .serialized)
struct KilledLinesTests {
    private static let who = "users list type=ActiveUsers | skip 1 | first 11"

    struct Shape: Sendable, CustomTestStringConvertible {
        let line: String
        var route = Route.updateUser
        /// How many changes Zoho gets before the kill.
        let count: Int
        /// How many it gets in the end.
        let total: Int
        /// Whom the line has changed then.
        let condition: String

        var testDescription: String { "\(line) killed after \(count)" }
    }

    private func kill(_ program: Program, _ arguments: [String], input: String = "", _ route: Route, _ count: Int)
        async throws
    {
        program.emulator.forgetRequests()
        let gate = program.emulator.hold(route, after: count)
        let child = try program.start(arguments, input: input)
        await gate.arrivals(count + 1)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(route) > count }
    }

    private static let all = [
        Shape(
            line: "\(who) | users delete --yes --at-most 11 --administrators", route: .deleteUser, count: 5, total: 11,
            condition: "deleted"),
        Shape(
            line: "let x = \(who) | users update city=Bern --yes --at-most 11", count: 5, total: 11,
            condition: "city == Bern"),
        Shape(
            line: "\(who) | users update city=Bern --yes --at-most 11 | users update country=CH --yes --at-most 11",
            count: 5, total: 22,
            condition: "city == Bern and country == CH"),
        Shape(
            line: "\(who) | users update city=Bern --yes --at-most 11 | users update country=CH --yes --at-most 11",
            count: 16, total: 22,
            condition: "city == Bern and country == CH"),
        Shape(
            line: "\(who) | users update city=Bern --yes --at-most 11 "
                + "| users deactivate --yes --at-most 11 --administrators",
            count: 16, total: 22,
            condition: "city == Bern and status == disabled"),
        Shape(line: "source lines.zosh", count: 5, total: 11, condition: "city == Bern"),
        Shape(line: "source lines.zosh", count: 16, total: 22, condition: "city == Bern and country == CH"),
    ]

    @Test("Each change is made once", arguments: all, [false, true])
    func once(_ shape: Shape, isTyped: Bool) async throws {
        let program = try await Program.signedIn(users: 30)
        let lines = ["city=Bern", "country=CH"].map { "\(Self.who) | users update \($0) --yes --at-most 11\n" }
        try lines.joined().write(
            to: program.home.appending(path: "lines.zosh"), atomically: true, encoding: .utf8)
        func changed() async throws -> Int {
            let list =
                shape.condition == "deleted"
                ? "users list type=DeletedUsers" : "users list | where \(shape.condition)"
            let count = try await program.run(["-c", list + " | count"]).output
            return try #require(Int(count.dropLast()), "\(count)")
        }
        let before = try await changed()
        try await kill(
            program, isTyped ? [] : ["-c", shape.line], input: isTyped ? shape.line + "\n" : "", shape.route,
            shape.count)
        let resumed = try await program.run(["-c", "jobs resume"])
        #expect(resumed.status == 0, "\(resumed.errors)\n\(resumed.output)")
        #expect(program.emulator.requestCount(shape.route) == shape.total, "\(resumed.output)")
        #expect(try await changed() == before + 11)
        #expect(try await program.run(["-c", "jobs list --unfinished"]).output.isEmpty)
        await program.close()
    }

    @Test("An undo that is killed takes back the same job when it is resumed", arguments: [12, 16])
    func undo(count: Int) async throws {
        let program = try await Program.signedIn(users: 30)
        let list = ["-c", "users list type=ActiveUsers | select id, city, zip"]
        let before = try await program.run(list).output
        try await kill(
            program, [], input: "\(Self.who) | users update city=Bern zip=3000 --yes --at-most 11\nundo --yes\n",
            .updateUser, count)
        let resumed = try await program.run(["-c", "jobs resume --yes"])
        #expect(resumed.status == 0, "\(resumed.errors)\n\(resumed.output)")
        #expect(program.emulator.requestCount(.updateUser) == 22, "\(resumed.output)")
        #expect(try await program.run(list).output == before)
        #expect(try await program.run(["-c", "jobs list --unfinished"]).output.isEmpty)
        await program.close()
    }

    /// Signed in to two organisations, with the same twelve users added to both.
    private func twoOrganisations() async throws -> Program {
        let program = try await Program.signedIn(users: 10) { $0.orgs = 2 }
        let code = program.emulator.announcement.grants[1].grant_code + "\n"
        #expect(try await program.run(["auth", "login", "globex", "--self-client"], input: code).status == 0)
        func write(_ name: String, _ lines: [String]) throws {
            try (lines.joined(separator: "\n") + "\n").write(
                to: program.home.appending(path: name), atomically: true, encoding: .utf8)
        }
        let names = (1...12).map { "n\($0)@zylker.example" }
        try write(
            "new.csv",
            ["first_name,last_name,email,role,profile"] + names.map { "A,Newcomer,\($0),Marketing,Standard" })
        try write("who.csv", ["email"] + names)
        let added = try await program.run(["-c", "on acme,globex users add --from new.csv --yes"])
        #expect(added.status == 0, "\(added.errors)")
        return program
    }

    @Test("So it is where each row names its connection, also when the file is gone by then", arguments: [5, 17])
    func routed(killedAfter count: Int) async throws {
        let program = try await twoOrganisations()
        let file = program.home.appending(path: "both.csv")
        let rows = (1...12).flatMap { n in ["acme", "globex"].map { "\($0),n\(n)@zylker.example,Bern\n" } }
        try ("connection,email,city\n" + rows.joined()).write(to: file, atomically: true, encoding: .utf8)
        let line = "users update --from both.csv --yes --at-most 24"
        try await kill(program, ["--connection", "acme", "-c", line], .updateUser, count)
        try FileManager.default.removeItem(at: file)
        let resumed = try await program.run(["--connection", "acme", "-c", "jobs resume"])
        #expect(resumed.status == 0, "\(resumed.errors)\n\(resumed.output)")
        #expect(program.emulator.requestCount(.updateUser) == 24)
        let changed = try await program.run(["-c", "on all users list | where city == Bern | count"])
        #expect(changed.output == "24\n")
        let jobs = try await program.run(["-c", "jobs list | group connection, state | sort connection"])
        #expect(jobs.output == "acme\tdone\t2\nglobex\tdone\t2\n", "\(jobs.output)")
        await program.close()
    }

    private static let everywhere = "on acme,globex users update @who.csv city=Bern --yes --at-most 24"

    @Test("So it is on several connections, whichever is chosen then", arguments: [5, 17], [nil, "acme", "globex"])
    func fanOut(killedAfter count: Int, chosen: String?) async throws {
        let program = try await twoOrganisations()
        try await kill(program, ["-c", Self.everywhere], .updateUser, count)
        // The part that is through, or has not begun, is not what is left to do.
        let left = try await program.run(["-c", "jobs list --unfinished | select connection"])
        #expect(left.output == (count < 12 ? "acme\n" : "globex\n"), "\(left.output)")
        let resumed = try await program.run(
            (chosen.map { ["--connection", $0] } ?? []) + ["-c", "jobs resume"])
        #expect(resumed.status == 0, "\(resumed.errors)\n\(resumed.output)")
        #expect(program.emulator.requestCount(.updateUser) == 24)
        let changed = try await program.run(["-c", "on all users list | where city == Bern | count"])
        #expect(changed.output.hasPrefix("24"), "\(changed.output)\(changed.errors)")
        #expect(try await program.run(["-c", "jobs list --unfinished"]).output.isEmpty)
        await program.close()
    }

    @Test("What is given up of one connection stays undone when the other is continued")
    func cancelledLeg() async throws {
        let program = try await twoOrganisations()
        try await kill(program, ["-c", Self.everywhere], .updateUser, 5)
        let number = try #require(
            try await program.run(["-c", "jobs list --unfinished"]).output.split(separator: "\t").first)
        #expect(try await program.run(["-c", "jobs cancel \(number)"]).status == 0)
        program.emulator.forgetRequests()
        let again = try await program.run(["-c", "jobs resume \(number)"])
        #expect(again.errors.contains("job \(number) was cancelled"), "\(again.errors)")
        #expect(program.emulator.requestCount(.updateUser) == 0)
        await program.close()
    }
}
