import Testing
import ZoshTesting

/// An e-mail is what tells two people of one name apart: lists and menus cut it last.
@Suite("People in a list on a narrow screen", .serialized)
struct MenuWidthTests {
    @Test("Every e-mail is whole, in the list and in the menu", arguments: [200, 80, 60, 40], ["\t", "\t\t"])
    @TerminalActor func emails(columns: Int, keys: String) async throws {
        let program = try await Program.signedIn(users: 6)
        let found = try await program.run(["-c", "users list type=ActiveConfirmedUsers | select email"])
        let emails = found.output.split(whereSeparator: \.isNewline).map(String.init)
        try #require(emails.count > 2)
        let terminal = try program.shell(columns: columns)
        try terminal.expect("acme own#")
        terminal.type("users lookup \t")
        try terminal.expect("the list") { screen in emails.allSatisfy(screen.contains) }
        if keys.count > 1 {
            terminal.type("\t")
            try terminal.expect("the menu") { screen in screen.contains("1/") && emails.allSatisfy(screen.contains) }
        }
        // Names and states stand there where there is room.
        #expect(terminal.screen.contains("active") == (columns >= 80))
        await program.close()
    }

    @Test("What is hidden below a table is told in whole words", arguments: [79, 60, 40, 30])
    @TerminalActor func hidden(columns: Int) async throws {
        let program = try await Program.signedIn(users: 3)
        let terminal = try program.shell(columns: columns)
        try terminal.expect("acme own#")
        terminal.type("users list\r")
        try terminal.expect("the note") { $0.contains("them)") }
        let words = terminal.screen.lines.flatMap { $0.split(separator: " ") }
        for word in ["(hidden:", "confirm;", "widen", "terminal", "`select`", "them)"] {
            #expect(words.contains { $0 == word }, "\(word) in \(terminal.screen.lines)")
        }
        await program.close()
    }

    @Test("On a dumb terminal a line that is not text is refused, and the next one runs")
    @TerminalActor func bytes() async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell(term: "dumb")
        try terminal.expect("acme own#")
        terminal.send(Array("users find M".utf8) + [0xFC] + Array("ller\r".utf8))
        try terminal.expect("this line is not UTF-8 text (byte 13)")
        terminal.type("version\r")
        try terminal.expect("0.1.0")
        #expect(!terminal.screen.contains("no rows"))
        await program.close()
    }
}
