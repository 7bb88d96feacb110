import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// A disk with no room left: what cannot be kept is said, and what needs nothing kept goes on.
@Suite("A full disk", .enabled(if: OwnMounts.arePermitted, OwnMounts.reason))
struct FullDiskTests {
    /// Mounts a disk with the store on it and fills it.
    private static func fill(_ store: String) -> String {
        "cp -a \(store) /mnt.$$ && mount -t tmpfs -o size=1m,mode=700 none \(store) && cp -a /mnt.$$/. \(store)"
            + " && rm -r /mnt.$$ && { dd if=/dev/zero of=\(store)/fill bs=1k 2>/dev/null || :; }"
    }

    @Test("A shell says once that its history is not saved, and works")
    @TerminalActor func history() async throws {
        let program = try await Program.signedIn()
        var environment = program.environment
        environment["TERM"] = "xterm-256color"
        let store = program.home.appending(path: "zosh").path
        let terminal = try PseudoTerminal(
            "/usr/bin/unshare", ["-m", "sh", "-c", Self.fill(store) + " && exec " + (try BuiltProduct.path("zosh"))],
            environment: environment)
        try terminal.expect("acme own#")
        terminal.type("users count\r")
        try terminal.expect("the count and the reason") {
            $0.contains("AllUsers") && $0.contains("The history is not saved yet: no space is left for the store")
        }
        terminal.type("version\r")
        try terminal.expect("0.1.0")
        #expect(terminal.screen.lines.count { $0.contains("The history is not saved") } == 1)
        terminal.type("\u{04}")
        #expect(try terminal.exit() == 0)
        await program.close()
    }

    @Test(
        "A command that needs it refuses before anything is changed; one that does not works",
        arguments: [
            ("users count", 0, ""), ("users list | sort email | count", 0, ""),
            ("users update robin.boyle@zylker.example city=Bonn --yes", 1, "no space is left for the store"),
            ("set columns email --for 'users list'", 1, "no space left on device"),
            ("connections rename acme other --yes", 3, "no space is left for the store"),
            ("auth logout acme --yes", 1, "no space is left for the store"),
        ])
    func commands(line: String, status: Int, problem: String) async throws {
        let program = try await Program.signedIn()
        let before = program.emulator.recentRequests.count
        let ending = try await OwnMounts.run(
            program, ["-c", line], after: Self.fill(program.home.appending(path: "zosh").path))
        #expect((ending.status == 0) == (status == 0), "\(ending)")
        #expect(problem.isEmpty || (ending.output + ending.errors).contains(problem), "\(ending)")
        let after = program.emulator.recentRequests.dropFirst(before)
        #expect(!after.contains { $0.method == "PUT" || $0.route == .revoke })
        await program.close()
    }
}
