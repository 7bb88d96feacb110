import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

// Beneath the other tests of the shell, since each waits on a thread the emulator needs too.
extension ShellTests {
    /// Long results on a terminal of 24 lines, through a pager that shows what it was given when it is left.
    @Suite("The pager", .serialized)
    struct PagerTests {
        /// Reads some of its input, says so, and waits for Return on the terminal.
        private func program(reading: String) async throws -> Program {
            var program = try await Program.signedIn(users: 60)
            let script = "trap '' INT\n\(reading)\necho '-- pager --'\nread answer </dev/tty\n"
            let path = program.home.appending(path: "pager").path
            try Data(script.utf8).write(to: URL(filePath: path))
            program.environment["PAGER"] = "sh \(path)"
            return program
        }

        @Test("What exceeds the screen goes to it, what does not is written plainly")
        @TerminalActor func long() async throws {
            let program = try await program(reading: "tail -1")
            let terminal = try program.shell()
            try terminal.expect("acme own#")
            terminal.type("users list limit=5; version\r")
            try terminal.expect("0.1.0")
            #expect(!terminal.screen.contains("-- pager --"))
            // A screen reader reads on by itself.
            terminal.type("set accessible on; users list; set accessible off; $last | count\r")
            try terminal.expect("60")
            #expect(!terminal.screen.contains("-- pager --"))
            terminal.type("users list\r")
            try terminal.expect("-- pager --")
            terminal.type("\r")
            try terminal.expect("the prompt again") { $0.lines.last == "acme own#" }
            terminal.type("$last | count; whoami\r")
            try terminal.expect("60")
            await program.close()
        }

        @Test("Leaving it early is no failure, and keeps no half of a result as $last")
        @TerminalActor func left() async throws {
            let program = try await program(reading: "head -2 >/dev/null; exec <&-")
            let terminal = try program.shell()
            try terminal.expect("acme own#")
            terminal.type("set format json\r")
            terminal.type("users list && version\r")
            try terminal.expect("-- pager --")
            terminal.type("\r")
            try terminal.expect("0.1.0")
            terminal.type("users list\r")
            // The first one's sign may still be on the screen.
            try terminal.expect("the pager again") { $0.lines.last == "-- pager --" }
            terminal.type("\r")
            terminal.type("$last | count\r")
            try terminal.expect("'$last' was not kept whole")
            await program.close()
        }

        @Test("Ctrl-C belongs to it while it is there, however often")
        @TerminalActor func interrupted() async throws {
            let program = try await program(reading: "cat >/dev/null")
            let terminal = try program.shell()
            try terminal.expect("acme own#")
            terminal.type("users list\r")
            try terminal.expect("-- pager --")
            terminal.type("\u{03}")
            terminal.type("\u{03}")
            terminal.type("\r")
            terminal.type("version\r")
            try terminal.expect("0.1.0")
            #expect(!terminal.screen.contains("stopped waiting"))
            await program.close()
        }

        @Test("It gets neither our sockets nor what only zosh is told")
        @TerminalActor func alone() async throws {
            let seen = FileManager.default.temporaryDirectory.appending(path: "zosh-pager-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: seen) }
            var program = try await program(reading: "{ env; ls -l /proc/self/fd; } > \(seen.path); cat >/dev/null")
            program.environment["KEPT"] = "yes"
            let terminal = try program.shell()
            try terminal.expect("acme own#")
            terminal.type("users list\r")
            try terminal.expect("-- pager --")
            let text = try String(contentsOf: seen, encoding: .utf8)
            #expect(text.contains("KEPT=yes"), "positive control")
            #expect(
                !text.contains("ZOSH_") && !text.contains("ZOHO_") && !text.contains("socket:")
                    && !text.contains("store.db"), "\(text)")
            terminal.type("\r")
            try terminal.expect("the prompt again") { $0.lines.last == "acme own#" }
            await program.close()
        }

        @Test("Ctrl-C after all of it arrived interrupts nothing")
        @TerminalActor func tooLate() async throws {
            let program = try await program(reading: "cat >/dev/null")
            let terminal = try program.shell()
            try terminal.expect("acme own#")
            terminal.type("users list\r")
            // `cat` has seen the end.
            try terminal.expect("-- pager --")
            terminal.type("\u{03}")
            // Heard before the pager is left: afterwards it would be the line's.
            try terminal.expect("^C")
            terminal.type("\r")
            try terminal.expect("a prompt that names no failure") { $0.lines.last == "acme own#" }
            #expect(!terminal.screen.contains("interrupted"))
            await program.close()
        }

        @Test("What was typed ahead is the shell's, so a result that comes meanwhile is not paged")
        @TerminalActor func typedAhead() async throws {
            let program = try await program(reading: "cat >/dev/null")
            let gate = program.emulator.hold(.listUsers)
            let terminal = try program.shell()
            try terminal.expect("acme own#")
            terminal.type("users list\r")
            await gate.arrivals()
            terminal.type("version\r")
            gate.release()
            try terminal.expect("0.1.0")
            #expect(!terminal.screen.contains("-- pager --"))
            await program.close()
        }

        @Test("Without a pager, and on a terminal that cannot page, the text is plain", arguments: [true, false])
        @TerminalActor func none(isDumb: Bool) async throws {
            var program = try await program(reading: "cat >/dev/null")
            if !isDumb { program.environment["PAGER"] = "/no/such -x" }
            let terminal = try program.shell(term: isDumb ? "dumb" : "xterm-256color")
            try terminal.expect("a prompt") { !$0.lines.isEmpty }
            terminal.type("users list; version\r")
            try terminal.expect("0.1.0")
            #expect(!terminal.screen.contains("-- pager --"))
            #expect(
                isDumb
                    || (terminal.screen.scrollback + terminal.screen.lines).contains {
                        $0.hasPrefix("There is no pager '/no/such -x'")
                    })
            await program.close()
        }

        @Test("A signal to end leaves it and ends the shell")
        @TerminalActor func ended() async throws {
            let program = try await program(reading: "cat >/dev/null")
            let terminal = try program.shell()
            try terminal.expect("acme own#")
            terminal.type("users list\r")
            try terminal.expect("-- pager --")
            terminal.signal(SIGTERM)
            #expect(try terminal.exit() == 143)
            await program.close()
        }

        @Test("set pager off, and one of one's own")
        @TerminalActor func chosen() async throws {
            let program = try await program(reading: "cat >/dev/null")
            let terminal = try program.shell()
            try terminal.expect("acme own#")
            terminal.type("set pager off; users list; version\r")
            try terminal.expect("0.1.0")
            #expect(!terminal.screen.contains("-- pager --"))
            terminal.type("set pager 'sed -n s/Robin/OWN/p'; users list\r")
            try terminal.expect("OWN ")
            await program.close()
        }
    }
}
