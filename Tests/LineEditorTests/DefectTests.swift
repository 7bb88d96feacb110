internal import Foundation
internal import Testing
internal import ZoshTesting

/// Defects of libedit 3.1-20221030 that no other suite covers; docs/LIBEDIT.md lists all of them with their tests.
struct DefectTests {
    private func checksum(_ line: String) -> String {
        "<\(line.unicodeScalars.count) scalars, sum \(line.utf8.reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) })>"
    }

    @Test func `A yank that outgrows the buffer damages nothing`() throws {
        let terminal = try EditorSession.start()
        let long = String(repeating: "0123456789", count: 3000)
        terminal.type("x" + Key.paste(long) + Key.control("U") + String(repeating: Key.control("Y"), count: 4) + "\r")
        try terminal.expect(checksum(String(repeating: "x" + long, count: 4)))
    }

    @Test func `A line taller than the screen is read whole`() throws {
        let terminal = try EditorSession.start(columns: 40, rows: 10)
        let long = (0..<120).map { "word\($0)" }.joined(separator: " ")
        terminal.type("z " + Key.paste(long) + Key.control("A") + "a" + Key.control("E") + "!\r")
        try terminal.expect(checksum("az " + long + "!"))
        try terminal.enter("next")
    }

    @Test(arguments: [Key.control("C"), "\r"])
    func `What follows a line taller than the screen stands below it`(end: String) throws {
        let terminal = try EditorSession.start(columns: 40, rows: 10)
        let long = (100..<240).map(String.init).joined(separator: " ")
        terminal.type("z " + Key.paste(long) + Key.control("A") + "abc" + end)
        try terminal.expectPrompt()
        try terminal.enter("next")
        #expect(terminal.screen.lines.suffix(3) == ["host> next", "<next>", "host>"])
    }

    @Test func `A multi-line prompt or a steering one is drawn as one harmless row`() throws {
        let terminal = try EditorSession.start(environment: ["HOST_PROMPT": "a\nb\u{1B}[2J\u{1} host> "])
        #expect(terminal.screen.row(0) == "ab[2J host>")
        terminal.type("x\r")
        try terminal.expect("<x>")
    }

    /// Calls that lose or damage text, or that mix narrow with wide, must not come back.
    @Test(arguments: [
        "el_deletestr1", "el_wreplacestr", "el_replacestr", "el_gets", "el_getc(", "el_line(", "el_insertstr",
        "el_push(", "fn_complete",
        "readline", "history_w", "H_SAVE", "EL_UNBUFFERED", "EL_RESIZE", "EL_GETTC", "EL_HIST, history", "tok_w",
    ])
    func `A call known to be unsound is not used`(name: String) throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources")
        var scanned = 0
        for room in ["CLibedit", "LineEditor"] {
            let folder = sources.appendingPathComponent(room).resolvingSymlinksInPath()
            let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            for case let file as URL in files where !file.hasDirectoryPath {
                let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                    .filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
                scanned += 1
                let found =
                    code.range(
                        of: "(?<![A-Za-z_])" + NSRegularExpression.escapedPattern(for: name),
                        options: .regularExpression) != nil
                #expect(!found, "\(name) in \(file.lastPathComponent)")
            }
        }
        #expect(scanned > 30)
    }
}
