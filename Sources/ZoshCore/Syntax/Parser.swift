internal import ZoshKit

/// Tokens to a tree, by recursive descent. Knows the grammar and no command.
///
/// An error costs the line it stands in: reading continues after the line break, so that a script shows all of its
/// mistakes at once. Nesting is bounded, because the descent is.
struct Parser {
    static let deepest = 32
    /// Each stage stands on those before it.
    static let mostStages = 500

    private let tokens: [Token]
    private let end: Int
    private var position = 0
    private var depth = 0

    static func parse(_ text: String) -> ParsedText {
        let lexed = Lexer.lex(text)
        var parser = Parser(tokens: lexed.tokens, end: text.unicodeScalars.count)
        var program = parser.program()
        if let problem = lexed.problem {
            if let last = program.lines.last, last.span.upper == parser.end { program.lines.removeLast() }
            program.errors.append(problem)
        }
        if !lexed.mistakes.isEmpty {
            // Whatever else is wrong with these lines may come from it.
            func isSpoilt(_ span: Span) -> Bool {
                lexed.mistakes.contains {
                    ($0.span?.lower ?? 0) >= span.lower && ($0.span?.lower ?? 0) < max(span.upper, span.lower + 1)
                }
            }
            program.lines.removeAll { isSpoilt($0.span) }
            program.errors.append(contentsOf: lexed.mistakes)
        }
        return program
    }

    private init(tokens: [Token], end: Int) {
        self.tokens = tokens
        self.end = end
    }

    private var next: Token? { position < tokens.count ? tokens[position] : nil }
    private var nextKind: Token.Kind? { next?.kind }

    private func plainWord(_ ahead: Int = 0) -> String? {
        guard position + ahead < tokens.count, case .word(let word) = tokens[position + ahead].kind else { return nil }
        return word.plain
    }

    // MARK: Lines

    private mutating func program() -> ParsedText {
        var program = ParsedText()
        while next != nil {
            if nextKind == .newline {
                position += 1
                continue
            }
            do throws(ZoshError) {
                program.lines.append(try line())
            } catch {
                program.errors.append(error)
                skipLine()
            }
        }
        return program
    }

    private mutating func skipLine() {
        var open = 0
        depth = 0
        while let kind = nextKind {
            if kind == .newline && open <= 0 { return }
            if kind == .open { open += 1 }
            if kind == .close { open -= 1 }
            position += 1
        }
    }

    private mutating func line() throws(ZoshError) -> Line {
        let start = next!.span.lower
        let statements = try statements()
        if nextKind == .close {
            throw ZoshError(.usage, "this '}' has no '{' before it", at: next!.span, remedy: "quote it, or remove it")
        }
        return Line(statements: statements, span: Span(start, tokens[position - 1].span.upper))
    }

    /// Statements up to a line break, or inside a block up to `}`.
    private mutating func statements() throws(ZoshError) -> [Statement] {
        var statements: [Statement] = []
        var condition = Statement.Condition.always
        while true {
            if depth > 0 { skipNewlines() }
            if statements.isEmpty || nextKind != nil && nextKind != .newline && nextKind != .close {
                statements.append(try statement(condition))
            }
            switch nextKind {
            case .semicolon:
                condition = .always
                position += 1
            case .newline where depth > 0:
                condition = .always
                skipNewlines()
            case .ifDone, .ifFailed:
                condition = nextKind == .ifDone ? .ifDone : .ifFailed
                try continueAfter(next!, "a command is missing after '\(condition == .ifDone ? "&&" : "||")'")
                continue
            default: return statements
            }
            if nextKind == nil || nextKind == .close || nextKind == .newline && depth == 0 { return statements }
        }
    }

    private mutating func skipNewlines() { while nextKind == .newline { position += 1 } }

    /// After `|`, `&&`, `||` or `=`: the rest may stand on the next line; where nothing follows, more text can cure it.
    private mutating func continueAfter(_ token: Token, _ problem: String) throws(ZoshError) {
        position += 1
        skipNewlines()
        switch nextKind {
        case nil: throw ZoshError(.incomplete, problem, at: token.span)
        case .word, .open: return
        default: throw ZoshError(.usage, problem, at: token.span)
        }
    }

    // MARK: Statements

    private mutating func statement(_ condition: Statement.Condition) throws(ZoshError) -> Statement {
        let start = next?.span.lower ?? end
        let body: Statement.Body =
            switch keyword {
            case .keep: try binding()
            case .abbreviate where plainWord(2) == "=": try binding()
            case .declare: .parameter(try declaration())
            default: .run(try pipeline())
            }
        return Statement(condition: condition, body: body, span: Span(start, tokens[position - 1].span.upper))
    }

    private var keyword: Keyword? { plainWord().flatMap(Keyword.init) }

    private mutating func binding() throws(ZoshError) -> Statement.Body {
        let first = next!
        let isAlias = keyword == .abbreviate
        position += 1
        let name = try name(after: first, allowing: isAlias ? "-" : "")
        let usage = isAlias ? "alias NAME = PIPELINE" : "let NAME = PIPELINE"
        guard let sign = next else { throw ZoshError(.incomplete, "'=' is missing", at: name.span, remedy: usage) }
        guard plainWord() == "=" else {
            throw ZoshError(.usage, "expected '=' with spaces around it", at: sign.span, remedy: usage)
        }
        try continueAfter(sign, "a value is missing after '='")
        if isAlias { return .alias(name: name, try pipeline()) }
        try Self.checkFree(name)
        if case .word(let word) = nextKind, word.plain == nil, word.fragments.first?.kind != .bare,
            endsStatement(after: position)
        {
            position += 1
            return .keepValue(name: name, word)
        }
        return .keep(name: name, try pipeline())
    }

