internal import Glibc
internal import Testing
internal import ZoshTesting

/// What is typed while a command runs: it waits, as it was typed, for the next prompt.
struct TypeAheadTests {
    /// The host with a command running, its line on the screen.
    private func running(_ command: String = "await", columns: Int = 80) throws -> (PseudoTerminal, Gate) {
        let gate = try Gate()
        let terminal = try EditorSession.start(columns: columns)
        terminal.type("\(command) \(gate.path)\r")
        try gate.arrival()
        try terminal.expect("the line that runs") {
            $0.lines.last == "host> \(command) \(gate.path)" && $0.cursor.column == 0
        }
        return (terminal, gate)
    }

    @Test func `Editing keys typed ahead edit the next line, and nothing is echoed twice`() throws {
        let (terminal, gate) = try running()
        terminal.type("xyz" + Key.control("U") + "abX\u{7F}c" + Key.left + "!")
        gate.release()
        try terminal.expect("the line as if typed at the prompt") { $0.lines.last == "host> ab!c" }
        #expect(terminal.screen.lines == ["host> await \(gate.path)", "host> ab!c"])
        #expect(terminal.screen.cursor.column == 9)
    }

    @Test func `Ctrl-D typed ahead ends the session after the command`() throws {
        let (terminal, gate) = try running()
        terminal.type(Key.control("D"))
        gate.release()
        try terminal.expect("<end>")
        #expect(try terminal.exit() == 0)
    }

    @Test func `A paste made while a command runs is shown before it runs`() throws {
        let (terminal, gate) = try running()
        terminal.type(Key.paste("one\rtwo\r"))
        gate.release()
        try terminal.expect("Pasted 2 commands.")
        terminal.type(Key.escape)
        try terminal.expectPrompt()
        #expect(!terminal.screen.contains("<one>"))
    }

    @Test func `While a command runs, interrupts are signals and nothing is echoed`() throws {
        let (terminal, gate) = try running()
        #expect(terminal.modes.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == tcflag_t(ISIG))
        gate.release()
        try terminal.expectPrompt()
        #expect(terminal.modes.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
    }

    @Test func `A question is not answered by what was typed before it showed`() throws {
        let (terminal, gate) = try running("confirm-after")
        terminal.type("y\r")
        gate.release()
        try terminal.expect("Sure? [y/N] ")
        terminal.type("n\r")
        try terminal.expect("answer: false")
        try terminal.expectPrompt()
        #expect(!terminal.screen.contains("answer: true"))
    }
}
