import Testing
import ZoshKit

@testable import ZoshCore

struct ParserTests {
    /// The tree as text: stages by `|`, statements by their condition, lines by `⏎`.
    static func shown(_ program: ParsedText) -> String {
        program.lines.map { statements($0.statements) }.joined(separator: " ⏎ ")
    }

    private static func statements(_ statements: [Statement]) -> String {
        statements.enumerated().map { index, statement in
            let sign =
                index == 0
                ? "" : statement.condition == .always ? " ; " : statement.condition == .ifDone ? " && " : " || "
            return sign + body(statement.body)
        }.joined()
    }

    private static func body(_ body: Statement.Body) -> String {
        switch body {
        case .run(let pipeline): Self.pipeline(pipeline)
        case .keep(let name, let pipeline): "let(\(name.text)):\(Self.pipeline(pipeline))"
        case .keepValue(let name, let word): "value(\(name.text)):\(word.literal ?? "$")"
        case .alias(let name, let pipeline): "alias(\(name.text)):\(Self.pipeline(pipeline))"
        case .parameter(let declaration):
            "param(\(declaration.name.text):\(declaration.type.text)"
                + "\(declaration.defaultValue.map { "=" + ($0.literal ?? "") } ?? ""))"
        }
    }

    private static func pipeline(_ pipeline: Pipeline) -> String {
        pipeline.stages.map { stage in
            stage.elements.map { element in
                switch element {
                case .word(let word): word.literal ?? "$"
                case .block(let block): "{\(statements(block.statements))}"
                }
            }.joined(separator: ",")
        }.joined(separator: "|")
    }

    @Test(
        "one table for the whole grammar",
        arguments: [
            ("users list", "users,list"),
            ("", ""),
            ("# only a comment", ""),
            ("a | b c | d", "a|b,c|d"),
            ("a; b && c || d", "a ; b && c || d"),
            ("a ;", "a"),
            ("a\nb", "a ⏎ b"),
            ("a |\n b", "a|b"),
            ("a &&\n\n b", "a && b"),
            ("a ||\n b", "a || b"),
            ("a \\\n b", "a,b"),
            ("let x = a b | c", "let(x):a,b|c"),
            ("let x =\n a", "let(x):a"),
            ("let x = 'a b'", "value(x):a b"),
            ("let x = \"a\"; b", "value(x):a ; b"),
            ("let x = $y", "value(x):$"),
            ("let x = $y | count", "let(x):$|count"),
            ("let x = 'a' b", "let(x):a,b"),
            ("alias x-y = a | b", "alias(x-y):a|b"),
            ("alias", "alias"),
            ("alias x", "alias,x"),
            ("param a: user", "param(a:user)"),
            ("param a:user", "param(a:user)"),
            ("param a: text = 'x y'", "param(a:text=x y)"),
            ("each { a }", "each,{a}"),
            ("x | each { a | b; c && d }", "x|each,{a|b ; c && d}"),
            ("each {\n a\n b\n}", "each,{a ; b}"),
            ("each { each { a } }", "each,{each,{a}}"),
            ("let", ""),
            ("!jq -c '.id' | a", "!jq,-c,.id|a"),
            ("a | !jq .", "a|!jq,."),
            ("let x = !cat f", "let(x):!cat,f"),
        ])
    func grammar(text: String, expected: String) {
        let program = Syntax.parse(text)
        #expect(Self.shown(program) == expected)
    }

    @Test(
        "mistakes are told at their place",
        arguments: [
            ("| a", 0, 1), ("a | | b", 2, 3), ("a && ; b", 2, 4), ("a ; ; b", 4, 5),
            ("let 5 = a", 4, 5), ("let x a", 6, 7), ("let last = a", 4, 8), ("let x-y = a", 4, 7), ("param a", 6, 7),
            ("param a: text b", 14, 15), ("each { | }", 7, 8), ("each { }", 7, 8), ("&& a", 0, 2), ("; a", 0, 1),
            ("let x = | a", 6, 7),
        ])
    func mistakes(text: String, lower: Int, upper: Int) {
        let errors = Syntax.parse(text).errors
        #expect(errors.map(\.kind) == [.usage])
        #expect(errors.first?.span == Span(lower, upper))
        #expect(Syntax.isComplete(text))
    }

    @Test(
        "what more text can cure is incomplete",
        arguments: [
            "a |", "a &&", "a ||", "a 'b", "a \"b", "a \\", "let", "let x", "let x =", "each {", "each { a",
            "each { a |", "param", "param a:",
            "param a: text =", "each { 'x", "a\nb |",
        ])
    func incomplete(text: String) {
        #expect(!Syntax.isComplete(text))
        #expect(Syntax.parse(text).errors.contains { $0.kind == .incomplete })
    }

    @Test("a mistake that no text can cure is complete even with an open quote")
    func wrongAndOpen() { #expect(Syntax.isComplete("| 'a")) }

    @Test("every line with a mistake is told, the others are read")
    func recovery() {
        let program = Syntax.parse("a\nb || || b\nc { ; }\nd\nlet 1 = x\ne")
        #expect(Self.shown(program) == "a ⏎ d ⏎ e")
        #expect(program.errors.count == 3)
    }

    @Test("blocks nested beyond reason are refused, not run into")
    func deepBlocks() {
        let text = String(repeating: "each { ", count: 5000) + "a" + String(repeating: " }", count: 5000)
        #expect(Syntax.parse(text).errors.first?.kind == .usage)
        #expect(!Syntax.parse(String(repeating: "each { ", count: 40)).errors.isEmpty)
    }

    static let examples = [
        "users list type=AdminUsers | select id, email as mail | sort -mail | first 5",
        "users ids type=ActiveUsers | users lookup && count || fails # comment",
        "let x = users list | where role.name ~ '^Sales (EU|US)$' and not (age < 5 or status in (a, b))",
        "users update ada@acme.test city='New York' --dry-run; $x | each { users deactivate $it.id --yes; probe "
            + "\"$it.email!\" }",
        "alias a = b | c; param x: text = \"y\"",
        "probe @file list=a,'b,c',$x.y --number=3 \\\n --loud -- --x",
        "replay f.zosh a=1 \u{1F469}\u{200D}\u{1F4BB} é",
    ]

    @Test("every prefix of every line is read without a trap, and is either whole or told", arguments: examples)
    func prefixes(line: String) throws {
        let scalars = Array(line.unicodeScalars)
        var planner = Planner(
            try CommandRegistry([CoreModule(version: "1"), TestModule()]), text: line, aliases: [:], variables: [],
            dates: Rig.dates, prefixes: true)
        for count in 0...scalars.count {
            let prefix = String(String.UnicodeScalarView(scalars[..<count]))
            let program = Syntax.parse(prefix)
            for error in program.errors {
                let span = try #require(error.span)
                #expect(span.lower >= 0 && span.upper <= count)
            }
            _ = planner.plan(program)
            let context = Syntax.cursorContext(prefix, count)
            #expect(context.range.upper == count && context.range.lower <= count)
        }
        #expect(Syntax.parse(line).errors.isEmpty)
    }
}
