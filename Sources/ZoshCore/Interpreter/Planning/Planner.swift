internal import ZoshKit

/// Turns a program into a plan: finds every command, expands aliases, binds every stage, follows which variables exist.
///
/// It runs nothing and asks nothing, so that a whole script can be checked before its first line runs.
struct Planner {
    let registry: CommandRegistry
    let dates: DateReader
    /// Whether the beginning of a command's word is enough.
    let prefixes: Bool
    /// Whether `!prog` may stand here.
    let allowsPrograms: Bool
    /// Whether `!prog` may stand in the files that the text runs.
    let filesMayRunPrograms: Bool
    /// The files that the text runs, as far as they could be read.
    let files: SourcedFiles
    var aliases: [String: String]
    /// Nil once a sourced file may have set anything.
    var variables: Set<String>?
    /// What the lines so far may have written to disk.
    var made = FilesMade()
    /// The files within which the text stands, by their whole paths.
    var running: Set<String> = []
    /// Whether nothing has run before the line that is planned.
    private(set) var isFirst = false
    /// What is wrong in the files it runs, once for each.
    var mistakesInFiles: [TextMistakes] = []
    private let scalars: [Unicode.Scalar]
    private let patterns = KnownPatterns()
    private var depth = 0
    /// How many aliases the present stage stands within, and how many were expanded for the present line.
    private var aliasDepth = 0
    private var expansions = 0
    /// Whether the present stage is the command of an `on`.
    private var isInFanOut = false

    init(
        _ registry: CommandRegistry, text: String, aliases: [String: String], variables: Set<String>?,
        dates: DateReader,
        prefixes: Bool, allowsPrograms: Bool = true, filesMayRunPrograms: Bool = false,
        files: SourcedFiles = SourcedFiles()
    ) {
        self.registry = registry
        self.files = files
        self.filesMayRunPrograms = filesMayRunPrograms
        self.aliases = aliases
        self.variables = variables?.union(Syntax.ownVariables)
        self.dates = dates
        self.prefixes = prefixes
        self.allowsPrograms = allowsPrograms
        scalars = Array(text.unicodeScalars)
    }

    /// - Parameter allowsParameters: whether `param` lines are welcome: only in a replayed script.
    mutating func plan(_ program: ParsedText, allowsParameters: Bool = false) -> Plan {
        var plan = Plan(errors: program.errors)
        for (index, line) in program.lines.enumerated() {
            expansions = 0
            isFirst = index == 0 && running.isEmpty && line.statements.count == 1
            do throws(ZoshError) {
                if case .parameter(let declaration)? = line.statements.first?.body {
                    guard allowsParameters, plan.lines.isEmpty, line.statements.count == 1 else {
                        throw Self.misplacedParameter(declaration)
                    }
                    plan.parameters.append(try parameter(declaration, besides: plan.parameters))
                } else {
                    let planned = PlannedLine(statements: try statements(line.statements), span: line.span)
                    try planned.checkHeader(isFirst: index == 0)
                    try planned.checkLengths()
                    if allowsParameters, let header = planned.header {
                        plan.header = header
                    } else {
                        plan.lines.append(planned)
                    }
                }
            } catch {
                plan.errors.append(error)
            }
        }
        plan.errors.sort { ($0.span?.lower ?? 0) < ($1.span?.lower ?? 0) }
        plan.mistakesInFiles = mistakesInFiles
        return plan
    }

    private static func misplacedParameter(_ declaration: Declaration) -> ZoshError {
        ZoshError(
            .usage, "'param' belongs before the first command of a script", at: declaration.name.span,
            remedy: "run the script with 'replay FILE \(declaration.name.text)=…'")
    }

    private mutating func parameter(_ declaration: Declaration, besides others: [PlannedParameter]) throws(ZoshError)
        -> PlannedParameter
    {
        guard let type = ScriptType.named(declaration.type.text) else {
            throw ZoshError(
                .usage, "'\(declaration.type.text)' is not a type", at: declaration.type.span,
                remedy: Suggestion.remedy(for: declaration.type.text, among: ScriptType.names)
                    ?? "use \(CommandRegistry.either(ScriptType.names))")
        }
        guard !others.contains(where: { $0.name.text == declaration.name.text }) else {
            throw ZoshError(.usage, "'\(declaration.name.text)' is declared twice", at: declaration.name.span)
        }
        var value: BoundValue?
        if let word = declaration.defaultValue {
            guard let text = word.literal else {
                throw ZoshError(.usage, "a default cannot hold a variable", at: word.span)
            }
            value = BoundValue(try ValueReader(dates: dates).read(text, as: type, at: word.span), at: word.span)
        }
        variables?.insert(declaration.name.text)
        return PlannedParameter(name: declaration.name, type: type, defaultValue: value)
    }

    // MARK: Statements

