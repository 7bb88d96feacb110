import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// A service manager may start a program with standard streams closed. What is opened first must not take their
/// numbers.
@Suite("Closed standard streams")
struct StandardDescriptorTests {
    private func run(_ program: Program, _ redirections: String, _ arguments: [String]) async throws -> Program.Ending {
        let child = try ChildProcess(
            "/bin/sh", ["-c", "exec \"$0\" \"$@\" \(redirections)", BuiltProduct.path("zosh")] + arguments,
            environment: program.environment, folder: program.home.path)
        return await Program.ending(of: child)
    }

    @Test(
        "Every combination of closed streams ends, at once and by itself",
        arguments: [
            "<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-",
        ])
    func bare(redirections: String) async throws {
        let program = try await Program()
        #expect(try await run(program, redirections, []).status == 0)
        #expect(try await run(program, redirections, ["-c", "version"]).status == 0)
        await program.close()
    }

    @Test(
        "What reads standard input finds its end",
        arguments: [
            (["-c", "open - --format ndjson"], 0), (["-c", "users lookup @-"], 0),
            (["auth", "login", "other", "--self-client"], 2),
        ] as [([String], Int32)])
    func readers(arguments: [String], status: Int32) async throws {
        let program = try await Program.signedIn()
        let ending = try await run(program, "<&-", arguments)
        #expect(ending.status == status, "\(ending)")
        await program.close()
    }

    @Test(
        "What cannot be read is no end: nothing counts as done",
        arguments: [[], ["auth", "login", "other", "--self-client"], ["-c", "open - format=csv"]])
    func unreadable(arguments: [String]) async throws {
        let program = try await Program.signedIn()
        let ending = try await run(program, "< .", arguments)
        #expect(ending.status == 1 && ending.errors.contains("standard input"), "\(ending)")
        await program.close()
    }

    @Test(
        "What is no grant code is not sent",
        arguments: ["code=1000.ab.cd", "\"1000.ab.cd\"", "{\"code\": \"1000.ab.cd\"}", "1000.\u{E9}", "1\u{0}0"])
    func grantCode(text: String) async throws {
        let program = try await Program.signedIn()
        let before = program.emulator.requestCount(.token)
        let ending = try await program.run(["auth", "login", "other", "--self-client"], input: text + "\n")
        #expect(
            ending.status == 2 && ending.errors.contains("a grant code contains only letters, digits and dots"),
            "\(ending)")
        #expect(program.emulator.requestCount(.token) == before)
        await program.close()
    }

    @Test("Half a client takes no grant code for the other half")
    func halfClient() async throws {
        var program = try await Program.signedIn()
        program.environment["ZOHO_CLIENT_ID"] = nil
        let before = program.emulator.requestCount(.token)
        let ending = try await program.run(
            ["auth", "login", "other", "--self-client"], input: program.emulator.announcement.grant_code + "\n")
        #expect(ending.status == 2, "\(ending)")
        #expect(ending.errors.contains("ZOHO_CLIENT_SECRET is set, and ZOHO_CLIENT_ID is not"), "\(ending)")
        #expect(program.emulator.requestCount(.token) == before)
        await program.close()
    }

    @Test("Results go nowhere else when standard output is closed")
    func output() async throws {
        let program = try await Program.signedIn()
        let ending = try await run(program, "<&- >&-", ["users", "count"])
        #expect(ending.status == 0 && ending.output.isEmpty && ending.errors.isEmpty, "\(ending)")
        // The connection and the store are what they were.
        #expect(try await program.run(["vault", "verify"]).status == 0)
        await program.close()
    }

    @Test("The emulator has streams too")
    func emulator() async throws {
        let child = try ChildProcess("/bin/sh", ["-c", "exec \"$0\" <&- 2>&-", BuiltProduct.path("zoho-emulator")])
        #expect(child.line().contains("\"accounts\":"))
        child.signal(SIGTERM)
        #expect(await Program.ending(of: child).status == 0)
    }
}
