import Testing
import ZoshTesting

/// A table pasted at the empty prompt is no commands: its users are looked up when the person says so.
@Suite("A table pasted at the empty prompt", .serialized)
struct PastedTableTests {
    private func paste(_ rows: [String]) -> String {
        "\u{1B}[200~" + rows.map { $0 + "\r" }.joined() + "\u{1B}[201~"
    }

    @Test(
        "CSV, a sheet's cells, semicolons, without headings, with one person: a line that looks them up",
        arguments: [
            ["first_name,last_name,Email", "Robin,Boyle,robin.boyle@zylker.example", "\"Formula, T.\",T,x@y.example"],
            ["Name\tE-Mail\tRole", "Robin Boyle\trobin.boyle@zylker.example\tCEO", "Tess\tx@y.example\tManager"],
            ["Work Email;City", "robin.boyle@zylker.example;Bern", "x@y.example;Rome"],
            ["Robin Boyle\trobin.boyle@zylker.example\tCEO", "Tess\tx@y.example\tManager"],
        ])
    @TerminalActor func table(rows: [String]) async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell(columns: 200)
        try terminal.expect("acme own#")
        terminal.type(paste(rows))
        try terminal.expect("This is a table of 2 rows")
        try terminal.expect("users lookup robin.boyle@zylker.example,x@y.example")
        #expect(!terminal.screen.contains("Pasted"))
        terminal.type("\u{15}version\r")
        try terminal.expect("0.1.0")
        await program.close()
    }

    @Test("A table without anybody's address in it is named as one, and nothing stands at the prompt")
    @TerminalActor func noPeople() async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell(columns: 200)
        try terminal.expect("acme own#")
        terminal.type(paste(["email,city", ",Bern", ",Rome"]))
        try terminal.expect("This is a table of 2 rows, not commands")
        try terminal.expect("the empty prompt") { $0.lines.last == "acme own#" }
        await program.close()
    }

    @Test(
        "Commands with commas in them are commands",
        arguments: [
            ["users lookup a@b.example,c@d.example", "users lookup e@f.example,g@h.example"],
            ["users list | select id,email", "users list | select email,id"],
        ])
    @TerminalActor func commands(rows: [String]) async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell(columns: 120)
        try terminal.expect("acme own#")
        terminal.type(paste(rows))
        try terminal.expect("Pasted 2 commands.")
        await program.close()
    }

    @Test("Text in a parenthesis is not waited for", arguments: ["users find foo(", "users find (foo", "roles show ("])
    @TerminalActor func parenthesis(line: String) async throws {
        let program = try await Program.signedIn()
        let terminal = try program.shell(columns: 120)
        try terminal.expect("acme own#")
        terminal.type(line + "\r")
        try terminal.expect("the next prompt") { screen in
            screen.lines.last?.hasSuffix("#") == true && screen.lines.contains { $0.contains(line) }
        }
        #expect(!terminal.screen.contains("( is open"))
        #expect(terminal.screen.contains("zosh: ") || terminal.screen.contains("No user matches"))
        await program.close()
    }
}
