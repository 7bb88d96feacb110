import Testing
import ZoshTesting

/// Who leaves a question without an answer has said no: one sentence, and the line is not pointed at.
@Suite("A question left without a yes", .serialized)
struct DeclinedQuestionTests {
    static let lines = [
        "users list type=ActiveConfirmedUsers | skip 1 | first 1 | users deactivate",
        "users list type=ActiveConfirmedUsers | skip 1 | first 2 | users delete", "connections remove acme",
        "auth logout acme", "vault destroy",
    ]

    @Test("Ctrl-C, Ctrl-D, an empty answer and a no say the same", arguments: lines, ["\u{3}", "\u{4}", "\r", "no\r"])
    @TerminalActor func declined(line: String, key: String) async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell(columns: 120)
        try terminal.expect("acme own#")
        terminal.type(line + "\r")
        try terminal.expect("the question") { screen in
            ["[y/N]", "continue:"].contains { screen.lines.last?.hasSuffix($0) ?? false }
        }
        terminal.type(key)
        try terminal.expect("the next prompt") { $0.lines.last == "acme own !1#" }
        let said = terminal.screen.lines.dropLast()
        #expect(said.last == "Nothing changed")
        #expect(!said.contains { $0.contains("^^") || $0.hasPrefix("zosh:") || $0.contains("interrupted") })
        await program.close()
    }

    @Test("Outside the shell the status is 1", arguments: ["\u{3}", "\u{4}", "n\r"])
    @TerminalActor func status(key: String) async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell(["-c", Self.lines[0]])
        try terminal.expect("[y/N]")
        terminal.type(key)
        #expect(try terminal.exit() == 1)
        #expect(terminal.screen.lines.last == "Nothing changed")
        await program.close()
    }

    @Test("A question is broken between words at any width", arguments: [30, 40, 60])
    @TerminalActor func width(columns: Int) async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell(columns: columns)
        try terminal.expect("acme own#")
        terminal.type(Self.lines[1] + "\r")
        try terminal.expect("the question") { $0.lines.last?.hasSuffix("continue:") ?? false }
        let words = (terminal.screen.scrollback + terminal.screen.lines).flatMap { $0.split(separator: " ") }
        for word in "Delete 2 users in Zylker (production, own)? Type Zylker to continue:".split(separator: " ") {
            #expect(words.contains(word), "\(word) in \(terminal.screen.lines)")
        }
        await program.close()
    }
}
