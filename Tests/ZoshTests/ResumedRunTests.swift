import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// Scripts whose own writes change what they read, run by the real program, killed and taken up again.
@Suite("Resumed runs")
struct ResumedRunTests {
    private func script(_ text: String, _ program: Program) throws -> String {
        let path = program.home.appending(path: "script.zosh").path
        try ("requires zosh=0.1 connection=acme\n" + text).write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func ids(_ program: Program, _ condition: String) async throws -> [String] {
        let ending = try await program.run(["-c", "users list | where \(condition) | select id"])
        #expect(ending.status == 0, "\(ending.errors)")
        return ending.output.split(separator: "\n").map(String.init).sorted()
    }

    /// Starts a script and kills it while it waits for that update's reply.
    private func kill(_ program: Program, _ path: String, after count: Int) async throws {
        program.emulator.forgetRequests()
        let gate = program.emulator.hold(.updateUser, after: count - 1)
        let child = try program.start(["-f", path])
        await gate.arrivals(count)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        // What was held takes effect now, before anybody looks at it.
        try await Patience.wait { program.emulator.requestCount(.updateUser) >= count }
    }

    @Test("What a variable holds stays what it was, whatever the run has changed since", arguments: [1, 6, 8])
    func variable(killedAfter count: Int) async throws {
        let program = try await Program.signedIn(users: 20)
        _ = try await program.run([
            "-c", "users list type=ActiveUsers | skip 1 | first 8 | users update city=Rome --yes",
        ])
        let romans = Array(try await ids(program, "city == Rome"))
        #expect(romans.count == 8)
        let path = try script(
            "let people = users list type=ActiveUsers | where city == Rome | first 6\n$people | users update "
                + "city=Oslo --yes\n$people | users update country=NO --yes\n",
            program)
        try await kill(program, path, after: count)
        let ending = try await program.run([path, "--resume"])
        #expect(ending.status == 0, "\(ending.errors)\n\(ending.output)")
        let moved = try await ids(program, "city == Oslo and country == NO")
        #expect(moved.count == 6 && Set(moved).isSubset(of: romans))
        #expect(try await ids(program, "city == Oslo or country == NO") == moved)
        #expect(program.emulator.requestCount(.updateUser) <= 13)
        await program.close()
    }

    @Test(
        "A block runs for the people it was to run for, and says of the others that they were done before",
        arguments: 1...3)
    func block(killedAfter count: Int) async throws {
        let program = try await Program.signedIn(users: 20)
        let path = try script(
            "users list type=ActiveUsers | where fax != 77 | first 4 | each { users update $it.id fax=77 --yes "
                + "}\nversion\n",
            program)
        try await kill(program, path, after: count)
        let dry = try await program.run([path, "--resume", "--dry-run"])
        #expect(dry.output.contains("done before") && dry.output.contains("planned"), "\(dry.output)\(dry.errors)")
        let ending = try await program.run([path, "--resume"])
        #expect(ending.status == 0, "\(ending.errors)\n\(ending.output)")
        let reports = ending.output.split(separator: "\n").filter { $0.contains("update") }
        #expect(reports.count == 4 && reports.allSatisfy { $0.contains("@") }, "\(ending.output)")
        #expect(reports.count { $0.contains("done before") } >= count - 1, "\(ending.output)")
        #expect(try await ids(program, "fax == '77'").count == 4)
        await program.close()
    }

    @Test("While a script runs it is not started a second time, and its own run is taken up afterwards")
    func running() async throws {
        let program = try await Program.signedIn(users: 20)
        let path = try script("users list type=ActiveUsers | first 2 | users update city=Oslo --yes\n", program)
        let gate = program.emulator.hold(.updateUser)
        let child = try program.start(["-f", path])
        await gate.arrivals()
        for arguments in [[path], [path, "--resume"]] {
            let beside = try await program.run(arguments)
            #expect(beside.status == 1)
            #expect(
                beside.errors.contains("another process is running this line or script right now"), "\(beside.errors)")
            #expect(!beside.errors.contains("did not come to its end"), "\(beside.errors)")
        }
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(.updateUser) > 0 }
        let ending = try await program.run([path, "--resume"])
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(try await ids(program, "city == Oslo").count == 2)
        await program.close()
    }

    @Test("A file edited meanwhile is named, and the people it named are added")
    func editedFile() async throws {
        let program = try await Program.signedIn()
        let people = program.home.appending(path: "people.csv")
        let head = "first_name,last_name,email,role,profile\n"
        let rows = ["grace", "ada", "radia"].map { "\($0),X,\($0)@example.com,Manager,Standard\n" }
        try (head + rows.joined()).write(to: people, atomically: true, encoding: .utf8)
        let path = try script("users add --from \(people.path) --yes\n", program)
        let gate = program.emulator.hold(.createUser)
        let child = try program.start(["-f", path])
        // What has not left is not sent later: nobody could tell it from what has.
        await gate.arrivals(3)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(.createUser) >= 3 }
        try (head + rows[2].replacing("radia", with: "edith")).write(to: people, atomically: true, encoding: .utf8)
        let ending = try await program.run([path, "--resume"])
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.errors.contains("people.csv has changed since the run read it"), "\(ending.errors)")
        #expect(try await ids(program, "email in (grace@example.com, ada@example.com, radia@example.com)").count == 3)
        #expect(try await ids(program, "email == edith@example.com").isEmpty)
        await program.close()
    }
}
