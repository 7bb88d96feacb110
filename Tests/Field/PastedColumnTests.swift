import Testing
import ZoshTesting

/// A column of ids or e-mails pasted at the empty prompt is a list of users, not as many commands.
@Suite("A column pasted at the empty prompt", .serialized)
struct PastedColumnTests {
    private func paste(_ rows: [String]) -> String {
        "\u{1B}[200~" + rows.map { $0 + "\r" }.joined() + "\u{1B}[201~"
    }

    @Test("Ids, e-mails, both, under a heading, with commas: one line that looks them up", arguments: 0..<5)
    @TerminalActor func list(shape: Int) async throws {
        let program = try await Program.signedIn()
        let found = try await program.run(["-c", "users list limit=4 | select id, email", "--format", "csv"])
        let cells = found.output.split(whereSeparator: \.isNewline).dropFirst().map {
            $0.split(separator: ",").map(String.init)
        }
        try #require(cells.count == 4 && cells.allSatisfy { $0.count == 2 })
        let ids = cells.map { $0[0] }
        let emails = cells.map { $0[1] }
        let rows =
            switch shape {
            case 0: ids
            case 1: emails
            case 2: [ids[0], emails[1], ids[2], emails[3]]
            case 3: ["Email"] + emails
            default: ids.map { $0 + "," }
            }
        let terminal = try program.shell(columns: 200)
        try terminal.expect("acme own#")
        terminal.type(paste(rows))
        try terminal.expect("acme own# users lookup ")
        terminal.type("\r")
        try terminal.expect("(4 rows)")
        for email in emails { #expect(terminal.screen.contains(email)) }
        await program.close()
    }

    @Test("Five hundred of them are still one line, and nothing runs by itself")
    @TerminalActor func many() async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell()
        try terminal.expect("acme own#")
        terminal.type(paste((0..<500).map { "41508680000004\(11_000 + $0)" }))
        try terminal.expect("the last of them") { $0.lines.last?.hasSuffix("4150868000000411499") ?? false }
        #expect(!terminal.screen.contains("Pasted"))
        terminal.type("\u{15}version\r")
        try terminal.expect("0.1.0")
        await program.close()
    }

    @Test("One row that is a command makes them commands to be looked at", arguments: ["users count", "version", "12"])
    @TerminalActor func commands(row: String) async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell()
        try terminal.expect("acme own#")
        terminal.type(paste(["4150868000000411002", row]))
        try terminal.expect("Pasted 2 commands.")
        await program.close()
    }

    @Test(
        "A parenthesis left open goes on with the next line, as a quote does",
        arguments: [
            "users list | where (status == active\ror status == disabled) | count",
            "users list | where status in (active,\rdisabled) | count",
            "users list | where not (status ==\rclosed) | count",
        ])
    @TerminalActor func parenthesis(lines: String) async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell()
        try terminal.expect("acme own#")
        let rows = lines.split(separator: "\r")
        terminal.type(rows[0] + "\r")
        try terminal.expect("what is open") { $0.contains("parenthesis ( is open") }
        terminal.type(rows[1] + "\r")
        try terminal.expect("the result") { screen in screen.lines.last == "acme own#" && screen.contains("count") }
        #expect(!terminal.screen.contains("zosh:"))
        await program.close()
    }
}
