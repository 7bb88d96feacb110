import Testing

@testable import zosh

/// A suggestion out of the history is taken with one key, often unread.
@Suite("What the history may suggest")
struct SuggestedLinesTests {
    @Test(
        "No line that answers a question itself",
        arguments: [
            "users deactivate ada@example.com --yes", "users deactivate ada@example.com --yes=yes",
            "users delete a yes=on", "open x.csv | users update --yes role=CEO",
            "users list | save x.csv --force", "users update a profile=Administrator --administrators",
            "let x = users list | users activate --yes",
        ])
    func answering(line: String) {
        #expect(!SuggestedLines().allow(line, aliases: [:]))
    }

    @Test(
        "Lines that ask, or only read, are suggested",
        arguments: [
            "users list", "users deactivate ada@example.com", "users find yes", "users list | where alias == '--yes'",
            "users update a --at-most 3 city=X",
        ])
    func asking(line: String) {
        #expect(SuggestedLines().allow(line, aliases: ["off": "users deactivate --yes"]))
    }

    @Test("No line that failed, until it went well; nor what an alias hides")
    func failing() {
        let lines = SuggestedLines()
        lines.note("users lookup nobody@example.com  ", failed: true)
        #expect(!lines.allow("users lookup nobody@example.com", aliases: [:]))
        #expect(lines.allow("users lookup somebody@example.com", aliases: [:]))
        lines.note("users lookup nobody@example.com", failed: false)
        #expect(lines.allow("users lookup nobody@example.com", aliases: [:]))
        lines.restore(failed: ["users count type=Nobody"])
        #expect(!lines.allow("users count type=Nobody", aliases: [:]))
        #expect(!lines.allow("off ada@example.com", aliases: ["off": "users deactivate --yes"]))
    }
}
