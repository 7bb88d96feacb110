import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// The store's keys as people meet them: a passphrase typed once, a lock by itself, a helper that is missing.
@Suite("The store behind the shell", .serialized)
struct VaultShellTests {
    /// Signed in, with a passphrase beside the key file, which is then put out of sight.
    private func withPassphrase() async throws -> Program {
        var program = try await Program.signedIn()
        let added = try await program.run(["vault", "slots", "add", "passphrase"], input: "correct horse\n")
        try #require(added.status == 0, "\(added.errors)")
        program.environment["ZOSH_KEY_FILE"] = nil
        return program
    }

    @Test("A passphrase typed once opens the store for every later zosh of the session, until vault lock")
    @TerminalActor func onePassphrase() async throws {
        let program = try await withPassphrase()
        let before = try await program.run(["-c", "connections list"])
        #expect(before.status == 4, "positive control: nobody can be asked")
        #expect(before.errors.contains("the store is locked"))

        let terminal = try program.shell()
        try terminal.expect("zosh (locked)>")
        terminal.type("users lookup a\t")
        try terminal.expect("why nobody is offered") {
            $0.contains("cannot list people: the store is locked (vault unlock)")
        }
        terminal.type(TerminalKey.control("U") + "users count type=CurrentUser\r")
        try terminal.expect("Passphrase:")
        terminal.type("correct horse\r")
        try terminal.expect("acme own#")
        #expect(!terminal.screen.lines.contains { $0.contains("horse") })
        for _ in 0..<3 {
            let later = try await program.run(["-c", "connections list | select name"])
            #expect(later.status == 0, "\(later.errors)")
            #expect(later.output == "acme\n")
        }

        terminal.type("users lookup al\t")
        try terminal.expect("people to offer") { $0.contains("list updated") }
        terminal.type(TerminalKey.control("U") + "vault lock\r")
        try terminal.expect("the lock") { $0.lines.last == "zosh (locked)>" }
        #expect(try await program.run(["-c", "connections list"]).status == 4)
        terminal.type("users lookup al\t")
        try terminal.expect("nobody any more") {
            $0.lines.contains("cannot list people: the store is locked (vault unlock)")
        }
        terminal.type(TerminalKey.control("U") + "vault unlock\r")
        try terminal.expect("the question again") { $0.lines.last == "Passphrase:" }
        terminal.type("correct horse\r")
        try terminal.expect("the prompt") { $0.lines.last == "acme own#" }
        terminal.type("users lookup al\t")
        try terminal.expect("the same people") { $0.contains("list updated") }
        terminal.type(TerminalKey.control("U") + "\u{04}")
        #expect(try terminal.exit() == 0)
        await program.close()
    }

    @Test("What a key command prints is kept for the session too, so that it runs once")
    @TerminalActor func oneCommand() async throws {
        var program = try await withPassphrase()
        let calls = program.home.appending(path: "calls")
        program.environment["ZOSH_KEY_COMMAND"] = "echo x >> '\(calls.path)'; echo correct horse"
        for _ in 0..<3 {
            let ending = try await program.run(["-c", "connections list | select name"])
            #expect(ending.output == "acme\n", "\(ending.errors)")
        }
        #expect(try String(contentsOf: calls, encoding: .utf8) == "x\n")
        #expect(try await program.run(["vault", "lock"]).status == 0)
        #expect(try await program.run(["-c", "connections list | select name"]).output == "acme\n")
        #expect(try String(contentsOf: calls, encoding: .utf8) == "x\nx\n")
        _ = try await program.run(["vault", "lock"])
        await program.close()
    }

