internal import ZoshKit

/// Gives a stage's words to the parameters of a signature, each checked as far as the text alone allows.
///
/// One rule for all commands: `name=value` is `--name value`, except where a bare `name=value` is a Zoho field; bare
/// words fill the arguments in order; what fits nowhere is an error at its place, with the nearest thing that would.
struct Binder {
    private let signature: Signature
    private let values: ValueReader
    private let patterns: KnownPatterns
    private let place: Span
    private let hasInput: Bool
    private var stage: PlannedStage
    private var arguments: ArraySlice<Parameter>
    private var counts: [String: Int] = [:]
    private var optionsEnded = false

    /// - Parameters:
    ///   - elements: what follows the command's name.
    ///   - block: plans a block, in the planner's present state.
    static func bind(
        _ stage: PlannedStage, _ signature: Signature, _ elements: [Element], hasInput: Bool, dates: DateReader,
        patterns: KnownPatterns = KnownPatterns(), block: (Block) throws(ZoshError) -> PlannedBlock
    ) throws(ZoshError) -> PlannedStage {
        var binder = Binder(stage, signature, hasInput: hasInput, dates: dates, patterns: patterns)
        try binder.checkInput()
        try binder.take(elements, block)
        try binder.checkComplete()
        try NeededWords.check(binder.stage, hasInput: hasInput)
        return binder.stage
    }

    private init(
        _ stage: PlannedStage, _ signature: Signature, hasInput: Bool, dates: DateReader, patterns: KnownPatterns
    ) {
        self.patterns = patterns
        self.stage = stage
        self.signature = signature
        self.hasInput = hasInput
        values = ValueReader(dates: dates)
        place = stage.name
        arguments = signature.positional[...]
    }

    private func checkInput() throws(ZoshError) {
        switch (signature.input, hasInput) {
        case (.none, true):
            throw ZoshError(
                .usage, "'\(signature.name)' cannot read from a pipe", at: place,
                remedy: "put it first, or on a separate line")
        case (.required, false):
            throw ZoshError(
                .usage, "'\(signature.name)' needs rows to work on", at: place, remedy: example(behindPipe: true))
        default: return
        }
    }

    private mutating func take(_ elements: [Element], _ plan: (Block) throws(ZoshError) -> PlannedBlock)
        throws(ZoshError)
    {
        var rest = elements[...]
        while let element = rest.first {
            rest = rest.dropFirst()
            switch element {
            case .block(let block):
                guard let parameter = arguments.first, parameter.type == .pipeline else {
                    throw ZoshError(
                        .usage, "'\(signature.name)' takes no block", at: block.span, remedy: "quote a '{' that is text"
                    )
                }
                stage.block = try plan(block)
                use(parameter)
                arguments = arguments.dropFirst()
            case .word(let word):
                if !optionsEnded, let option = word.dropping(bare: "--") {
                    try take(option: option, at: word, &rest)
                } else if arguments.first?.type == .expression {
                    return try take(expression: [element] + rest)
                } else if !optionsEnded, let assignment = word.assignment {
                    try take(assignment, word, before: rest.first)
                } else if !optionsEnded, signature.fields != nil, let assignment = word.labelledAssignment {
                    try take(assignment, word, before: rest.first)
                } else {
                    try take(argument: word)
                }
            }
        }
    }

    // MARK: Options

    private mutating func take(option: Word, at word: Word, _ rest: inout ArraySlice<Element>) throws(ZoshError) {
        if option.fragments.isEmpty {
            optionsEnded = true
            return
        }
        let assignment = option.assignment
        guard let name = assignment?.name ?? option.literal, let parameter = signature.parameter(named: name) else {
            throw unknownOption(
                assignment?.name ?? option.literal ?? "",
                at: Span(word.span.lower, assignment?.nameSpan.upper ?? word.span.upper), dashed: true)
        }
        if let value = assignment?.value { return try give(parameter, value, at: word.span) }
        if parameter.kind == .flag {
            use(parameter)
            stage.given.append(.init(parameter: parameter, source: .value(BoundValue(.bool(true), at: word.span))))
            return
        }
        guard case .word(let value)? = rest.first, value.dropping(bare: "--") == nil else {
            throw ZoshError(
                .usage, "--\(parameter.name) needs a value: \(parameter.type.noun)", at: word.span,
                remedy: "\(parameter.name)=…")
        }
        rest = rest.dropFirst()
        try give(parameter, value, at: word.span.union(value.span))
    }

