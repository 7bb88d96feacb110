internal import Glibc
internal import Testing
internal import ZoshTesting

struct WayOutTests {
    /// A sanitizer must leave fatal signals alone, or the status would be its own; the runtime must not offer a
    /// dialogue.
    private static func dying(backtrace: String = "enable=no") -> [String: String] {
        let hands = "handle_segv=0:handle_abort=0:handle_sigill=0:handle_sigtrap=0"
        return ["SWIFT_BACKTRACE": backtrace, "ASAN_OPTIONS": hands, "TSAN_OPTIONS": hands]
    }

    private func isCooked(_ terminal: PseudoTerminal) -> Bool {
        let wanted = tcflag_t(ICANON | ECHO | ISIG)
        return terminal.modes.c_lflag & wanted == wanted && !terminal.screen.privateModes.contains(2004)
    }

    @Test func `Terminate ends the program with the terminal as it was found`() throws {
        let terminal = try EditorSession.start()
        terminal.type("half")
        try terminal.expect("host> half")
        terminal.signal(SIGTERM)
        try terminal.expect("<terminated>")
        #expect(try terminal.exit() == 143)
        #expect(isCooked(terminal))
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func `A signal to end that comes while a command runs ends the program after it`(number: CInt) throws {
        let terminal = try EditorSession.start()
        terminal.type("await-end\r")
        try terminal.expect("waiting")
        terminal.signal(number)
        try terminal.expect("<terminated>")
        #expect(try terminal.exit() == 128 + Int(number))
        #expect(isCooked(terminal))
        #expect(terminal.screen.lines == ["host> await-end", "waiting", "<terminated>"])
    }

    @Test func `No question is asked once the program shall end`() throws {
        let terminal = try EditorSession.start()
        terminal.type("confirm-after-end\r")
        try terminal.expect("waiting")
        terminal.signal(SIGTERM)
        try terminal.expect("<terminated>")
        #expect(!terminal.screen.contains("Sure?"))
        #expect(try terminal.exit() == 143)
    }

    @Test(arguments: ["crash", "exit"])
    func `A crash and an exit leave the terminal as it was found`(command: String) throws {
        let terminal = try EditorSession.start(environment: Self.dying())
        #expect(!isCooked(terminal))
        terminal.type(command + "\r")
        let status = try terminal.exit()
        #expect(status == (command == "exit" ? 0 : 128 + Int(SIGABRT)))
        #expect(isCooked(terminal))
    }

    @Test(arguments: ["enable=no", "enable=yes,interactive=no,color=no"])
    func `A trap in our own code leaves the terminal as found, whatever else handles the signal`(
        backtrace: String
    )
        throws
    {
        let terminal = try EditorSession.start(environment: Self.dying(backtrace: backtrace))
        terminal.type("trap\r")
        let status = try terminal.exit()
        // Who prints a backtrace may end the process in its own way, a sanitizer does.
        #expect(
            status == 128 + Int(SIGILL) || status == 128 + Int(SIGTRAP) || (backtrace != "enable=no" && status != 0))
        #expect(isCooked(terminal))
    }

    @Test func `A crash in the middle of editing leaves the terminal as it was found`() throws {
        let terminal = try EditorSession.start(environment: Self.dying())
        terminal.type("half")
        try terminal.expect("host> half")
        terminal.signal(SIGSEGV)
        #expect(try terminal.exit() == 128 + Int(SIGSEGV))
        #expect(isCooked(terminal))
    }

    @Test func `An interrupt from outside abandons the line like Ctrl-C`() throws {
        let terminal = try EditorSession.start()
        terminal.type("half")
        try terminal.expect("host> half")
        terminal.signal(SIGINT)
        try terminal.expect("<interrupted>")
        #expect(terminal.screen.row(0) == "host> half^C")
        terminal.type("next\r")
        try terminal.expect("<next>")
    }

    @Test func `Ctrl-Z stops the program and fg brings the line back`() throws {
        let shell = try EditorSession.underShell()
        shell.type("half a line")
        try shell.expect("host> half a line")
        shell.type(Key.control("Z"))
        try shell.expect("Stopped")
        try shell.expect("the shell's prompt") { $0.lines.last == "sh$" }
        #expect(isCooked(shell))
        shell.type("fg\r")
        try shell.expect("the line again") { $0.lines.last == "host> half a line" }
        shell.type("!\r")
        try shell.expect("<half a line!>")
        try shell.expectPrompt()
        shell.type(Key.control("D"))
        try shell.expect("<end>")
    }

    /// The host stopped by Ctrl-Z under a shell.
    private func stopped() throws -> PseudoTerminal {
        let shell = try EditorSession.underShell()
        shell.type("half" + Key.control("Z"))
        try shell.expect("Stopped")
        return shell
    }

    @Test func `A job ended while it is stopped ends, and leaves the terminal to the shell`() throws {
        let shell = try stopped()
        // bash goes on taking the job for stopped until it has heard of its end.
        shell.type("kill %1; while jobs %1 2>/dev/null; do :; done; echo over\r")
        try shell.expect("the shell's prompt") { $0.lines.contains("over") && $0.lines.last == "sh$" }
        #expect((shell.screen.scrollback + shell.screen.lines).contains { $0.contains("Exit 143") })
        #expect(isCooked(shell))
    }

    @Test func `A stopped job sent to the background waits for fg, and leaves the terminal to the shell`() throws {
        let shell = try stopped()
        shell.type("bg; echo sent\r")
        try shell.expect("the shell's prompt") { $0.lines.contains("sent") && $0.lines.last == "sh$" }
        #expect(isCooked(shell))
        shell.type("fg\r")
        try shell.expect("the line again") { $0.lines.last == "host> half" }
        shell.type("!\r")
        try shell.expect("<half!>")
        shell.type(Key.control("D"))
        try shell.expect("<end>")
    }

    @Test func `Without job control above, Ctrl-Z changes nothing`() throws {
        let terminal = try EditorSession.start()
        terminal.type("half" + Key.control("Z") + "!\r")
        try terminal.expect("<half!>")
    }
}
