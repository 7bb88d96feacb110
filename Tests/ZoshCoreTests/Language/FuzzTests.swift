import Testing
import ZoshKit

@testable import ZoshCore

/// Random texts out of the language's own pieces: whatever they are, reading them ends, stays inside the text, and is
/// the same each time.
struct FuzzTests {
    /// SplitMix64: the same texts on every machine.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let pieces = [
        " ", " ", " ", "\n", "\t", "|", "||", "&&", "&", ";", "#", "'", "\"", "\\", "$", "$x", "$it.id", "$last", ".",
        ",", "=", "==", "@", "@-", "--", "-",
        "{", "}", "(", ")", "~", "!~", "!", "!=", "<", ">=", "let", "let x = ", "alias a = ", "param p: text", "users",
        "list", "users list", "people", "lookup",
        "update", "probe", "deep", "er", "where", "where status == active", "and", "or", "not", "in", "ago", "30d",
        "null", "select", "as", "sort", "first", "3",
        "99999999999999999999", "each {", "assert", "count", "join", "on", "type=", "ids=1,2", "--number", "=5", "loud",
        "day=", "2026-01-31", "é", "e\u{301}", "👩‍💻", "\u{202E}",
        "\u{0}", "\u{1B}", "\u{A0}", "\u{FEFF}", "[", "]", "*", "+", "?", "^", "{1,2}", "(?",
    ]

    private func isInside(_ span: Span?, _ length: Int) -> Bool {
        span.map { 0 <= $0.lower && $0.upper <= length } ?? false
    }

    @Test("a hundred thousand random texts are read without a trap", arguments: 0..<8)
    func texts(part: Int) throws {
        var random = Generator(state: UInt64(part) &* 7919 &+ 1)
        let registry = try CommandRegistry([CoreModule(version: "1"), TestModule()])
        for _ in 0..<12_500 {
            let text = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                Self.pieces.randomElement(using: &random) ?? ""
            }.joined()
            let length = text.unicodeScalars.count
            let program = Syntax.parse(text)
            var planner = Planner(
                registry, text: text, aliases: ["a": "people | first 1"], variables: ["x"], dates: Rig.dates,
                prefixes: true)
            let plan = planner.plan(program)
            for error in plan.errors where error.problem.isEmpty || !isInside(error.span, length) {
                Issue.record("\(error) for \(text.debugDescription)")
            }
            let cursor = Int.random(in: 0...length, using: &random)
            let context = Syntax.cursorContext(text, cursor)
            if !isInside(context.range, cursor) { Issue.record("\(context.range) for \(text.debugDescription)") }
            _ = registry.slot(at: context)
        }
    }
}
