internal import Glibc
internal import Testing
internal import ZoshTesting

struct PlainTests {
    @Test(arguments: ["dumb", ""])
    func `A terminal that can draw nothing gets lines and not one escape`(term: String) throws {
        let terminal = try EditorSession.start(term: term)
        try terminal.enter("users list")
        terminal.type("a(b\rc)\r")
        try terminal.expect("<a(b\\nc)>")
        try terminal.expectPrompt()
        terminal.type(Key.control("C"))
        try terminal.expect("<interrupted>")
        try terminal.expectPrompt()
        terminal.type(Key.control("D"))
        try terminal.expect("<end>")
        #expect(try terminal.exit() == 0)
        #expect(!terminal.output.contains(0x1B))
    }

    @Test func `A signal to end that comes while a command runs ends the program after it`() throws {
        let terminal = try EditorSession.start(term: "dumb")
        terminal.type("await-end\r")
        try terminal.expect("waiting")
        terminal.signal(SIGTERM)
        try terminal.expect("<terminated>")
        #expect(try terminal.exit() == 143)
    }

    @Test func `Ctrl-D leaves on its own row`() throws {
        let terminal = try EditorSession.start(term: "dumb")
        terminal.type(Key.control("D"))
        try terminal.expect("<end>")
        #expect(terminal.screen.lines == ["host>", "<end>"])
    }

    @Test(arguments: [[0x61, 0xFF], [0xC3, 0x28], [0x61, 0x28, 0x0D, 0xE9]] as [[UInt8]])
    func `Bytes that are not text are refused, with what stood before them, and the next line runs`(bytes: [UInt8])
        throws
    {
        let terminal = try EditorSession.start(term: "dumb")
        terminal.send(bytes + [0x0D])
        try terminal.expect("this line is not UTF-8 text")
        terminal.type("next\r")
        try terminal.expect("<next>")
        #expect(!terminal.screen.lines.contains { $0.hasPrefix("<") && $0 != "<next>" })
    }

    @Test func `After Ctrl-Z and fg the prompt stands again`() throws {
        let shell = try EditorSession.underShell(term: "dumb")
        shell.type(Key.control("Z"))
        try shell.expect("Stopped")
        try shell.expect("the shell's prompt") { $0.lines.last == "sh$" }
        shell.type("fg\r")
        try shell.expectPrompt()
        shell.type("on\r")
        try shell.expect("<on>")
    }

    @Test func `In a locale that is not UTF-8 the line still holds every letter`() throws {
        let terminal = try EditorSession.start(environment: ["LC_ALL": "C", "HOST_PROMPT": "z➤ host> "])
        #expect(terminal.screen.row(0) == "z? host>")
        terminal.type("Łukasz é\r")
        try terminal.expect("<Łukasz é>")
    }
}
