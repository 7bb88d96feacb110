import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// An ordinary user without a session keyring (su, cron, a container): what zosh keeps there, and who cannot read it.
///
/// A thread that has once asked for root's session keyring keeps it, and so does all it starts: beside other suites
/// nothing here would be without one. So `make test` runs this suite in a process of its own.
@Suite(
    "The keyring of an ordinary user",
    .enabled(if: getenv("ZOSH_TESTS_ALONE") != nil, "make test runs it in a process of its own"),
    .enabled(if: OtherUser.isPossible, OtherUser.reason),
    .enabled(if: access("/usr/bin/perl", X_OK) == 0, "perl makes the system calls"), .serialized)
struct KeyringOfUserTests {
    /// Lists the keys of the user's keyring as a program of the user sees them.
    private static let list = "cat /proc/keys | grep -c 'zosh:'; true"

    private func program() async throws -> Program {
        var program = try await Program()
        chmod(program.home.path, 0o755)
        OtherUser.nobody.own(program.home)
        program.environment["ZOSH_KEY_FILE"] = nil
        program.environment["ZOSH_KEY_COMMAND"] = "echo x >> '\(program.home.path)/calls'; echo correct horse battery"
        let login = try await run(
            program, ["auth", "login", "acme", "--self-client"],
            input: program.emulator.announcement.grant_code + "\n")
        try #require(login.status == 0, "\(login)")
        return program
    }

    private func run(_ program: Program, _ arguments: [String], input: String = "") async throws -> Program.Ending {
        let words = OtherUser.nobody.words + [try BuiltProduct.path("zosh")] + arguments
        return await Program.ending(
            of: try ChildProcess(
                words[0], Array(words.dropFirst()), environment: program.environment, folder: program.home.path,
                input: input))
    }

    private func calls(_ program: Program) throws -> Int {
        try String(contentsOf: program.home.appending(path: "calls"), encoding: .utf8).count { $0 == "x" }
    }

    @Test("holds the key for later runs until vault lock, and vault unlock for= keeps it again")
    func kept() async throws {
        let program = try await program()
        let before = try calls(program)
        for _ in 0..<2 { #expect(try await run(program, ["users", "count"]).status == 0) }
        #expect(try calls(program) == before, "the key was kept")
        #expect(try await run(program, ["vault", "lock"]).status == 0)
        #expect(try await run(program, ["vault", "unlock", "for=5m"]).status == 0)
        #expect(try calls(program) == before + 1)
        #expect(try await run(program, ["users", "count"]).status == 0)
        #expect(try calls(program) == before + 1)
        #expect(try await run(program, ["vault", "lock"]).status == 0)
        #expect(try await run(program, ["users", "count"]).status == 0)
        #expect(try calls(program) == before + 2)
        _ = try await run(program, ["vault", "lock"])
        await program.close()
    }

    @Test("shows the key to no program that zosh starts, and to no other user")
    func hidden() async throws {
        let program = try await program()
        let words = OtherUser.nobody.words + ["sh", "-c", Self.list]
        let other = try ChildProcess(words[0], Array(words.dropFirst())).ending()
        #expect(Int(other.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0 > 0, "positive control")
        let inside = try await run(program, ["-c", "!sh -c \"\(Self.list)\""])
        #expect(inside.output == "0\n", "\(inside)")
        // Another user has another keyring.
        let daemon = OtherUser(user: 1, group: 1).words + ["sh", "-c", Self.list]
        #expect(try ChildProcess(daemon[0], Array(daemon.dropFirst())).ending().output == "0\n")
        _ = try await run(program, ["vault", "lock"])
        await program.close()
    }

    @Test("is out of reach for those programs altogether: the kernel's keys are denied to them")
    func denied() async throws {
        let program = try await program()
        #if arch(x86_64)
            let number = 250
        #else
            let number = 219
        #endif
        // KEYCTL_GET_KEYRING_ID of KEY_SPEC_USER_SESSION_KEYRING.
        let script = program.home.appending(path: "ask.pl").path
        try Data("print syscall(\(number), 0, -5, 0) > 0 ? qq(reached\\n) : qq(denied\\n);".utf8).write(
            to: URL(filePath: script))
        let words = OtherUser.nobody.words + ["perl", script]
        let outside = try ChildProcess(words[0], Array(words.dropFirst())).ending()
        #expect(outside.output == "reached\n", "positive control")
        let inside = try await run(program, ["-c", "!perl \(script)"])
        #expect(inside.output == "denied\n", "\(inside)")
        _ = try await run(program, ["vault", "lock"])
        await program.close()
    }
}