    private mutating func take(
        _ assignment: (name: String, nameSpan: Span, value: Word), _ word: Word, before next: Element?
    ) throws(ZoshError) {
        if signature.takesFields {
            if signature.fields != nil { try checkSign(assignment, word, before: next) }
            if stage.fields.contains(where: { $0.name == assignment.name }) {
                throw ZoshError(.usage, "'\(assignment.name)' is given twice", at: assignment.nameSpan)
            }
            stage.fields.append(.init(name: assignment.name, value: assignment.value, span: word.span))
            return
        }
        guard let parameter = signature.parameter(named: assignment.name) else {
            throw unknownOption(assignment.name, at: assignment.nameSpan, dashed: false)
        }
        try give(parameter, assignment.value, at: word.span)
        arguments.removeAll { $0.name == parameter.name }
    }

    private mutating func give(_ parameter: Parameter, _ word: Word, at place: Span) throws(ZoshError) {
        guard counts[parameter.name] == nil || parameter.takesRest else {
            throw ZoshError(.usage, "'\(parameter.name)' is given twice", at: place)
        }
        use(parameter)
        guard case .list = parameter.type, word.dropping(bare: "@") == nil else { return try add(parameter, word) }
        for element in word.elements {
            guard !element.fragments.isEmpty else {
                throw ZoshError(
                    .usage, "a value is missing in this list", at: word.span, remedy: "\(parameter.name)=a,b")
            }
            try add(parameter, element)
        }
    }

    private mutating func use(_ parameter: Parameter) { counts[parameter.name, default: 0] += 1 }

    private mutating func add(_ parameter: Parameter, _ word: Word) throws(ZoshError) {
        let source: PlannedStage.Given.Source
        if let path = word.dropping(bare: "@") {
            guard !path.fragments.isEmpty else { throw ZoshError(.usage, "a path is missing after '@'", at: word.span) }
            if parameter.type.element == .file, let text = path.literal {
                source = .value(BoundValue(.string(text), at: word.span))
            } else {
                source = .deferred(word)
            }
        } else if let text = word.literal {
            source = .value(
                BoundValue(try values.read(text, as: parameter.type, of: parameter.name, at: word.span), at: word.span))
        } else {
            source = .deferred(word)
        }
        stage.given.append(.init(parameter: parameter, source: source))
    }

    // MARK: Arguments

    private mutating func take(argument word: Word) throws(ZoshError) {
        if !optionsEnded, word.fragments.first?.kind == .bare,
            let sign = word.fragments.first?.text.unicodeScalars.first,
            sign == ">" || sign == "<"
        {
            throw ZoshError(
                .usage, "\(sign) is not supported", at: word.span,
                remedy: sign == ">" ? "… | save FILE" : "open FILE | …")
        }
        guard let parameter = arguments.first else { throw tooMany(word) }
        guard parameter.type != .pipeline else {
            throw ZoshError(.usage, "expected a block", at: word.span, remedy: Usage.line(signature))
        }
        if !parameter.takesRest { arguments = arguments.dropFirst() }
        guard case .list = parameter.type, word.dropping(bare: "@") == nil else {
            use(parameter)
            return try add(parameter, word)
        }
        // `select a, b`: the comma before a space leaves nothing behind it.
        for element in word.elements where !element.fragments.isEmpty {
            use(parameter)
            try add(parameter, element)
        }
    }

    private mutating func take(expression elements: [Element]) throws(ZoshError) {
        guard let parameter = arguments.first else { return }
        var words: [Word] = []
        for element in elements {
            guard let word = element.word else {
                throw ZoshError(
                    .usage, "a condition cannot hold a block", at: element.span, remedy: "quote a '{' that is text")
            }
            words.append(word)
        }
        stage.condition = try ConditionParser.parse(words, after: place, dates: values.dates, patterns: patterns)
        let text = words.map { $0.literal ?? "$" }.joined(separator: " ")
        let span = words[0].span.union(words[words.count - 1].span)
        stage.given.append(.init(parameter: parameter, source: .value(BoundValue(.string(text), at: span))))
        use(parameter)
        arguments = arguments.dropFirst()
    }

    private func checkComplete() throws(ZoshError) {
        for parameter in signature.positional where counts[parameter.name] == nil {
            let missing: Bool
            switch parameter.kind {
            case .argument: missing = true
            case .arguments(let minimum): missing = minimum > 0 && !(hasInput && signature.input == .optional)
            case .optionalArgument, .option, .flag: missing = false
            }
            if missing {
                throw ZoshError(
                    .usage, "'\(signature.name)' needs \(parameter.name.uppercased())", at: place,
                    remedy: example(behindPipe: hasInput))
            }
        }
    }

    // MARK: Errors

