import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

@testable import ZoshCore

/// The tour, as a newcomer plays it.
@Suite("The tour", .serialized)
struct TourTests {
    @TerminalActor private func demo() throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(
            BuiltProduct.path("zosh"), ["--demo"],
            environment: [
                "PATH": "/usr/bin:/bin", "PAGER": "cat", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
                "HOME": FileManager.default.temporaryDirectory.path,
                "TMPDIR": FileManager.default.temporaryDirectory.path,
            ], columns: 120, rows: 60)
        try terminal.expect("demo own#")
        return terminal
    }

    /// Types a line, answers what it may ask, and waits for what follows it.
    @TerminalActor private func enter(
        _ line: String, _ terminal: PseudoTerminal, until text: String, answering question: String? = nil
    ) throws {
        func lines(_ screen: Screen) -> [String] { screen.scrollback + screen.lines }
        let before = lines(terminal.screen).count { $0.contains(text) }
        terminal.type(line + "\r")
        if let question {
            try terminal.expect(question)
            terminal.type("y\r")
        }
        try terminal.expect("“\(text)” after \(line)") { screen in
            lines(screen).count { $0.contains(text) } > before && screen.lines.last?.hasSuffix("#") == true
        }
    }

    @Test(
        "Ten lines, each of which must succeed before the next; other lines are no step, and the end says what is next")
    @TerminalActor func ten() async throws {
        let steps = TourStep.all()
        #expect(steps.count == 10)
        let terminal = try demo()
        try enter("tour", terminal, until: "Step 1 of 10")
        // Neither another command nor a failure is the step.
        try enter("users count", terminal, until: "(tour, step 1: whoami; tour stop leaves)")
        try enter("whoami", terminal, until: "Step 2 of 10")
        // Left, and gone on with.
        try enter("tour stop", terminal, until: "Stopped before step 2")
        try enter("users count", terminal, until: "25")
        try enter("tour", terminal, until: "Step 2 of 10")
        let questions = [5: "Add 1 new user in", 7: "Change city to Arlington for", 8: "Put back city for"]
        for (number, step) in steps.enumerated().dropFirst() {
            let next = number + 2 <= steps.count ? "Step \(number + 2) of 10" : "That was the tour."
            if number == 6 {
                // The change itself is not its dry run, and what fails is to be typed again.
                try enter(
                    "users update nobody@example.com city=X --dry-run", terminal, until: "Not yet: the line ended")
            }
            try enter(step.line, terminal, until: next, answering: questions[number])
        }
        terminal.type("\u{04}")
        #expect(try terminal.exit() == 0)
    }

    @Test("On one's own organisation and without a prompt there is no tour, and the remedy says where there is")
    func elsewhere() async throws {
        let program = try await Program.signedIn()
        let own = try await program.run(["tour"])
        #expect(own.status == 2 && own.errors.contains("start zosh --demo, then type tour"), "\(own.errors)")
        let alone = try await program.run(["--demo", "-c", "tour"])
        #expect(alone.status == 2 && alone.errors.contains("needs a prompt"), "\(alone.errors)")
        await program.close()
    }
}
