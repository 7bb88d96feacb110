import Testing
import ZoshKit

@testable import ZoshCore

/// docs/LANGUAGE.md's grammar, one table for each of its rules: what belongs to it, and what does not.
struct GrammarTests {
    /// The tree of a text; an error as `kind: problem`.
    private func tree(_ text: String) -> String {
        let program = Syntax.parse(text)
        if let error = program.errors.first { return "\(error.kind): \(error.problem)" }
        return ParserTests.shown(program)
    }

    @Test(
        "program = { line NEWLINE }",
        arguments: [
            ("", ""), ("\n\n", ""), ("a", "a"), ("a\n", "a"), ("a\nb", "a ⏎ b"), ("\n a \n\n b \n", "a ⏎ b"),
            ("# c\na # d\n#e", "a"),
            ("a\r\nb", "a ⏎ b"),
        ])
    func program(text: String, expected: String) { #expect(tree(text) == expected) }

    @Test(
        "line = statement { (\";\" | \"&&\" | \"||\") statement }",
        arguments: [
            ("a;b", "a ; b"), ("a ; b ;", "a ; b"), ("a&&b", "a && b"), ("a||b", "a || b"),
            ("a && b || c ; d", "a && b || c ; d"), ("a &&\nb", "a && b"),
            (";", "usage: a command is missing before ';'"), ("a ; ; b", "usage: a command is missing before ';'"),
            ("a &&", "incomplete: a command is missing after '&&'"),
            ("a || || b", "usage: a command is missing after '||'"), ("a && }", "a && }"), ("a & b", "a,&,b"),
        ])
    func line(text: String, expected: String) { #expect(tree(text) == expected) }

    @Test(
        "statement = let | alias | param | pipeline",
        arguments: [
            ("let x = a | b", "let(x):a|b"), ("let x = 'v'", "value(x):v"), ("let x = $y", "value(x):$"),
            ("let x =\n\n a", "let(x):a"), ("alias a-b = c d", "alias(a-b):c,d"),
            ("alias", "alias"), ("alias --remove x", "alias,--remove,x"), ("param a: user", "param(a:user)"),
            ("param a:text = 'b c'", "param(a:text=b c)"),
            ("let", "incomplete: a name is missing"), ("let x", "incomplete: '=' is missing"),
            ("let x=a", "usage: expected a name: letters, digits and '_'"),
            ("let 1x = a", "usage: expected a name: letters, digits and '_'"),
            ("let last = a", "usage: '$last' is set by zosh itself"),
            ("let x = | a", "usage: a value is missing after '='"),
            ("param a", "usage: a parameter is declared as NAME: TYPE"),
            ("param a: t b", "usage: nothing more belongs on this line"),
            ("param a: t =", "incomplete: a value is missing after '='"),
            ("'let' x = a", "let,x,=,a"),
        ])
    func statement(text: String, expected: String) { #expect(tree(text) == expected) }

    @Test(
        "pipeline = stage { \"|\" stage }",
        arguments: [
            ("a|b", "a|b"), ("a |\n b", "a|b"), ("a | b | c", "a|b|c"), ("$x | a", "$|a"), ("!p | a | !q", "!p|a|!q"),
            ("| a", "usage: a command is missing before '|'"), ("a | | b", "usage: a command is missing after '|'"),
            ("a |", "incomplete: a command is missing after '|'"), ("a | ; b", "usage: a command is missing after '|'"),
            ("'a|b'", "a|b"),
        ])
    func pipeline(text: String, expected: String) { #expect(tree(text) == expected) }

    @Test(
        "stage = { WORD | block }",
        arguments: [
            ("a b 'c d' \"e\" f\\ g", "a,b,c d,e,f g"), ("a \\\n b", "a,b"),
            ("a name=value --x --y=1 @f @- $z", "a,name=value,--x,--y=1,@f,@-,$"), ("a { b } c", "a,{b},c"),
            ("a 'b", "incomplete: the quote opened here is never closed"),
            ("a \"b", "incomplete: the quote opened here is never closed"),
            ("a \\", "incomplete: the line ends in a backslash"),
            ("''", ""), ("a ''", "a,"), ("a{b", "a{b"), ("a b#c", "a,b#c"),
        ])
    func stage(text: String, expected: String) { #expect(tree(text) == expected) }

    @Test(
        "a line goes on inside parentheses; what is open where the stage ends is a mistake, and no part of the next",
        arguments: [
            ("a (b\n c)", "a,(b,c)"), ("a (b (\r\n c) d\r\n)", "a,(b,(,c),d,)"), ("a in(b,\n c) | d", "a,in(b,,c)|d"),
            ("a x(b\nc", "a,x(b ⏎ c"), ("a (b x(c)\n d)", "a,(b,x(c),d)"), ("a not(b\n c)", "a,not(b,c)"),

            ("a (b) c\nd", "a,(b),c ⏎ d"), ("a b)\nc", "a,b) ⏎ c"), ("a '(' b\nc", "a,(,b ⏎ c"),
            ("a \\(\nc", "a,( ⏎ c"),
            ("a # (\nc", "a ⏎ c"), ("a (b | c", "a,(b|c"), ("e { a (b\n c) }", "e,{a,(b,c)}"),
            ("a (b", "incomplete: the parenthesis opened here is never closed"),
            ("a (b\nc", "incomplete: the parenthesis opened here is never closed"),
            ("a (b\nc | d", "usage: the parenthesis opened here is never closed"),
            ("a (b\nc; d", "usage: the parenthesis opened here is never closed"),
            ("a (b\nc && d", "usage: the parenthesis opened here is never closed"),
        ])
    func parentheses(text: String, expected: String) { #expect(tree(text) == expected) }

    @Test(
        "block = \"{\" line { (NEWLINE | \";\") line } \"}\"",
        arguments: [
            ("e { a }", "e,{a}"), ("e {a}", "e,{a}"), ("e {\n a\n\n b; c\n}", "e,{a ; b ; c}"),
            ("e { a && b || c }", "e,{a && b || c}"), ("e { f { a } }", "e,{f,{a}}"), ("e { a | b }", "e,{a|b}"),
            ("e {", "incomplete: the block opened here is never closed"),
            ("e { a", "incomplete: the block opened here is never closed"),
            ("e { }", "usage: a command is missing before '}'"), ("e { | }", "usage: a command is missing before '|'"),
            ("a }", "a,}"),
        ])
    func block(text: String, expected: String) { #expect(tree(text) == expected) }

    // MARK: Conditions

    private func condition(_ text: String) -> String {
        let program = Syntax.parse("where " + text)
        guard case .run(let pipeline) = program.lines.first?.statements.first?.body else {
            return program.errors.first?.problem ?? "no line"
        }
        let words = pipeline.stages[0].elements.dropFirst().compactMap(\.word)
        do { return shown(try ConditionParser.parse(words, after: Span(0, 5), dates: Rig.dates)) } catch {
            return "\(error.problem)"
        }
    }

    private func shown(_ condition: Condition) -> String {
        switch condition {
        case .and(let terms): "(" + terms.map(shown).joined(separator: " and ") + ")"
        case .or(let terms): "(" + terms.map(shown).joined(separator: " or ") + ")"
        case .not(let a): "not \(shown(a))"
        case .compare(let a, let sign, let b): "\(shown(a))\(sign.rawValue)\(shown(b))"
        case .oneOf(let a, let others): "\(shown(a)) in [\(others.map(shown).joined(separator: ","))]"
        case .matches(let a, let b): "\(shown(a))~\(shown(b))"
        case .contains(let a, let b): "\(shown(a)) contains \(shown(b))"
        case .holds(let a): shown(a)
        }
    }

    private func shown(_ operand: Operand) -> String {
        switch operand {
        case .field(let use): use.path.description
        case .literal(let literal):
            literal.value.isNull ? "null" : literal.value.string.map { "'\($0)'" } ?? literal.value.text
        case .deferred: "$"
        }
    }

    @Test(
        "condition = term { \"or\" term }, term = factor { \"and\" factor }",
        arguments: [
            ("a or b", "(a or b)"), ("a and b", "(a and b)"), ("a or b and c or d", "(a or (b and c) or d)"),
            ("(a or b) and c", "((a or b) and c)"), ("a == and and b == or", "(a=='and' and b=='or')"),
            ("a or", "a condition is missing"), ("and a", "expected 'and', 'or' or end of condition"),
            ("a b", "'b' is not an operator"), ("", "a condition is missing"),
        ])
    func condition(text: String, expected: String) { #expect(condition(text) == expected) }

    @Test(
        "factor = \"not\" factor | \"(\" condition \")\" | FIELD [ comparison ]",
        arguments: [
            ("not a", "not a"), ("not not a", "not not a"), ("not a and b", "(not a and b)"),
            ("not (a and b)", "not (a and b)"), ("((a))", "a"), ("role.name", "role.name"), ("'a b' == c", "a b=='c'"),
            ("(a", "the parenthesis opened here is never closed"), ("a)", "expected 'and', 'or' or end of condition"),
            ("()", "expected a field before ')'"), ("== a", "expected a field before '=='"),
            ("not", "a condition is missing"),
        ])
    func factor(text: String, expected: String) { #expect(condition(text) == expected) }

    @Test(
        "comparison: the signs",
        arguments: [
            ("a == b", "a=='b'"), ("a = b", "a=='b'"), ("a=b", "a=='b'"), ("a != b", "a!='b'"), ("a<b", "a<'b'"),
            ("a <= b", "a<='b'"), ("a > b", "a>'b'"), ("a>=b", "a>='b'"), ("a ~ b", "a~'b'"), ("a!~b", "not a~'b'"),
            ("a == null", "a==null"), ("a == true", "a==true"), ("a == 'null'", "a=='null'"), ("a == $x", "a==$"),
            ("a == \"x$y\"", "a==$"), ("a > 30d ago", "a>'30d ago'"), ("a > 2 weeks ago", "a>'2 weeks ago'"),
            ("a == ''", "a==''"),
            ("a ==", "a value is missing after '=='"), ("a == == b", "a value is missing after '=='"),
            ("a > 3 ago", "'3 ago' is not a date"), ("a == b c", "expected 'and', 'or' or end of condition"),
        ])
    func comparison(text: String, expected: String) { #expect(condition(text) == expected) }

    @Test(
        "comparison: in a list",
        arguments: [
            ("a in (b)", "a in ['b']"), ("a in (b, 'c d',e)", "a in ['b','c d','e']"),
            ("a not in (b)", "not a in ['b']"), ("a in $x", "a in [$]"), ("a in ($x, b)", "a in [$,'b']"),
            ("a in", "a value is missing after 'in'"), ("a in b", "expected a list after 'in'"),
            ("a in (b", "the parenthesis opened here is never closed"), ("a in ()", "a value is missing after '('"),
            ("a in (b c)", "expected ',' or ')'"),
            ("in in (in)", "in in ['in']"),
        ])
    func list(text: String, expected: String) { #expect(condition(text) == expected) }
}
