import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// A locked store asks at once, and a passphrase typed at the wrong moment is no command to be remembered.
@Suite("A locked store asks", .serialized)
struct LockedStoreTests {
    /// Signed in, and opened by a passphrase alone.
    private func withPassphrase() async throws -> Program {
        var program = try await Program.signedIn()
        let added = try await program.run(["vault", "slots", "add", "passphrase"], input: "correct horse\n")
        try #require(added.status == 0, "\(added.errors)")
        program.environment["ZOSH_KEY_FILE"] = nil
        return program
    }

    @Test(
        "After vault lock the next line that needs it asks and goes on",
        arguments: [
            "users count type=CurrentUser", "connections list", "auth status", "users lookup a@b.example || version",
        ])
    @TerminalActor func asks(line: String) async throws {
        let program = try await withPassphrase()
        let terminal = try program.shell()
        try terminal.expect("zosh (locked)>")
        terminal.type("vault unlock\r")
        try terminal.expect("Passphrase:")
        terminal.type("correct horse\r")
        try terminal.expect("the prompt") { $0.lines.last == "acme own#" }
        terminal.type("vault lock\r")
        try terminal.expect("the lock") { $0.lines.last == "zosh (locked)>" }
        terminal.type(line + "\r")
        try terminal.expect("the question") { $0.lines.last == "Passphrase:" }
        terminal.type("correct horse\r")
        try terminal.expect("the prompt") {
            $0.lines.last == "acme own#" || $0.lines.last?.hasPrefix("acme own !") == true
        }
        #expect(
            !(terminal.screen.scrollback + terminal.screen.lines).contains {
                $0.contains("horse") || $0.contains("vault unlock)")
            })
        await program.close()
    }

    @Test("Where a key needs no person a lock by hand stays one until vault unlock")
    @TerminalActor func unattended() async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell()
        try terminal.expect("acme own#")
        terminal.type("vault lock\r")
        try terminal.expect("zosh (locked)>")
        terminal.type("users count\r")
        try terminal.expect("vault unlock")
        terminal.type("vault unlock\r")
        try terminal.expect("the prompt") { $0.lines.last == "acme own#" }
        await program.close()
    }

    @Test(
        "A passphrase typed at the prompt is not kept, a command is",
        arguments: ["correct horse", "Tr0ub4dor&3", "users are nice people", "'open quote"])
    @TerminalActor func history(typed: String) async throws {
        let program = try await withPassphrase()
        let terminal = try program.shell()
        try terminal.expect("zosh (locked)>")
        terminal.type("version\r")
        try terminal.expect("0.1.0")
        terminal.type(typed + "\r")
        try terminal.expect("the refusal") { screen in
            screen.lines.contains { $0.hasPrefix("zosh (locked) !") || $0.hasPrefix("zosh:") }
                || screen.lines.last?.contains("quote") == true
        }
        if typed.hasPrefix("'") { terminal.type("\u{03}") }
        terminal.type("vault unlock\r")
        try terminal.expect("Passphrase:")
        terminal.type("correct horse\r")
        try terminal.expect("the prompt") { $0.lines.last == "acme own#" }
        terminal.type("\u{0C}history\r")
        try terminal.expect("what was kept") { screen in
            screen.lines.contains { $0.hasSuffix("  history") } && screen.lines.last == "acme own#"
        }
        #expect(terminal.screen.lines.contains { $0.contains("version") })
        #expect(!terminal.screen.lines.contains { $0.contains(typed) })
        await program.close()
    }
}
