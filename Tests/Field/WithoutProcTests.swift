import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// A chroot or a narrow container in which /proc is not mounted.
@Suite("Without /proc", .enabled(if: OwnMounts.arePermitted, OwnMounts.reason))
struct WithoutProcTests {
    private static let hide = "mount -t tmpfs none /proc"

    @Test(
        "Reads, writes, other programs and demos work",
        arguments: [
            (["version"], "0.1.0"), (["users", "count"], "AllUsers\t12\n"), (["-c", "!echo hello"], "hello\n"),
            (["-c", "users list | !wc -l"], "12"), (["vault", "verify"], "intact"), (["doctor"], "login\tok"),
            (["--demo", "--demo-users", "5", "users", "count"], "AllUsers\t5\n"),
            (["-c", "users list status=active limit=4 | skip 1 | users update city=Pune --yes | count"], "3\n"),
        ])
    func lines(arguments: [String], output: String) async throws {
        let program = try await Program.signedIn()
        let ending = try await OwnMounts.run(program, arguments, after: Self.hide)
        #expect(ending.status == 0 && (ending.output + ending.errors).contains(output), "\(ending)")
        await program.close()
    }

    @Test("A login makes a store, with a key command as well")
    func login() async throws {
        var program = try await Program()
        program.environment["ZOSH_KEY_FILE"] = nil
        program.environment["ZOSH_KEY_COMMAND"] = "echo correct horse battery staple"
        let ending = try await OwnMounts.run(
            program, ["auth", "login", "acme", "--self-client"], after: Self.hide,
            input: program.emulator.announcement.grant_code + "\n")
        #expect(ending.status == 0, "\(ending)")
        let read = try await OwnMounts.run(program, ["users", "count"], after: Self.hide)
        #expect(read.output == "AllUsers\t12\n", "\(read)")
        _ = try await program.run(["vault", "lock"])
        await program.close()
    }

    /// The library below looks at its workers each second, and at once when there is more work than workers: every
    /// run of a busy program must survive that, not most.
    @Test("A program that is busy for seconds stays alive")
    func busy() async throws {
        let program = try await Program.signedIn(users: 400) { $0.latency = 5 }
        let lines = Array(repeating: "users list | sort email | where full_name ~ 'a.*e' | count", count: 40)
        let ending = try await OwnMounts.run(
            program, ["-c", lines.joined(separator: "; ")], after: Self.hide)
        #expect(ending.status == 0, "\(ending.status) \(ending.errors)")
        await program.close()
    }
}
