public import ZoshKit

/// A command of the language itself: a stage, a setting, a file. It is a command like every other, but may also touch
/// what modules must not: the session, the registry, the variables, files.
///
/// ZoshCore alone implements it; the interpreter calls this `run` and never the plain one.
public protocol CoreCommand: Command {
    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream
}

extension CoreCommand {
    public func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        throw ZoshError(.bug, "'\(signature.name)' was run outside the interpreter")
    }
}

/// What a command of the language may touch beside its `ShellContext`.
public struct CoreContext: Sendable {
    public var session: Session { runner.text.interpreter.session }
    public var registry: CommandRegistry { runner.text.interpreter.registry }
    public var files: any FileReading { runner.files }
    public var dates: DateReader { runner.text.interpreter.dates }
    var holding: Holding { runner.text.interpreter.tools.holding }
    /// Where results of inner lines go (`source`, `replay`).
    public var sink: any ResultSink { runner.text.sink }
    /// What runs inner texts and blocks, with everything the line itself may touch.
    let runner: PipelineRunner
    /// The condition after `where` and `assert`.
    let condition: Condition?
    /// The block after `each`.
    let block: PlannedBlock?
    /// What the stage tells the journal of a script's run.
    let journal: StageJournal?
    /// What the stages behind this one will change.
    let ahead: WriteAhead
    /// Whether another program makes the rows, which may come as things happen.
    let mayNeverEnd: Bool

    /// How rows are written: what the line says, else the session; nil leaves it to the place.
    var format: OutputFormat? {
        get async {
            if let format = runner.text.options.format { return format }
            return await session.settings.format
        }
    }

    /// The rows that reach a condition, once its negative comparisons were seen to exclude a row.
    func guarding(_ input: RowStream, _ condition: Condition, isAssertion: Bool = false) throws -> RowStream {
        let (runner, connections) = (runner, input.columns.connections)
        let judge = OccurrenceJudge(
            ahead: ahead, isLimited: runner.shell.session.atMost != nil, isInBlock: runner.it != nil,
            isAssertion: isAssertion, isKept: runner.keepsRows, known: input.columns.fields
        ) {
            try await RowPlaces.find(connections, runner.shell, runner.text.interpreter.contexts)
        }
        guard let source = try OccurrenceGuard(input, condition, judge, dates, holding) else { return input }
        return RowStream(input.columns, from: source)
    }

    /// Whether a script this command runs may run other programs: because the person says so now, said so when zosh was
    /// started, or of the script that runs this one.
    func mayRunPrograms(_ call: Call) async -> Bool {
        if call.flag("allow-external") || runner.text.options.allowsExternal { return true }
        return await session.settings.allowsExternal
    }
}

/// A command whose result is prose for a person and rows for a program: `help`, `explain`.
protocol ProseCommand: CoreCommand {
    /// Lines for standard output, shown when the command stands alone and no format for programs is set.
    func page(_ call: Call, _ core: CoreContext) async throws -> [String]
    func wantsProse(_ call: Call, _ core: CoreContext) async -> Bool
}

extension ProseCommand {
    func wantsProse(_ call: Call, _ core: CoreContext) async -> Bool {
        let format = await core.format
        return format == nil || format == .table
    }
}
