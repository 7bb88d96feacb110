import Foundation
import Testing
import ZoshTesting

/// The picture in README is the screen of a real session. `make docs` draws it again.
@Suite("README's picture")
struct PictureTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("shows what a terminal shows")
    @TerminalActor func session() throws {
        let terminal = try PseudoTerminal(
            BuiltProduct.path("zosh"), ["--demo", "--demo-seed", "7"],
            environment: [
                "PATH": "/usr/bin:/bin", "PAGER": "cat", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
                "HOME": FileManager.default.temporaryDirectory.path,
                "TMPDIR": FileManager.default.temporaryDirectory.path,
            ], columns: 96, rows: 40)
        func isFree(_ screen: Screen) -> Bool { screen.lines.last == "demo own#" }
        try terminal.expect("the prompt", isFree)
        terminal.type("users list | where status == disabled | select full_name, email, role.name\r")
        try terminal.expect("the rows") { $0.contains(" rows)") && isFree($0) }
        terminal.type("users update francois.oeuvrard.2@zylker.example city=Berlin\r")
        try terminal.expect("Change city to Berlin for")
        terminal.type("y\r")
        try terminal.expect("the job") { $0.contains("job 1") && isFree($0) }
        terminal.type("undo\r")
        try terminal.expect("Put back city for")
        terminal.type("y\r")
        try terminal.expect("the second job") { $0.contains("job 2") && isFree($0) }
        terminal.type("users deactivate min\t")
        try terminal.expect("the people") { $0.contains("list updated just now") }
        terminal.type("\t")
        try terminal.expect("the first of them, chosen") { $0.contains("1/4  list updated just now") }
        let path = Self.root.appending(path: "docs/session.svg").path
        let svg = ScreenPicture(of: terminal.screen, title: "zosh --demo").svg
        if let difference = Golden.difference(of: svg, from: path) { Issue.record(Comment(rawValue: difference)) }
    }
}