    /// - Throws: `ZoshError.usage` for `city= Bonn` and `city==Bonn`: the first would empty the city, and the second
    ///   set another one.
    private func checkSign(
        _ assignment: (name: String, nameSpan: Span, value: Word), _ word: Word, before next: Element?
    ) throws(ZoshError) {
        if assignment.value.fragments.isEmpty, let value = next?.word, value.assignment == nil,
            value.dropping(bare: "--") == nil
        {
            let text = value.literal.map { Syntax.quoted($0) } ?? "…"
            throw ZoshError(
                .usage, "'\(assignment.name)=' has no value",
                at: word.span.union(value.span),
                remedy: "write it without spaces: \(assignment.name)=\(text); to empty it, put \(assignment.name)='' "
                    + "last")
        }
        if let value = assignment.value.dropping(bare: "=") {
            throw ZoshError(
                .usage, "a value is set with one =, not with ==", at: word.span,
                remedy: "\(assignment.name)=\(value.literal.map { Syntax.quoted($0) } ?? "…")")
        }
    }

    /// A line of the command's help that runs as it is written, else how the command is used.
    private func example(behindPipe: Bool) -> String {
        guard case .command(let entry) = stage.action else { return Usage.line(signature) }
        let lines = entry.command.examples.map(\.line)
        let pattern = "| \(signature.name)"
        let fitting = lines.first { $0.contains(pattern) == behindPipe } ?? lines.first
        return fitting.map { "for example: \($0)" } ?? Usage.line(signature)
    }

    private func unknownOption(_ name: String, at span: Span, dashed: Bool) -> ZoshError {
        let named = signature.allParameters.map(\.name)
        let remedy: String
        if name == FormatRequest.name {
            remedy = "put --format at the end of the line"
        } else if name == "connection" {
            remedy = "put the connection first: on NAME \(signature.name)"
        } else if let near = Suggestion.nearest(to: name, among: named) {
            remedy = "did you mean '\(dashed ? "--" : "")\(near)'?"
        } else if let way = namingFile(name) {
            remedy = way
        } else if dashed && signature.takesFields {
            remedy = withoutDashes(name)
        } else {
            remedy = named.isEmpty ? "leave it out" : "help \(signature.name)"
        }
        return ZoshError(.usage, "'\(signature.name)' has no option '\(name)'", at: span, remedy: remedy)
    }

    /// How this command names a file, where the option is how others do; nil where it takes none.
    private func namingFile(_ name: String) -> String? {
        guard Self.fileWords.contains(name.lowercased()) else { return nil }
        if signature.allParameters.contains(where: { $0.name == "from" }) { return "did you mean '--from'?" }
        guard signature.positional.contains(where: { $0.type.element == .user }) else { return nil }
        let fields = signature.takesFields ? " NAME=VALUE" : ""
        return "name the users of a file with @: \(signature.name) @FILE\(fields)"
    }

    /// What stands in the place of an option that a command with fields does not have.
    private func withoutDashes(_ name: String) -> String {
        guard let resource = signature.fields else {
            return "\(name)=…, without dashes"
        }
        if case .field(let field) = resource.fieldNames.meaning(of: name) {
            return "\(field.name)=…, without dashes"
        }
        return "fields stand without dashes, as NAME=VALUE; \(resource.fieldsRemedy())"
    }

    private static let fileWords: Set<String> = ["from", "from-file", "file", "csv", "input", "with"]

    /// The option of which a stray word is a value, with it: `status=active`; of several the one that has the word
    /// itself.
    private func optionTaking(_ text: String) -> String? {
        let wanted = text.lowercased()
        var begun: String?
        guard !signature.takesFields, wanted.count > 2 else { return nil }
        for parameter in signature.parameters where parameter.kind == .option && counts[parameter.name] == nil {
            guard case .choice(let words) = parameter.type else { continue }
            if let word = words.first(where: { $0.lowercased() == wanted }) { return "\(parameter.name)=\(word)" }
            let singular = wanted.hasSuffix("s") ? String(wanted.dropLast()) : wanted
            if begun == nil, let word = words.first(where: { $0.lowercased().hasPrefix(singular) }) {
                begun = "\(parameter.name)=\(word)"
            }
        }
        return begun
    }

    private func tooMany(_ word: Word) -> ZoshError {
        let text = word.literal ?? "this"
        let options = signature.allParameters.filter { !signature.positional.contains($0) }.map(\.name)
        let remedy =
            StrayCondition(text)?.remedy(after: signature.name)
            ?? optionTaking(text).map { "did you mean '\(signature.name) \($0)'?" }
            ?? Suggestion.nearest(to: text, among: options).map { "did you mean '--\($0)'?" } ?? Usage.line(signature)
        return ZoshError(.usage, "unexpected argument '\(text)'", at: word.span, remedy: remedy)
    }
}