    private static func checkFree(_ name: Name) throws(ZoshError) {
        guard name.text == "it" || Syntax.ownVariables.contains(name.text) else { return }
        throw ZoshError(.usage, "'$\(name.text)' is set by zosh itself", at: name.span, remedy: "choose another name")
    }

    private func endsStatement(after index: Int) -> Bool {
        guard index + 1 < tokens.count else { return true }
        switch tokens[index + 1].kind {
        case .semicolon, .ifDone, .ifFailed, .newline, .close: return true
        case .word, .pipe, .open: return false
        }
    }

    private mutating func name(after token: Token, allowing extra: String) throws(ZoshError) -> Name {
        guard let found = next else { throw ZoshError(.incomplete, "a name is missing", at: token.span) }
        guard let text = plainWord(), Word.isName(text),
            text.allSatisfy({ $0 != "." && ($0 != "-" || extra.contains($0)) })
        else {
            throw ZoshError(.usage, "expected a name: letters, digits and '_'", at: found.span)
        }
        position += 1
        return Name(text: text, span: found.span)
    }

    /// `param leaver: user = ada@x`
    private mutating func declaration() throws(ZoshError) -> Declaration {
        let keyword = next!
        let usage = "param NAME: TYPE [= DEFAULT]"
        position += 1
        guard let head = next else {
            throw ZoshError(.incomplete, "a name is missing", at: keyword.span, remedy: usage)
        }
        guard let text = plainWord(), let colon = text.unicodeScalars.firstIndex(of: ":"),
            case let name = String(text.unicodeScalars[..<colon]), Word.isName(name), !name.contains("."),
            !name.contains("-")
        else { throw ZoshError(.usage, "a parameter is declared as NAME: TYPE", at: head.span, remedy: usage) }
        position += 1
        let length = name.unicodeScalars.count
        let nameSpan = Span(head.span.lower, head.span.lower + length)
        try Self.checkFree(Name(text: name, span: nameSpan))
        var type = Name(
            text: String(text.unicodeScalars[colon...].dropFirst()), span: Span(nameSpan.upper + 1, head.span.upper))
        if type.text.isEmpty {
            guard let typeToken = next, let typeText = plainWord() else {
                throw ZoshError(
                    next == nil ? .incomplete : .usage, "the type of '\(name)' is missing", at: head.span, remedy: usage
                )
            }
            type = Name(text: typeText, span: typeToken.span)
            position += 1
        }
        var value: Word?
        if plainWord() == "=" {
            let sign = next!
            position += 1
            guard case .word(let word) = nextKind else {
                throw ZoshError(
                    next == nil ? .incomplete : .usage, "a value is missing after '='", at: sign.span, remedy: usage)
            }
            value = word
            position += 1
        }
        if case .word = nextKind {
            throw ZoshError(.usage, "nothing more belongs on this line", at: next!.span, remedy: usage)
        }
        return Declaration(name: Name(text: name, span: nameSpan), type: type, defaultValue: value)
    }

    // MARK: Pipelines

    private mutating func pipeline() throws(ZoshError) -> Pipeline {
        var stages = [try stage()]
        while nextKind == .pipe {
            guard stages.count < Self.mostStages else {
                throw ZoshError(
                    .usage, "this pipeline has more than \(Self.mostStages) stages", at: next!.span,
                    remedy: "keep rows in a variable between: let NAME = …")
            }
            try continueAfter(next!, "a command is missing after '|'")
            stages.append(try stage())
        }
        return Pipeline(stages: stages, span: stages[0].span.union(stages[stages.count - 1].span))
    }

    private mutating func stage() throws(ZoshError) -> Stage {
        var elements: [Element] = []
        loop: while let token = next {
            switch token.kind {
            case .word(let word):
                elements.append(.word(word))
                position += 1
            case .open: elements.append(.block(try block()))
            default: break loop
            }
        }
        guard let first = elements.first, let last = elements.last else { throw missingCommand() }
        return Stage(elements: elements, span: first.span.union(last.span))
    }

    private func missingCommand() -> ZoshError {
        guard let token = next else { return ZoshError(.incomplete, "a command is missing", at: Span(end, end)) }
        let sign =
            switch token.kind {
            case .pipe: "|"
            case .semicolon: ";"
            case .ifDone: "&&"
            case .ifFailed: "||"
            case .close: "}"
            case .newline, .open, .word: "the end of the line"
            }
        return ZoshError(.usage, "a command is missing before '\(sign)'", at: token.span)
    }

    private mutating func block() throws(ZoshError) -> Block {
        let open = next!
        guard depth < Self.deepest else { throw ZoshError(.usage, "blocks are nested too deeply here", at: open.span) }
        position += 1
        depth += 1
        defer { depth -= 1 }
        skipNewlines()
        guard next != nil else { throw Self.openBlock(open) }
        let statements = try statements()
        guard let close = next else { throw Self.openBlock(open) }
        guard close.kind == .close else { throw ZoshError(.usage, "expected '}'", at: close.span) }
        position += 1
        return Block(statements: statements, span: open.span.union(close.span))
    }

    private static func openBlock(_ open: Token) -> ZoshError {
        ZoshError(.incomplete, "the block opened here is never closed", at: open.span, remedy: "close it with '}'")
    }
}
