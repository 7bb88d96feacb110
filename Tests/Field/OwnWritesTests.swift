import Testing
import ZoshTesting

/// What a person has just changed is what Tab, the menu and names show next.
@Suite("After a write of one's own", .serialized)
struct OwnWritesTests {
    /// A shell over six users, and the e-mail of one who can be changed.
    @TerminalActor private func started(columns: Int = 120) async throws -> (Program, PseudoTerminal, String) {
        let program = try await Program.signedIn(users: 6)
        let found = try await program.run([
            "-c", "users list type=ActiveConfirmedUsers | skip 1 | first 1 | select email",
        ])
        let email = found.output.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        try #require(email.contains("@"), "\(found.errors)")
        let terminal = try program.shell(columns: columns)
        try terminal.expect("acme own#")
        // Fetched before the write: what is shown afterwards is not just read late.
        terminal.type("users lookup \t")
        try terminal.expect(email)
        terminal.type("\u{15}")
        try terminal.expect("an empty line") { $0.lines.last == "acme own#" }
        return (program, terminal, email)
    }

    @TerminalActor private func write(_ line: String, answer: String, _ terminal: PseudoTerminal) throws {
        let before = terminal.output.count
        terminal.type(line + "\r")
        try terminal.expect("the question") { $0.lines.last?.hasSuffix(answer == "y" ? "[y/N]" : "continue:") ?? false }
        terminal.type(answer + "\r")
        try terminal.expect("the next prompt") { $0.lines.last == "acme own#" && terminal.output.count > before + 200 }
    }

    @Test(
        "Tab shows it",
        arguments: [
            ("users deactivate EMAIL", "y", "disabled"), ("users update EMAIL role=CEO", "y", "active · CEO"),
            ("users update EMAIL last_name=Quux", "y", "Quux"), ("users delete EMAIL", "Zylker", "deleted"),
        ])
    @TerminalActor func tab(line: String, answer: String, shown: String) async throws {
        let (program, terminal, email) = try await started()
        try write(line.replacing("EMAIL", with: email), answer: answer, terminal)
        terminal.type("users lookup \t")
        try terminal.expect("the new value") { screen in
            screen.lines.contains { $0.contains(email) && $0.contains(shown) }
        }
        await program.close()
    }

    @Test("Who was added is offered")
    @TerminalActor func added() async throws {
        let (program, terminal, _) = try await started()
        try write(
            "users add first_name=Grace last_name=Hopper email=grace@example.com role=CEO profile=Standard",
            answer: "y", terminal)
        terminal.type("users lookup hopp\t")
        try terminal.expect("users lookup grace@example.com")
        await program.close()
    }

    @Test("Names mean who they are now, line after line and in the next process")
    @TerminalActor func names() async throws {
        let (program, _, email) = try await started()
        for (line, outcome) in [
            ("users deactivate \(email) --yes; users activate \(email) --yes", ["done", "done"]),
            ("users deactivate \(email) --yes", ["done"]), ("users deactivate \(email) --yes", ["unchanged"]),
            ("users activate \(email) --yes", ["done"]),
        ] {
            let ending = try await program.run(["-c", line, "--format", "csv"])
            let outcomes = ending.output.split(whereSeparator: \.isNewline).compactMap { row in
                ["done", "unchanged"].first { row.contains(",\($0),") }
            }
            #expect(outcomes == outcome, "\(ending.output)\(ending.errors)")
        }
        let ending = try await program.run(["-c", "users deactivate \(email) --yes"])
        #expect(ending.status == 0)
        let terminal = try program.shell(columns: 120)
        try terminal.expect("acme own#")
        terminal.type("users lookup \t")
        try terminal.expect("the new value") { screen in
            screen.lines.contains { $0.contains(email) && $0.contains("disabled") }
        }
        await program.close()
    }
}