    private mutating func statements(_ statements: [Statement]) throws(ZoshError) -> [PlannedStatement] {
        var planned: [PlannedStatement] = []
        for statement in statements {
            let action: PlannedStatement.Action
            switch statement.body {
            case .run(let body): action = .run(try pipeline(body))
            case .keep(let name, let body):
                try checkOutsideBlock(name)
                action = .keep(name: name.text, try kept(body, as: name))
                variables?.insert(name.text)
            case .keepValue(let name, let word):
                try checkOutsideBlock(name)
                var stray: ZoshError?
                try check(variablesOf: word, stray: &stray)
                if let stray { throw stray }
                action = .keepValue(name: name.text, word)
                variables?.insert(name.text)
            case .alias(let name, let body):
                try checkOutsideBlock(name)
                action = .alias(name: name.text, text: try alias(name, body))
            case .parameter(let declaration): throw Self.misplacedParameter(declaration)
            }
            planned.append(PlannedStatement(condition: statement.condition, action: action, span: statement.span))
        }
        return planned
    }

    /// What a variable is set to. `let a = 5` is a text without its quotes as likely as a mistyped command.
    private mutating func kept(_ body: Pipeline, as name: Name) throws(ZoshError) -> PlannedPipeline {
        do { return try pipeline(body, isShown: false) } catch {
            guard error.fact == .unknownCommand, body.stages.count == 1 else { throw error }
            var error = error
            let text = String(String.UnicodeScalarView(scalars[body.span.lower..<body.span.upper]))
            error.remedy = "quote a text: let \(name.text) = '\(text.replacing("'", with: "").brief(60))'"
            throw error
        }
    }

    private func checkOutsideBlock(_ name: Name) throws(ZoshError) {
        guard depth == 0 else {
            throw ZoshError(
                .usage, "a block cannot set variables or aliases", at: name.span,
                remedy: "collect with: let NAME = … | each { … }")
        }
    }

    private mutating func alias(_ name: Name, _ body: Pipeline) throws(ZoshError) -> String {
        guard registry.root.children[name.text] == nil else {
            throw ZoshError(.usage, "'\(name.text)' is already a command", at: name.span, remedy: "choose another name")
        }
        let text = String(String.UnicodeScalarView(scalars[body.span.lower..<body.span.upper]))
        let known = variables
        // What it stands for must make sense now; its variables may come later.
        variables = nil
        defer { variables = known }
        for stage in try expanded(body.stages) where stage.stage.isProgram { _ = try program(stage.stage) }
        aliases[name.text] = text
        return text
    }

    mutating func block(_ block: Block) throws(ZoshError) -> PlannedBlock {
        depth += 1
        defer { depth -= 1 }
        return PlannedBlock(statements: try statements(block.statements), span: block.span)
    }

    // MARK: Pipelines

    /// - Parameter isShown: whether its rows are written out, rather than kept.
    private mutating func pipeline(_ body: Pipeline, isShown: Bool = true) throws(ZoshError) -> PlannedPipeline {
        var typed = try expanded(body.stages)
        if let help = HelpRequest.stage(askedBy: typed.map(\.stage), registry) {
            typed = [Expanded(stage: help, alias: nil)]
        }
        let request = try typed.last.flatMap { last throws(ZoshError) in
            try FormatRequest(last.stage, registry, dates: dates)
        }
        if let request, let last = typed.last {
            guard isShown, depth == 0 else {
                throw ZoshError(
                    .usage, "--format has no effect here: these rows are not shown", at: last.stage.span,
                    remedy: "leave it out")
            }
            typed[typed.count - 1] = Expanded(stage: request.stage, alias: last.alias)
        }
        var stages: [PlannedStage] = []
        for expanded in typed { stages.append(try stage(expanded, hasInput: !stages.isEmpty)) }
        if stages.contains(where: { $0.signature?.states(.sharesVariables) == true && $0.file == nil }) {
            variables = nil
        }
        for stage in stages { made.add(by: stage) }
        return PlannedPipeline(
            stages: stages, span: body.span, format: request?.format ?? stages.last?.standardOutputFormat)
    }

    /// A stage as it is planned, and the alias it came from.
    private struct Expanded {
        let stage: Stage
        let alias: Word?
    }

    private mutating func expanded(_ stages: [Stage]) throws(ZoshError) -> [Expanded] {
        guard !aliases.isEmpty else { return stages.map { Expanded(stage: $0, alias: nil) } }
        var result: [Expanded] = []
        for stage in stages {
            let word = stage.elements.first?.word
            let isAlias = word?.plain.flatMap { aliases[$0] } != nil
            if isAlias { expansions += 1 }
            result += try AliasExpansion.expand(stage, aliases).map { Expanded(stage: $0, alias: isAlias ? word : nil) }
        }
        return result
    }

    private mutating func stage(_ expanded: Expanded, hasInput: Bool) throws(ZoshError) -> PlannedStage {
        guard let alias = expanded.alias else { return try stage(expanded.stage, hasInput: hasInput) }
        aliasDepth += 1
        defer { aliasDepth -= 1 }
        guard aliasDepth <= AliasExpansion.deepest, expansions <= AliasExpansion.most else {
            throw ZoshError(
                .usage, "the alias '\(alias.plain ?? "")' refers to itself, or is too long", at: alias.span,
                remedy: "alias --remove \(alias.plain ?? "")")
        }
        return try stage(expanded.stage, hasInput: hasInput)
    }

