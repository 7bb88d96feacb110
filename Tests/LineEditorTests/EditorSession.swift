internal import ZoshTesting

/// The fixture host on a terminal, waiting at its prompt.
enum EditorSession {
    static func start(
        _ arguments: [String] = [], term: String = "xterm-256color", columns: Int = 80, rows: Int = 24,
        environment extra: [String: String] = [:]
    ) throws -> PseudoTerminal {
        var environment = ["TERM": term, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin"]
        environment.merge(extra) { $1 }
        let terminal = try PseudoTerminal(
            BuiltProduct.path("EditorHost"), arguments, environment: environment, columns: columns, rows: rows)
        try terminal.expect("host> ")
        return terminal
    }

    /// The same as a job of an interactive shell, whose prompt is `sh$`.
    static func underShell(term: String = "xterm-256color") throws -> PseudoTerminal {
        let shell = try PseudoTerminal(
            "/bin/bash", ["--norc", "--noprofile", "--noediting", "-i"],
            environment: [
                "TERM": term, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "PS1": "sh$ ", "HOME": "/nonexistent",
            ])
        try shell.expect("sh$ ")
        shell.type("\(try BuiltProduct.path("EditorHost"))\r")
        try shell.expect("host> ")
        return shell
    }
}

enum Key {
    static let up = "\u{1B}[A"
    static let down = "\u{1B}[B"
    static let right = "\u{1B}[C"
    static let left = "\u{1B}[D"
    static let end = "\u{1B}[F"
    static let escape = "\u{1B}"
    static let altReturn = "\u{1B}\r"
    static let altRight = "\u{1B}[1;3C"

    static func control(_ letter: Character) -> String {
        String(UnicodeScalar((letter.asciiValue ?? 0x40) & 0x1F))
    }

    static func paste(_ text: String) -> String {
        "\u{1B}[200~" + text + "\u{1B}[201~"
    }
}

extension PseudoTerminal {
    /// Proves that everything typed so far was dealt with and shown: Ctrl-\\ rings the bell and nothing else.
    func settle() throws {
        let bells = screen.bells
        type("\u{1C}")
        try expect("the bell") { $0.bells > bells }
    }

    /// Types a line and waits for the prompt after what the host made of it.
    func enter(_ line: String) throws {
        type(line + "\r")
        try expect("<\(line)>")
        try expectPrompt()
    }

    /// Waits for a prompt with nothing behind it.
    func expectPrompt() throws {
        try expect("a free prompt") { $0.lines.last == "host>" && $0.cursor.column == 6 }
    }
}
