internal import Glibc
internal import Testing
internal import ZoshTesting

struct QuestionTests {
    @Test func `A secret is not echoed and not kept`() throws {
        let terminal = try EditorSession.start()
        terminal.type("secret\r")
        try terminal.expect("Passphrase: ")
        terminal.type("pässX\u{7F}\r")
        try terminal.expect("answer: 5 bytes")
        #expect(!terminal.output.contains(sequence: Array("pä".utf8)))
        try terminal.expectPrompt()
        terminal.type(Key.up)
        try terminal.expect("the command, not the secret") { $0.lines.last == "host> secret" }
    }

    @Test func `Erasing in a secret takes whole characters and Ctrl-U all of them`() throws {
        let terminal = try EditorSession.start()
        terminal.type("secret\r")
        try terminal.expect("Passphrase: ")
        terminal.type("wrong\u{15}aé\u{7F}\u{7F}xyz\r")
        try terminal.expect("answer: 3 bytes")
    }

    @Test(arguments: ["secret", "ask", "confirm", "confirm-word"])
    func `Ctrl-C cancels any question and echo comes back`(command: String) throws {
        let terminal = try EditorSession.start()
        terminal.type(command + "\r")
        try terminal.expect("a question") { $0.lines.count == 2 && $0.cursor.row == 1 && $0.cursor.column > 3 }
        terminal.type("half" + Key.control("C"))
        try terminal.expect("refused: cancelled")
        try terminal.expectPrompt()
        terminal.type("next\r")
        try terminal.expect("<next>")
    }

    @Test func `A secret that is too long is refused`() throws {
        let terminal = try EditorSession.start()
        terminal.type("secret\r")
        try terminal.expect("Passphrase: ")
        terminal.type(String(repeating: "x", count: 65))
        try terminal.expect("refused: the answer is too long")
    }

    @Test(arguments: [("y", "true"), ("yes", "true"), ("", "false"), ("n", "false"), ("Y", "true"), ("yess", "false")])
    func `A confirmation is no unless it is yes`(typed: String, answer: String) throws {
        let terminal = try EditorSession.start()
        terminal.type("confirm\r")
        try terminal.expect("Sure? [y/N] ")
        terminal.type(typed + "\r")
        try terminal.expect("answer: \(answer)")
    }

    @Test(arguments: [("delete", "true"), ("Delete", "false"), ("delet", "false"), ("y", "false"), ("", "false")])
    func `A word to type must be typed exactly`(typed: String, answer: String) throws {
        let terminal = try EditorSession.start()
        terminal.type("confirm-word\r")
        try terminal.expect("Type delete to continue: ")
        terminal.type(typed + "\r")
        try terminal.expect("answer: \(answer)")
    }

    @Test func `A line is read with the terminal's own erase key`() throws {
        let terminal = try EditorSession.start()
        terminal.type("ask\r")
        try terminal.expect("Name: ")
        terminal.type("Łuk\u{7F}kasz\r")
        try terminal.expect("answer: Łukasz")
    }

    @Test func `The end of the input is no answer`() throws {
        let terminal = try EditorSession.start()
        terminal.type("ask\r")
        try terminal.expect("Name: ")
        terminal.type(Key.control("D"))
        try terminal.expect("refused: no answer: the input ended")
        #expect(terminal.screen.lines.prefix(3) == ["host> ask", "Name:", "refused: no answer: the input ended"])
    }

    @Test func `The keys of the terminal erase, and keys without a text mean nothing`() throws {
        let terminal = try EditorSession.start()
        terminal.type("ask\r")
        try terminal.expect("Name: ")
        terminal.type(
            "gone" + Key.control("U") + "one two " + Key.control("W") + Key.left + "\u{1B}[5~\u{1B}OP李\u{7F}x")
        try terminal.expect("what is left") { $0.lines.last == "Name: one x" }
        terminal.type("\r")
        try terminal.expect("answer: one x")
    }

    @Test(arguments: ["y", "y\r", "y\n"])
    func `A pasted line is text of the answer, and does not give it`(pasted: String) throws {
        let terminal = try EditorSession.start()
        terminal.type("confirm\r")
        try terminal.expect("Sure? [y/N] ")
        #expect(terminal.screen.privateModes.contains(2004))
        terminal.type(Key.paste(pasted))
        try terminal.expect("Sure? [y/N] y")
        #expect(!terminal.screen.contains("answer:") && !terminal.screen.contains("one line"))
        terminal.type("\r")
        try terminal.expect("answer: true")
    }

    @Test(arguments: [Key.paste("y\rone x\rtwo y\r"), "y\rone x\rtwo y\r"])
    func `Several lines at once answer nothing and run nothing`(keys: String) throws {
        let terminal = try EditorSession.start()
        terminal.type("confirm\r")
        try terminal.expect("Sure? [y/N] ")
        terminal.type(keys)
        try terminal.expect("the question again") {
            $0.contains("please answer with one line") && $0.lines.last == "Sure? [y/N]"
        }
        terminal.type("n\r")
        try terminal.expect("answer: false")
        try terminal.expectPrompt()
        try terminal.enter("ok")
        #expect(!terminal.screen.contains("<one x>") && !terminal.screen.contains("<two y>"))
    }

    @Test func `What is pasted behind a secret does not run`() throws {
        let terminal = try EditorSession.start()
        terminal.type("secret\r")
        try terminal.expect("Passphrase: ")
        terminal.type("abc\rone x\r")
        try terminal.expect("answer: 3 bytes")
        try terminal.expectPrompt()
        try terminal.enter("ok")
        #expect(!terminal.screen.contains("one x"))
    }

    @Test func `A question is shown again after Ctrl-Z and fg`() throws {
        let shell = try EditorSession.underShell()
        shell.type("ask\r")
        try shell.expect("Name: ")
        shell.type("half")
        try shell.expect("Name: half")
        shell.type(Key.control("Z"))
        try shell.expect("Stopped")
        try shell.expect("the shell's prompt") { $0.lines.last == "sh$" }
        shell.type("fg\r")
        try shell.expect("the question again") { $0.lines.last == "Name: half" }
        shell.type("!\r")
        try shell.expect("answer: half!")
        try shell.expectPrompt()
    }

    @Test func `The editor waits for a reader that still has the input of the line before`() throws {
        let terminal = try EditorSession.start()
        let gate = try Gate()
        terminal.type("lend \(gate.path)\r")
        try terminal.expect("waiting")
        try gate.arrival()
        // Echoed by the terminal itself: the editor has not taken it.
        terminal.type("kept")
        try terminal.expect("an echo without a prompt") { $0.lines.last == "kept" }
        gate.release()
        try terminal.expect("the prompt, with what was typed") { $0.lines.last == "kepthost> kept" }
        terminal.type("\r")
        try terminal.expect("<kept>")
    }
}

extension [UInt8] {
    fileprivate func contains(sequence: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: sequence) }
    }
}
