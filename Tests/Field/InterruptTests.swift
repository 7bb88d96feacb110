import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// Ctrl-C interrupts every line, whatever ran before it, and what ran before never draws over the next prompt.
@Suite("Interrupting at the prompt", .serialized)
struct InterruptTests {
    /// Reads as much as `reading` says and is left with Return.
    private func program(reading: String, users: Int = 60, organisations: Int = 1) async throws -> Program {
        var program = try await Program.signedIn(users: users) { $0.orgs = organisations }
        for org in 1..<max(organisations, 1) {
            let code = await program.emulator.issueGrantCode(org: org)
            let ending = try await program.run(["auth", "login", "org\(org)", "--self-client"], input: code + "\n")
            try #require(ending.status == 0, "\(ending.errors)")
        }
        let path = program.home.appending(path: "pager").path
        try Data("trap '' INT\n\(reading)\necho '-- pager --'\nread answer </dev/tty\n".utf8).write(
            to: URL(filePath: path))
        program.environment["PAGER"] = "sh \(path)"
        return program
    }

    @TerminalActor private func interruptsNext(_ terminal: PseudoTerminal, _ program: Program) async throws {
        let gate = program.emulator.hold(.countUsers)
        terminal.type("users count\r")
        await gate.arrivals(1)
        terminal.type("\u{03}")
        try terminal.expect("the interrupted line") { screen in screen.lines.contains { $0.contains("interrupted") } }
        gate.release()
        terminal.type("version\r")
        try terminal.expect("0.1.0")
        await program.close()
    }

    @Test("After a pager that was left early", arguments: ["users list", "set format json; users list", "help"])
    @TerminalActor func afterPager(line: String) async throws {
        let program = try await program(reading: "head -2 >/dev/null; exec <&-")
        let terminal = try program.shell(rows: 12)
        try terminal.expect("acme own#")
        terminal.type(line + "\r")
        try terminal.expect("-- pager --")
        terminal.type("\r")
        try terminal.expect("the prompt") { $0.lines.last == "acme own#" }
        try await interruptsNext(terminal, program)
    }

    @Test("After a pager that was read to its end and left with Ctrl-C typed into it")
    @TerminalActor func afterWholePager() async throws {
        let program = try await program(reading: "cat >/dev/null")
        let terminal = try program.shell()
        try terminal.expect("acme own#")
        terminal.type("users list\r")
        try terminal.expect("-- pager --")
        terminal.type("\u{03}\r")
        try terminal.expect("the prompt") { $0.lines.last == "acme own#" }
        try await interruptsNext(terminal, program)
    }

    @Test(
        "A bulk write is not paged while it runs: then come how many were done, and what failed",
        arguments: [
            (30, "28 done, 2 refused", true), (10, "10 done  (all 10 rows: $last)", false),
        ])
    @TerminalActor func bulkWrite(count: Int, summary: String, fails: Bool) async throws {
        let program = try await program(reading: "cat >/dev/null")
        let terminal = try program.shell(rows: 12)
        try terminal.expect("acme own#")
        terminal.type(
            "users list type=ActiveConfirmedUsers limit=\(count) | users update city=Bonn --yes --at-most 1000\r")
        try terminal.expect(summary)
        let screen = terminal.screen.scrollback + terminal.screen.lines
        #expect(!screen.contains("-- pager --"))
        #expect(screen.contains { $0.contains("Zoho allows no changes") } == fails)
        terminal.type("$last | count | select count\r")
        try terminal.expect("every row is kept") { $0.lines.contains { $0.split(separator: " ") == ["\(count)"] } }
        try await interruptsNext(terminal, program)
    }

    @Test("A bulk write that is interrupted says what was done and what was not begun")
    @TerminalActor func interruptedWrite() async throws {
        let program = try await program(reading: "cat >/dev/null")
        let terminal = try program.shell(rows: 12)
        try terminal.expect("acme own#")
        let gate = program.emulator.hold(.updateUser, after: 5)
        terminal.type(
            "users list type=ActiveConfirmedUsers | where type__s != 'Support User' | first 30 "
                + "| users update city=Bonn --yes --at-most 1000\r")
        await gate.arrivals(6)
        terminal.type("\u{03}")
        try terminal.expect("finishing")
        gate.release()
        // Five are under way at once: those before the held one, and those beside it.
        try terminal.expect("10 done, 20 not started")
        #expect(!terminal.screen.contains("rows failed"))
        await program.close()
    }

    @Test(
        "A fan-out whose reader has left ends with it",
        arguments: [
            "on all users count | first 3", "on all users list | first 1",
            "on all users count | first 1 | select count",
        ])
    @TerminalActor func fanOut(line: String) async throws {
        let program = try await program(reading: "cat >/dev/null", users: 6, organisations: 6)
        let terminal = try program.shell(["--connection", "acme"])
        try terminal.expect("acme own#")
        let gate = program.emulator.hold(.countUsers, after: 3)
        terminal.type(line.replacing("--connection", with: "") + "\r")
        try terminal.expect("the prompt") { $0.lines.contains { $0.hasPrefix("acme own#") && $0.contains(line) } }
        gate.release()
        terminal.type("version\r")
        try terminal.expect("0.1.0")
        #expect(!terminal.screen.contains("Ctrl-C stops"))
        await program.close()
    }

    @Test("An intermediate table of a script waits for no key; its last one may be paged")
    @TerminalActor func script() async throws {
        let program = try await program(reading: "cat >/dev/null")
        let path = program.home.appending(path: "two.zosh").path
        try Data("users list\nusers list | first 2\n".utf8).write(to: URL(filePath: path))
        let terminal = try program.shell(rows: 12)
        try terminal.expect("acme own#")
        for (command, end) in [("replay", "whoami | count"), ("source", "version")] {
            terminal.type("\(command) \(path); \(end)\r")
            try terminal.expect("the end of \(command)") { screen in
                let isThere =
                    end == "version"
                    ? screen.contains("0.1.0") : screen.lines.contains { $0.split(separator: " ") == ["1"] }
                return isThere && screen.lines.last == "acme own#"
            }
            #expect(!(terminal.screen.scrollback + terminal.screen.lines).contains("-- pager --"))
        }
        try Data("version\nusers list\n".utf8).write(to: URL(filePath: path))
        terminal.type("source \(path)\r")
        try terminal.expect("-- pager --")
        terminal.type("\r")
        try terminal.expect("the prompt") { $0.lines.last == "acme own#" }
        await program.close()
    }
}
