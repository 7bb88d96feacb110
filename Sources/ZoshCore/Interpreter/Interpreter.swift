public import ZoshKit

/// Text to results: lex, parse, plan, run.
///
/// A value without its own state: what lasts between lines is in `Session`. A line runs in the caller's task;
/// cancelling that task ends the line with status 130.
public struct Interpreter: Sendable {
    public let registry: CommandRegistry
    public let session: Session
    let contexts: any ContextSource
    let files: any FileReading
    let dates: DateReader
    let journal: Journal?
    let tools: Tools

    /// - Parameter journal: where what lines and scripts do is written down; without one they cannot be resumed.
    public init(
        registry: CommandRegistry, session: Session, contexts: any ContextSource, files: any FileReading,
        dates: DateReader = .system, journal: Journal? = nil, tools: Tools = Tools()
    ) {
        self.registry = registry
        self.session = session
        self.contexts = contexts
        self.files = files
        self.dates = dates
        self.journal = journal
        self.tools = tools
    }

    /// How a line ended.
    public struct Result: Sendable, Hashable {
        public let status: ExitStatus
        /// `exit` was said.
        public let wantsExit: Bool
    }

    /// Runs what a person typed, or the text after `-c`. All of it is checked before any of it runs.
    /// - Parameter interactive: whether the beginning of a command's word is enough.
    public func run(_ text: String, interactive: Bool = false, showing sink: any ResultSink) async -> Result {
        await recorded(text, sink) { await run(Parser.parse(text), SourceText(text), interactive: interactive, sink) }
    }

    /// Runs a piece of a longer text, whose name and line errors will tell.
    /// - Parameter foreseen: what a dry run has planned in the pieces before.
    func run(_ source: SourceText, after foreseen: ForeseenChanges, showing sink: any ResultSink) async -> Result {
        await recorded(source.text, sink) {
            await run(Parser.parse(source.text), source, interactive: false, sink, after: foreseen)
        }
    }

    /// Runs a text and writes it down while a recording is on.
    private func recorded(_ text: String, _ sink: any ResultSink, _ run: () async -> Result) async -> Result {
        let (before, choices) = (await session.recording, await session.choices)
        let result = await run()
        if let recording = await session.recording {
            let keepsConnection = await session.choices == choices
            let meter = ProgressMeter()
            await sink.follow(meter)
            await recording.keep(
                text,
                RanLine(status: result.status, isWhole: recording === before, keepsConnection: keepsConnection),
                progress: meter)
        }
        return result
    }

    /// Runs one command whose words were split by another program: `zosh users list type=AdminUsers`.
    public func run(words: [String], showing sink: any ResultSink) async -> Result {
        let (text, program) = Syntax.program(words: words)
        return await run(program, SourceText(text), interactive: false, sink)
    }

    /// What is wrong with a text, in the order of places; nothing runs.
    public func check(_ text: String, interactive: Bool = false) async -> [ZoshError] {
        await plan(
            Parser.parse(text), text, aliases: await session.aliases, variables: session.variables.names,
            prefixes: interactive
        ).errors
    }

    /// The text with every abbreviated command written out: what history and recordings keep.
    /// - Parameter aliases: the session's, whose names are no abbreviations.
    public func writtenOut(_ text: String, aliases: [String: String]) -> String {
        Abbreviations.writtenOut(text, registry, aliases: aliases)
    }

    private func run(
        _ program: ParsedText, _ source: SourceText, interactive: Bool, _ sink: any ResultSink,
        after foreseen: ForeseenChanges = ForeseenChanges()
    ) async -> Result {
        // A text with a name is a script, which was not read while it was typed.
        let mayRunPrograms = source.name == nil ? true : await session.settings.allowsExternal
        let plan = await plan(
            program, source.text, aliases: await session.aliases, variables: session.variables.names,
            prefixes: interactive,
            allowsPrograms: mayRunPrograms, filesMayRunPrograms: await session.settings.allowsExternal)
        let line = LineState(foreseen: foreseen)
        let errors = await session.settings.connectionIsFixed ? plan.errors + plan.choosingAnother : plan.errors
        if let status = await report(plan.mistakes(errors, in: source), sink) {
            session.variables.set(status: status)
            return Result(status: status, wantsExit: false)
        }
        if let status = await report(await mistakesAhead(in: plan.lines, of: source, session.variables, sink), sink) {
            session.variables.set(status: status)
            return Result(status: status, wantsExit: false)
        }
        var runner = TextRunner(interpreter: self, source: source, variables: session.variables, sink: sink, line: line)
        runner.options.isTyped = interactive
        let status = await runner.run(plan.lines)
        return Result(status: status, wantsExit: line.wantsExit)
    }

    /// Mistakes reported at once before a run; more would scroll the first ones away.
    static let mostErrors = 20

    /// Reports the errors; nil when there are none.
    func report(
        _ errors: [ZoshError], in source: SourceText, _ sink: any ResultSink, most: Int = mostErrors
    ) async -> ExitStatus? {
        for error in errors.prefix(most) { await sink.report(error, in: source) }
        let more = errors.count - most
        if more > 0 {
            let found = more == 1 ? "is 1 more mistake" : "are \(more) more mistakes"
            await sink.report(ZoshError(.usage, "there \(found)"), in: source)
        }
        return errors.first.map { ExitStatus($0.kind) }
    }

    /// The plan of a text, and of the files it runs as far as they can be read before.
    func plan(
        _ program: ParsedText, _ text: String, aliases: [String: String] = [:], variables: Set<String> = [],
        prefixes: Bool = false, allowsParameters: Bool = false, allowsPrograms: Bool = true,
        filesMayRunPrograms: Bool = false, within running: Set<String> = []
    ) async -> Plan {
        var planner = Planner(
            registry, text: text, aliases: aliases, variables: variables, dates: dates, prefixes: prefixes,
            allowsPrograms: allowsPrograms, filesMayRunPrograms: filesMayRunPrograms,
            files: await SourcedFiles.read(for: program, registry, files, prefixes: prefixes))
        planner.running = running
        return planner.plan(program, allowsParameters: allowsParameters)
    }
}

extension Plan {
    /// What is wrong with the words of the text, and of the files it runs.
    func mistakes(_ errors: [ZoshError], in source: SourceText) -> [TextMistakes] {
        (errors.isEmpty ? [] : [TextMistakes(source: source, errors: errors)]) + mistakesInFiles
    }

    /// Commands that choose a connection, which `--connection` has done already.
    fileprivate var choosingAnother: [ZoshError] {
        pipelines.flatMap(\.stages).compactMap { stage in
            guard let name = stage.signature?.name, stage.choosesConnection || stage.isFanOut else { return nil }
            return ZoshError(
                .usage, "use either '\(name)' or --connection", at: stage.name, remedy: "leave --connection out")
        }
    }
}