    @Test("An idle shell locks its store, says so, and goes on where it was")
    @TerminalActor func idle() async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell()
        try terminal.expect("acme own#")
        terminal.type("let here = version\rvault lock after=1s\r")
        try terminal.expect("zosh (locked)>")
        terminal.type("$here\r")
        try terminal.expect("0.1.0")
        terminal.type("users count type=CurrentUser\r")
        // A second later the store is locked again, and the prompt with it.
        try terminal.expectPassing("the count, and the prompt of the same connection") {
            $0.contains("CurrentUser") && $0.lines.contains("acme own#")
        }
        await program.close()
    }

    @Test(
        "After an idle lock this shell asks although the login session keeps the key, and after= shortens what it keeps"
    )
    @TerminalActor func idleAsks() async throws {
        let program = try await withPassphrase()
        func elsewhere() async throws -> Int32 { try await program.run(["-c", "connections list"]).status }
        let terminal = try program.shell()
        func isLocked(_ screen: Screen) -> Bool { screen.lines.last == "zosh (locked)>" }
        try terminal.expect("zosh (locked)>")
        terminal.type("vault lock after=2s; vault unlock for=1h\r")
        try terminal.expect("Passphrase:")
        terminal.type("correct horse\r")
        try terminal.expectPassing("the prompt") { $0.contains("acme own#") }
        try terminal.expect("the idle lock", isLocked)
        #expect(try await elsewhere() == 0, "positive control: the session keeps the key")
        terminal.type("users count type=CurrentUser\r")
        try terminal.expect("the question again") { $0.lines.last == "Passphrase:" }
        terminal.type("correct horse\r")
        try terminal.expectPassing("the prompt") { $0.lines.last == "acme own#" }
        terminal.type("vault unlock for=1h; vault lock after=1s\r")
        try terminal.expect("the idle lock", isLocked)
        var status = try await elsewhere()
        for _ in 0..<600 where status == 0 { status = try await elsewhere() }
        #expect(status == 4, "an hour was shortened to a second")
        await program.close()
    }

    @Test("Open shells go on after a rekey elsewhere: silently with a key file, else they ask")
    @TerminalActor func rekeyedElsewhere() async throws {
        var program = try await withPassphrase()
        let asking = try program.shell()
        try asking.expect("zosh (locked)>")
        asking.type("users count type=CurrentUser\r")
        try asking.expect("Passphrase:")
        asking.type("correct horse\r")
        try asking.expect("acme own#")
        program.environment["ZOSH_KEY_FILE"] = program.home.appending(path: "key").path
        let silent = try program.shell()
        try silent.expect("acme own#")
        silent.type("connections list | count\r")
        try silent.expect("1")

        let rekeyed = try await program.run(["vault", "rekey", "--yes", "--drop"])
        try #require(rekeyed.status == 0, "\(rekeyed.errors)")
        silent.type("connections list | select dc,name\r")
        try silent.expect("the connection again, nobody asked") {
            $0.lines.contains { $0.hasSuffix("acme") } && $0.lines.last { !$0.isEmpty } == "acme own#"
        }
        #expect(!silent.screen.contains("rekeyed"))

        asking.type("version\r")
        try asking.expect("0.1.0")
        try asking.expect("a locked prompt") { $0.lines.last == "zosh (locked)>" }
        #expect(!asking.screen.contains("rekeyed"))
        asking.type("vault unlock\r")
        // The passphrase's slot is gone, so the key file is all that is left.
        try asking.expect("no slot that a passphrase could open")
        asking.type("exit\r")
        _ = try asking.exit()
        await program.close()
    }

    @Test(
        "A key command ends with the first Ctrl-C, and with zosh however that ends",
        arguments: [SIGINT, SIGTERM, SIGKILL])
    @TerminalActor func keyCommandEnds(signal: Int32) async throws {
        var program = try await withPassphrase()
        let pids = program.home.appending(path: "pids")
        // A child of the shell, which must end too.
        program.environment["ZOSH_KEY_COMMAND"] = "sleep 79 & echo $! $$ > '\(pids.path)'; wait"
        let child = try program.start(["connections", "list"])
        var running: [Int32] = []
        try await Patience.wait {
            running = ((try? String(contentsOf: pids, encoding: .utf8)) ?? "").split { $0.isWhitespace }.compactMap {
                Int32($0)
            }
            return running.count == 2
        }
        try #require(running.count == 2)
        #expect(running.allSatisfy { kill($0, 0) == 0 }, "positive control")
        child.signal(signal)
        _ = await Program.ending(of: child)
        try await Patience.wait { running.allSatisfy { kill($0, 0) != 0 } }
        #expect(running.allSatisfy { kill($0, 0) != 0 })
        await program.close()
    }

    @Test("Without its helper a key command is refused, and nothing is stored")
    @TerminalActor func noHelper() async throws {
        var program = try await Program()
        let alone = program.home.appending(path: "zosh-alone")
        try FileManager.default.copyItem(atPath: BuiltProduct.path("zosh"), toPath: alone.path)
        program.environment["ZOSH_KEY_FILE"] = nil
        program.environment["ZOSH_KEY_COMMAND"] = "echo correct horse"
        let child = try ChildProcess(
            alone.path, ["auth", "login", "--self-client"], environment: program.environment, folder: program.home.path,
            input: program.emulator.announcement.grant_code + "\n")
        let ending = await Program.ending(of: child)
        #expect(ending.status != 0)
        #expect(ending.errors.contains("zosh-confine is missing"), "\(ending.errors)")
        #expect(!FileManager.default.fileExists(atPath: program.home.appending(path: "zosh/store.db").path))
        await program.close()
    }
}
