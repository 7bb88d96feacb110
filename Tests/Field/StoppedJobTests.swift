import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// Ctrl-Z beneath a shell with job control: zosh and every program it has started stop together and go on together.
@Suite("A job that is stopped", .serialized)
struct StoppedJobTests {
    /// The outer shell, which has started zosh.
    private func outer(_ program: Program, _ extra: [String: String] = [:]) throws -> PseudoTerminal {
        var environment = program.environment.merging(extra) { $1 }
        environment["TERM"] = "xterm-256color"
        environment["PS1"] = "outer> "
        environment["ENV"] = ""
        let terminal = try PseudoTerminal("/bin/sh", ["-i"], environment: environment)
        try terminal.expect("outer>")
        terminal.type(try "\(BuiltProduct.path("zosh"))\r")
        try terminal.expect("acme own#")
        return terminal
    }

    /// What the outer shell says of the processes whose command lines have a word: their states, each once.
    private func states(of word: String, _ terminal: PseudoTerminal) throws -> String {
        // The mark is not in the line that is typed.
        terminal.type(
            "pgrep -f '\(word)' | while read p; do cut -d' ' -f3 /proc/$p/stat; done | sort -u | tr '\\n' '.'")
        terminal.type("; echo en''d\r")
        try terminal.expect("the states") { $0.lines.contains { $0.hasSuffix("end") } }
        let line = terminal.screen.lines.last { $0.hasSuffix("end") } ?? ""
        terminal.type("clear\r")
        return line
    }

    /// A program that ignores ^Z and reads single keys, as `less` with LESSSECURE does.
    private func program(in home: URL) throws -> String {
        let path = home.appending(path: "keys-\(UUID().uuidString.prefix(8))").path
        let script = """
            trap '' TSTP
            [ -t 0 ] || cat >/dev/null
            stty -icanon -echo min 1 </dev/tty
            echo '-- waiting --'
            key=$(dd bs=1 count=1 2>/dev/null </dev/tty)
            stty icanon echo </dev/tty
            echo "key=$key"

            """
        try Data(script.utf8).write(to: URL(filePath: path))
        return path
    }

    @Test(
        "A program that takes no ^Z is stopped as well, and has its keys again",
        arguments: [("PAGER", "users list\r"), ("EDITOR", "\u{18}\u{05}")])
    @TerminalActor func foreground(variable: String, keys: String) async throws {
        let program = try await Program.signedIn(users: 60)
        let script = try self.program(in: program.home)
        // A shell of its own stands above it, which does stop.
        let terminal = try outer(program, [variable: "sh \(script); true"])
        terminal.type(keys)
        try terminal.expect("-- waiting --")
        terminal.type("\u{1A}")
        try terminal.expect("the outer prompt") { $0.lines.last { !$0.isEmpty }?.hasPrefix("outer>") == true }
        #expect(try states(of: script, terminal) == "T.end")
        terminal.type("fg\r")
        terminal.type("k")
        try terminal.expect("key=k")
        terminal.type("version\r")
        try terminal.expect("0.1.0")
        await program.close()
    }

    @Test("A program at the end of a pipe stops with the line and goes on with it")
    @TerminalActor func piped() async throws {
        let program = try await Program.signedIn(users: 5)
        let fifo = program.home.appending(path: "fifo-\(UUID().uuidString.prefix(8))").path
        #expect(mkfifo(fifo, 0o600) == 0)
        let terminal = try outer(program)
        terminal.type("users list limit=1 | !sh -c 'cat \(fifo)'\r")
        // Opened only once `cat` reads.
        let end = await Task.detached { open(fifo, O_WRONLY) }.value
        terminal.type("\u{1A}")
        try terminal.expect("the outer prompt") { $0.lines.last { !$0.isEmpty }?.hasPrefix("outer>") == true }
        #expect(try states(of: fifo, terminal) == "T.end")
        terminal.type("fg\r")
        #expect(write(end, "finished\n", 9) == 9)
        close(end)
        try terminal.expect("finished")
        terminal.type("version\r")
        try terminal.expect("0.1.0")
        await program.close()
    }
}
