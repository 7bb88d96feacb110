import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// A person at the prompt, or a script, while Zoho makes them wait.
@Suite struct `While Zoho makes people wait` {
    @Test(arguments: ["429html:#1@updateUser", "429=1:#1@updateUser", "429html=1:#1@updateUser", "429:#1@updateUser"])
    func `a throttled change is done, once, and not counted as refused`(faults: String) async throws {
        let program = try await Program.signedIn { $0.faults = faults }
        let id = await program.emulator.userID(3)
        let ending = try await program.run(["users", "update", id, "city=Pune", "--yes"])
        #expect(ending.status == 0, "\(ending)")
        #expect(program.emulator.recentRequests.filter { $0.route == .updateUser }.map(\.status) == [429, 200])
        await program.close()
    }

    @Test func `a listing goes on after a web page that asks to wait`() async throws {
        let program = try await Program.signedIn(users: 500) {
            $0.faults = "429html:#2@listUsers,429html=1:#3@listUsers"
        }
        let ending = try await program.run(["-c", "users list | count"])
        #expect(ending.output == "500\n" && ending.status == 0, "\(ending)")
        await program.close()
    }

    @Test func `a pause long enough to be noticed is said, and one that is too long ends with its length`() async throws
    {
        let program = try await Program.signedIn { $0.faults = "429=5:#1@listRoles,429=7200:#2@listRoles" }
        let told = try await program.run(["roles", "list"])
        // The seconds that are left when it is said: fewer on a busy machine.
        #expect(told.errors.contains(/Zoho is rate-limiting us; waiting [1-6] s/), "\(told)")
        #expect(told.errors.contains("Zoho is rate-limiting us for another 2 hours"), "\(told)")
        #expect(told.status == 5)
        await program.close()
    }

    /// The change took place, and a gateway hid it: it is looked at again, not reported as refused and not repeated.
    @Test(arguments: ["users update ID city=Pune --yes", "users deactivate ID --yes", "users delete ID --yes"])
    func `a change hidden by a gateway's timeout is read back`(line: String) async throws {
        let program = try await Program.signedIn { $0.faults = "408:#1@updateUser,408:#1@deleteUser" }
        let id = await program.emulator.userID(3)
        let ending = try await program.run(["-c", line.replacing("ID", with: id)])
        let writes = program.emulator.recentRequests.filter { [.updateUser, .deleteUser].contains($0.route) }
        #expect(writes.map(\.status) == [408])
        #expect(!(ending.output + ending.errors).contains("refused"), "\(ending)")
        #expect(ending.status == 0, "\(ending)")
        await program.close()
    }

    @Test func `the progress line says for whom and how long`() async throws {
        // A call the shell does not make by itself, as it does to know whom Tab offers.
        let program = try await Program.signedIn { $0.faults = "429=30:#1@countUsers" }
        let terminal = try program.shell(columns: 100)
        try terminal.expect("the prompt") { $0.lines.last?.hasSuffix("#") == true }
        terminal.type("users count\r")
        try terminal.expect("the wait") { $0.lines.contains { $0.contains("Zoho is rate-limiting us; waiting 2") } }
        await program.close()
    }
}
