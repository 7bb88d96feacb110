internal import Testing
internal import ZoshTesting

struct ResizeTests {
    private let line = (0..<20).map { "word\($0)" }.joined(separator: " ")

    @Test func `A narrower terminal that wraps again shows the line once`() throws {
        let terminal = try EditorSession.start(environment: ["VTE_VERSION": "7006"])
        try terminal.enter("above")
        terminal.type(line)
        try terminal.expect("word19")
        terminal.resize(columns: 50, rows: 24, reflow: true)
        try terminal.settle()
        terminal.type("!")
        try terminal.expect("word19!")
        #expect(terminal.screen.lines.filter { $0.contains("word0 ") } == ["host> " + line.prefix(44)])
        #expect(terminal.screen.lines.prefix(2) == ["host> above", "<above>"])
        terminal.type("\r")
        try terminal.expect("word19!>")
    }

    @Test func `A short line survives any resize without debris`() throws {
        let terminal = try EditorSession.start()
        try terminal.enter("above")
        terminal.type("short")
        try terminal.expect("host> short")
        for columns in [40, 120, 20, 80] {
            terminal.resize(columns: columns, rows: 24)
            // The key may be read before the signal is: what the screen comes to counts, not what it is at the bell.
            try terminal.settle()
            try terminal.expect("the line, once, at \(columns) columns") {
                $0.lines == ["host> above", "<above>", "host> short"]
            }
        }
        terminal.type("!\r")
        try terminal.expect("<short!>")
    }

    @Test func `A wider terminal that cuts rows keeps what stands above the prompt`() throws {
        let terminal = try EditorSession.start(columns: 40, rows: 24)
        try terminal.enter("above")
        terminal.type(line)
        try terminal.expect("word19")
        terminal.resize(columns: 80, rows: 24)
        try terminal.settle()
        #expect(terminal.screen.lines.prefix(2) == ["host> above", "<above>"])
        terminal.type("!\r")
        try terminal.expect("word19!>")
    }
}
