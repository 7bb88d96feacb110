import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// The audit log of the real program: what is in it when it dies, what never is, and what becomes of it.
@Suite("The audit log")
struct AuditProgramTests {
    struct Line: Decodable {
        struct Change: Decodable {
            let subject: String
            let id: String?
            let outcome: String?
            let message: String?
        }

        let number: Int
        let command: String?
        let job: Int?
        let rows: Int
        let outcome: String
        let changes: [Change]
    }

    private func lines(_ program: Program) async throws -> [Line] {
        let ending = try await program.run(["--format", "ndjson", "-c", "audit log --limit 1000"])
        #expect(ending.status == 0, "\(ending.errors)")
        return try ending.output.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }.reversed()
    }

    @Test("A first sign-in is its first line, and a sign-out the last")
    func logins() async throws {
        let program = try await Program.signedIn()
        _ = try await program.run(["connections", "rename", "acme", "other", "--yes"])
        _ = try await program.run(["connections", "rename", "nobody", "other", "--yes"])
        _ = try await program.run(["auth", "logout", "other", "--yes"])
        let lines = try await lines(program)
        #expect(
            lines.map(\.outcome) == [
                "intended", "1 done", "intended", "1 done", "intended", "1 failed", "intended", "1 done",
            ])
        #expect(lines[0].command?.hasPrefix("auth login acme") == true)
        #expect(lines[1].changes.first?.message?.contains("stored as 'acme'") == true)
        #expect(lines[5].changes.first?.subject == "nobody")
        #expect(lines.map(\.number) == Array(1...8))
        await program.close()
    }

    @Test("A killed write has said what it was about to do; taken up again it says how it ended")
    func killed() async throws {
        let program = try await Program.signedIn(users: 30)
        let gate = program.emulator.hold(.updateUser, after: 3)
        let child = try program.start([
            "-c", "users list type=ActiveUsers | users update city=Bern --yes --at-most 1000",
        ])
        await gate.arrivals(4)
        child.signal(SIGKILL)
        _ = await Program.ending(of: child)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(.updateUser) > 3 }
        let before = try await lines(program)
        let intended = try #require(before.last)
        #expect(intended.outcome == "intended" && intended.job == 1)
        #expect(intended.rows > 10 && intended.changes.count == intended.rows)
        #expect(try await program.run(["audit", "verify"]).status == 0)
        _ = try await program.run(["-c", "jobs resume --yes"])
        let after = try await lines(program)
        #expect(Array(after.map(\.number).prefix(before.count)) == before.map(\.number))
        #expect(after.count == before.count + 2)
        #expect(after.last?.outcome.contains("done") == true && after.last?.job == 1)
        #expect(try await program.run(["audit", "verify"]).status == 0)
        await program.close()
    }

    @Test("It names who and what, and holds no secret")
    func secrets() async throws {
        let program = try await Program.signedIn()
        let secret = program.emulator.announcement.client_secret
        _ = try await program.run(
            ["auth", "clients", "add", "spare", "--yes"],
            input: "\(program.emulator.announcement.client_id)\n\(secret)\n")
        let token = "1000.\(String(repeating: "ab", count: 16)).\(String(repeating: "cd", count: 16))"
        _ = try await program.run(["-c", "users update robin.boyle@zylker.example city=\(token) --yes"])
        _ = try await program.run(["auth", "login", "--self-client"], input: token + "\n")
        let file = program.home.appending(path: "audit.ndjson").path
        let export = try await program.run(["audit", "export", file])
        #expect(export.status == 0, "\(export.errors)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.split(separator: "\n").count > 3)
        let key = try String(contentsOfFile: program.home.appending(path: "key").path, encoding: .utf8)
        #expect(Secrets.found(in: text, beside: [secret, String(key.dropFirst(12).prefix(64))]) == nil, "\(text)")
        await program.close()
    }

    @Test("An export is checked without the store, and a line changed in it is named")
    func exported() async throws {
        let program = try await Program.signedIn()
        let file = program.home.appending(path: "audit.ndjson").path
        let head = try await program.run(["audit", "export", file])
        let hash = try #require(head.output.firstMatch(of: /[0-9a-f]{64}/)).0
        try FileManager.default.removeItem(at: program.home.appending(path: "zosh"))
        #expect(try await program.run(["audit", "verify", file, "--head", String(hash)]).status == 0)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing("intended", with: "Intended").write(toFile: file, atomically: true, encoding: .utf8)
        let altered = try await program.run(["audit", "verify", file])
        #expect(altered.status == 1)
        #expect(altered.errors.contains("line 1 was altered"), "\(altered.errors)")
        await program.close()
    }

    @Test(
        "What others changed is listed, what zosh changed is not; without the scopes the line that adds them is named")
    func reconciled() async throws {
        let program = try await Program(users: 12)
        let scopes = "ZohoCRM.users.ALL,ZohoCRM.org.READ,ZohoCRM.settings.ALL,AaaServer.profile.READ"
        func signIn(_ name: String, _ scopes: String) async throws {
            let code = await program.emulator.issueGrantCode(scopes: scopes.split(separator: ",").map(String.init))
            let login = try await program.run(
                ["auth", "login", name, "--self-client", "scopes=\(scopes)", "--yes"], input: code + "\n")
            #expect(login.status == 0, "\(login.errors)")
        }
        try await signIn("acme", scopes)
        let lacking = try await program.run(["audit", "reconcile"])
        #expect(lacking.status == 4)
        #expect(lacking.errors.contains("auth extend ZohoFiles.files.READ"), "\(lacking.errors)")
        try await signIn("acme", scopes + ",ZohoFiles.files.READ")

        let own = try await program.run(["-c", "users list type=ActiveUsers | first 3 | users update city=Bern --yes"])
        #expect(own.status == 0, "\(own.errors)")
        await program.emulator.changeInWebPage(1, "city", to: "Rome", by: 0)
        let found = try await program.run(["--format", "ndjson", "-c", "audit reconcile | select who, action, id"])
        #expect(found.status == 0, "\(found.errors)")
        let lines = found.output.split(separator: "\n")
        #expect(lines.count == 1, "\(found.output)")
        #expect(lines.first?.contains(await program.emulator.userID(1)) == true)
        #expect(found.errors.contains("Zoho lists 4 changes"), "\(found.errors)")
        await program.close()
    }
}
