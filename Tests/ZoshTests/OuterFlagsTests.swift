import Testing
import ZoshKit

@testable import zosh

/// Flags of zosh itself, wherever they stand on the command line.
@Suite("Outer flags")
struct OuterFlagsTests {
    @Test(
        "behind a command they mean what they mean before it",
        arguments: [
            ("users list --format json", "--format json users list"),
            ("users list --format=json limit=2", "--format=json users list limit=2"),
            ("--demo users list --trace --connection acme", "--demo --trace --connection acme users list"),
            ("users ids --format", "users ids --format"),
            ("users add last_name=X -- --format json", "users add last_name=X -- --format json"),
            ("open people.csv --format csv", "open people.csv --format csv"),
            ("users deactivate ada --yes --dry-run", "users deactivate ada --yes --dry-run"),
            ("connections set acme --read-only=on", "connections set acme --read-only=on"),
            ("-f a.zosh leaver=ada --format json", "-f a.zosh --format json leaver=ada"),
            ("-f a.zosh --resume --format json", "-f a.zosh --format json --resume"),
            ("users list --help", "help users list"), ("users -h", "help users"),
            ("users list type=AdminUsers --help", "help users list"), ("--help", "--help"),
        ])
    func hoisting(given: String, meant: String) throws {
        let words = { (text: String) in text.split(separator: " ").map(String.init) }
        let (read, plain) = (try Arguments.read(words(given)), try Arguments.read(words(meant)))
        #expect(read.words == plain.words)
        #expect([read.connection, read.f] == [plain.connection, plain.f] && read.format == plain.format)
        #expect(
            [read.trace, read.noColor, read.readOnly, read.demo] == [
                plain.trace, plain.noColor, plain.readOnly, plain.demo,
            ])
    }

    @Test(
        "given twice they are refused, wherever they stand: the first would not count",
        arguments: [
            ["-c", "users count", "-c", "orgs show"], ["--format", "json", "--format=csv", "users", "list"],
            ["--format", "json", "users", "list", "--format", "csv"],
            ["--at-most", "1", "--at-most=9", "users", "list"],
            ["users", "list", "--connection", "a", "--connection", "b"], ["-f", "a.zosh", "-f", "b.zosh"],
        ])
    func twice(_ words: [String]) {
        #expect(throws: ZoshError.self) { try Arguments.read(words) }
    }

    @Test(
        "what only looks like one of them twice is not refused",
        arguments: [
            ["--format", "json", "users", "add", "--", "--format", "x"], ["-f", "a", "--format=csv"],
        ])
    func once(_ words: [String]) throws { _ = try Arguments.read(words) }
}
