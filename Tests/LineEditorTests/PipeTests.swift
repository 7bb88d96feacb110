internal import Testing
internal import ZoshTesting

/// The host without a terminal.
struct PipeTests {
    private func run(_ input: String) throws -> String {
        let environment = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
        return try ChildProcess(BuiltProduct.path("EditorHost"), environment: environment, input: input).ending().output
    }

    @Test func `A pipe gets results only: no prompt, no escape, no echo`() throws {
        #expect(try run("users list\na(b\r\nc)\nlast") == "<users list>\n<a(b\\nc)>\n<last>\n<end>\n")
    }

    @Test func `An unfinished command at the end of the input is handed over, not lost`() throws {
        #expect(try run("a(b\n") == "<a(b>\n<end>\n")
    }

    @Test func `A question is refused where it cannot be answered`() throws {
        #expect(
            try run("confirm\nsecret\n")
                == "refused: there is no terminal to ask on\nrefused: there is no terminal to ask on\n<end>\n")
    }
}