    private mutating func stage(_ stage: Stage, hasInput: Bool) throws(ZoshError) -> PlannedStage {
        var stray: ZoshError?
        for element in stage.elements {
            if case .word(let word) = element { try check(variablesOf: word, stray: &stray) }
        }
        // A condition may read the row it is about.
        if var stray, !takesCondition(stage) {
            if hasInput, let remedy = Suggestion.eachRow(of: stage) { stray.remedy = remedy }
            throw stray
        }
        if !hasInput, stage.elements.count == 1, let word = stage.elements[0].word, word.soleVariable != nil {
            return PlannedStage(action: .variable(word), name: word.span, span: stage.span)
        }
        if stage.isProgram { return try program(stage) }
        let plain = stage.elements.prefix { $0.word?.plain != nil }
        let words = plain.compactMap { $0.word?.plain }
        guard !words.isEmpty else {
            let first = stage.elements[0].span
            throw ZoshError(
                .usage, "expected a command", consequence: nil, at: first, remedy: CommandRegistry.overview,
                fact: .unknownCommand)
        }
        switch registry.resolve(words, spans: plain.map(\.span), prefixes: prefixes, isPiped: hasInput) {
        case .unknown(let error): throw error
        case .command(let entry, let count, _) where entry.signature.states(.fansOut):
            guard !isInFanOut else {
                throw ZoshError(.usage, "'on' cannot run 'on'", at: stage.elements[0].span, remedy: "on all users list")
            }
            var planner = self
            planner.isInFanOut = true
            return try FanOut.plan(stage, entry, after: count, hasInput: hasInput, dates: dates) {
                inner throws(ZoshError) in
                try planner.expanded([inner]).map { expanded throws(ZoshError) in
                    try planner.stage(expanded, hasInput: false)
                }
            }
        case .command(let entry, let count, _):
            let name = stage.elements[0].span.union(stage.elements[count - 1].span)
            let planned = PlannedStage(action: .command(entry), name: name, span: stage.span)
            var bound = try Binder.bind(
                planned, entry.signature, Array(stage.elements.dropFirst(count)), hasInput: hasInput, dates: dates,
                patterns: patterns
            ) { block throws(ZoshError) in try self.block(block) }
            bound.file = file(runBy: bound, entry.signature)
            return bound
        }
    }

    private func takesCondition(_ stage: Stage) -> Bool {
        let plain = stage.elements.prefix { $0.word?.plain != nil }
        let words = plain.compactMap { $0.word?.plain }
        guard case .command(let entry, _, _) = registry.resolve(words, spans: plain.map(\.span), prefixes: prefixes)
        else { return false }
        return entry.signature.positional.contains { $0.type == .expression }
    }

    /// `!jq -c .id`: the first word names the program, the others are given to it as they are.
    private func program(_ stage: Stage) throws(ZoshError) -> PlannedStage {
        var words: [Word] = []
        for element in stage.elements {
            guard let word = element.word else {
                throw ZoshError(
                    .usage, "a program takes no block", at: element.span, remedy: "quote a '{' that is text")
            }
            words.append(word)
        }
        let sign = words[0].span
        // `! jq` is `!jq`.
        if let name = words[0].dropping(bare: "!"), !name.fragments.isEmpty {
            words[0] = name
        } else {
            words.removeFirst()
        }
        guard let name = words.first else {
            throw ZoshError(.usage, "expected a program after '!'", at: sign, remedy: "!jq .id")
        }
        guard allowsPrograms else {
            throw ZoshError(
                .usage, "scripts may not run other programs", at: sign.union(name.span),
                remedy: "read what it runs, then add --allow-external")
        }
        var planned = PlannedStage(action: .program(name), name: sign.union(name.span), span: stage.span)
        planned.given = words.map { .init(parameter: ExternalProgram.word, source: .deferred($0)) }
        return planned
    }

    /// - Parameter stray: the first `$it` outside a block.
    private func check(variablesOf word: Word, stray: inout ZoshError?) throws(ZoshError) {
        for fragment in word.fragments {
            guard case .variable(let reference) = fragment.kind else { continue }
            if reference.name == "it" {
                guard depth == 0, stray == nil else { continue }
                stray = ZoshError(
                    .usage, "'$it' exists only between '{' and '}' and in conditions", at: fragment.span,
                    remedy: "… | each { … $it.id … }")
            } else if let variables, !variables.contains(reference.name) {
                throw ZoshError(
                    .usage, "there is no variable '$\(reference.name)'", at: fragment.span,
                    remedy: Suggestion.nearest(to: reference.name, among: variables.sorted()).map {
                        "did you mean '$\($0)'?"
                    }
                        ?? "set it first: let \(reference.name) = …")
            }
        }
    }
}
