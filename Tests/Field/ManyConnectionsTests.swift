import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// Many stored connections and none chosen, seen from outside and at the prompt.
@Suite("Many connections")
struct ManyConnectionsTests {
    private func program(_ count: Int) async throws -> Program {
        let program = try await Program { $0.orgs = count }
        for org in 0..<count {
            let login = try await program.run(
                ["auth", "login", "org-\(org)", "--self-client"],
                input: await program.emulator.issueGrantCode(org: org) + "\n")
            try #require(login.status == 0, "\(login.errors)")
        }
        return program
    }

    @Test("Errors name three and a count, and a slip of the finger what was meant")
    func errors() async throws {
        let program = try await program(5)
        let none = try await program.run(["users", "count"])
        #expect(none.status == 2)
        #expect(
            none.errors.contains("5 connections are stored and none is chosen: org-0, org-1, org-2 and 2 more"),
            "\(none.errors)")
        for arguments in [
            ["--connection", "nowhere", "users", "count"], ["connections", "show", "nowhere"],
            ["-c", "on nowhere users count"], ["use", "nowhere"],
        ] {
            let ending = try await program.run(arguments)
            #expect(ending.status == 1, "\(arguments)")
            #expect(ending.errors.contains("there are: org-0, org-1, org-2 and 2 more"), "\(ending.errors)")
        }
        for arguments in [
            ["--connection", "orgg-3", "users", "count"], ["--connection", "ORG-3", "whoami"],
            ["-c", "on org3 users count"], ["use", "orgg-3"],
        ] {
            let ending = try await program.run(arguments)
            #expect(ending.errors.contains("did you mean 'org-3'?"), "\(ending.errors)")
        }
        let status = try await program.run(["whoami"])
        #expect(status.status == 4)
        #expect(
            status.errors.contains("org-2 and 2 more; choose one: --connection NAME or ZOSH_CONNECTION"),
            "\(status.errors)")
        await program.close()
    }

    @Test("A shell that starts with none chosen says so, and names a few")
    @TerminalActor func shell() async throws {
        let program = try await program(4)
        let terminal = try program.shell(columns: 120)
        try terminal.expect(
            "4 connections are stored and none is chosen: org-0, org-1, org-2 and 1 more; choose one: use NAME")
        terminal.type("use org-2\r")
        try terminal.expect("the prompt") { $0.lines.last?.hasPrefix("org-2 ") == true }
        terminal.type("\u{04}")
        #expect(try terminal.exit() == 0)
        await program.close()
    }
}
