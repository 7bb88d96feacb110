internal import ZoshKit

/// What a text will do, checked as far as it can be without running: every command found, every option known, every
/// literal of its type. Variables and files are filled in when a pipeline begins.
struct Plan: Sendable {
    var lines: [PlannedLine] = []
    /// The `requires` line before the first command of a script.
    var header: PlannedStage?
    var parameters: [PlannedParameter] = []
    var errors: [ZoshError] = []
    /// What is wrong in the files that its lines run.
    var mistakesInFiles: [TextMistakes] = []

    var pipelines: [PlannedPipeline] { lines.flatMap { $0.statements.flatMap(\.pipelines) } }

    /// Whether it would do something else where another connection is chosen; a file it runs may.
    var dependsOnConnection: Bool {
        needsConnection || pipelines.contains { $0.stages.contains { $0.signature?.states(.runsFile) == true } }
    }

    /// Every command it names, once.
    var commands: [CommandRegistry.Entry] {
        var seen: Set<ObjectIdentifier> = []
        var found: [CommandRegistry.Entry] = []
        for line in lines.indices {
            lines[line].visit { stage in
                if let entry = stage.entry, seen.insert(ObjectIdentifier(entry)).inserted { found.append(entry) }
            }
        }
        return found
    }
}

struct PlannedLine: Sendable {
    let statements: [PlannedStatement]
    let span: Span

    /// Every stage, those of a block behind the one it stands in. A stage is large: here none is copied, which in a
    /// script of ten thousand lines is what reading the plan would mostly be.
    func visit(_ body: (PlannedStage) throws -> Void) rethrows {
        for index in statements.indices { try statements[index].visit(body) }
    }
}

struct PlannedStatement: Sendable {
    enum Action: Sendable {
        case run(PlannedPipeline)
        case keep(name: String, PlannedPipeline)
        case keepValue(name: String, Word)
        /// The text is kept as typed and read again where it is used.
        case alias(name: String, text: String)
    }

    let condition: Statement.Condition
    let action: Action
    let span: Span

    fileprivate func visit(_ body: (PlannedStage) throws -> Void) rethrows {
        guard let pipeline = ownPipeline else { return }
        for index in pipeline.stages.indices {
            try body(pipeline.stages[index])
            guard let block = pipeline.stages[index].block else { continue }
            for inner in block.statements.indices { try block.statements[inner].visit(body) }
        }
    }

    private var ownPipeline: PlannedPipeline? {
        switch action {
        case .run(let pipeline), .keep(_, let pipeline): pipeline
        case .keepValue, .alias: nil
        }
    }

    var pipelines: [PlannedPipeline] {
        switch action {
        case .run(let pipeline), .keep(_, let pipeline):
            [pipeline] + pipeline.stages.flatMap { $0.block?.statements.flatMap(\.pipelines) ?? [] }
        case .keepValue, .alias: []
        }
    }
}

/// A script's parameter, its type resolved and its default checked.
struct PlannedParameter: Sendable {
    let name: Name
    let type: ValueType
    let defaultValue: BoundValue?
}

struct PlannedPipeline: Sendable {
    let stages: [PlannedStage]
    let span: Span
    /// How the rows are written, where the line itself says so.
    var format: OutputFormat?

    var isWrite: Bool { stages.contains { $0.signature?.isWrite == true } }

    /// Whether any stage, blocks included, changes something.
    var containsWrite: Bool {
        isWrite || stages.contains { $0.block?.statements.contains { $0.pipelines.contains(where: \.isWrite) } == true }
    }

    /// Whether a stage runs another program, which may do anything.
    var runsPrograms: Bool { stages.contains { if case .program = $0.action { true } else { false } } }
}

struct PlannedBlock: Sendable {
    let statements: [PlannedStatement]
    let span: Span
}

/// One stage: a command with what it was given, or a variable whose rows begin the pipeline.
struct PlannedStage: Sendable {
    enum Action: Sendable {
        case command(CommandRegistry.Entry)
        case variable(Word)
        /// `!jq .`: the name, and the words as `given`.
        case program(Word)
    }

    let action: Action
    /// Where the command's name stands.
    let name: Span
    let span: Span
    var given: [Given] = []
    var fields: [Field] = []
    var condition: Condition?
    var block: PlannedBlock?
    /// The file whose lines it runs, where that could be read before.
    var file: PlannedFile?

    /// `on CONNECTIONS COMMAND`, the command in the block.
    var isFanOut: Bool { signature?.states(.fansOut) == true }

    /// Whether it means a job by its number, which is another job's in another store.
    var namesJob: Bool {
        guard let signature, signature.states(.namesJob) else { return false }
        return given.contains { one in signature.positional.contains { $0.name == one.parameter.name } }
    }

    /// Whether it writes down what it would do, to be applied once.
    var makesPlan: Bool { given.contains { $0.parameter == WriteOptions.plan } }

    /// Whether what comes after it runs in another connection.
    var choosesConnection: Bool { signature?.states(.choosesConnection) == true }

    /// The command; nil for a variable or a program.
    var entry: CommandRegistry.Entry? { if case .command(let entry) = action { entry } else { nil } }

    var signature: Signature? { entry?.signature }

    struct Given: Sendable {
        enum Source: Sendable {
            case value(BoundValue)
            /// A variable or a file decides.
            case deferred(Word)
        }

        let parameter: Parameter
        let source: Source
    }

    struct Field: Sendable {
        let name: String
        let value: Word
        let span: Span
    }
}
