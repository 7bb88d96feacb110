internal import ZoshKit

/// Runs one planned text: its lines in order, each statement as its condition says, as `sh` does.
struct TextRunner: Sendable {
    struct Options: Sendable {
        /// Every write describes itself.
        var dryRun = false
        /// No write asks.
        var yes = false
        /// Ask before every statement that writes.
        var step = false
        /// A line that does not end in 0 ends the text.
        var stopsAtFailure = false
        /// The text ends with the status of its first line that failed, not of its last.
        var keepsGoing = false
        /// What the text sets is forgotten at its end: a replayed script.
        var isFresh = false
        /// `$last` is read somewhere in the text.
        var keepsLast = false
        /// The scripts it runs may run other programs.
        var allowsExternal = false
        /// How rows are written, where the line that runs says so.
        var format: OutputFormat?
        /// Lines are typed at a prompt, and what a line sets ends with the session.
        var isTyped = false
    }

    let interpreter: Interpreter
    var source: SourceText
    let variables: VariableScope
    private(set) var sink: any ResultSink
    let line: LineState
    var options = Options()
    /// What is written down of this run, and of the one it continues.
    var journal: RunJournal?
    /// The run of the line itself, where no script's journal has it.
    private(set) var lineRun: LineRun?
    /// The run that the text takes up, of which it is the only line.
    var resumed: RunJournal?
    /// Whom the line now running has changed.
    private(set) var tally = LineTally()
    /// How many texts are being run inside one another, and the files among them.
    var depth = 0
    private(set) var files: Set<String> = []
    /// Whether more lines of a script follow the one that runs.
    private(set) var isIntermediate = false
    private(set) var headings = ResultHeadings()
    /// Whether a script runs that can show several results.
    private(set) var showsSeveral = false
    /// Where a script runs in another organisation than its own, what the files it runs are fitted with as well.
    var map: ScriptMap?

    /// Everything that runs inside the file knows that it does.
    mutating func enter(_ file: SourceText, within outer: TextRunner) {
        source = file
        depth = outer.depth + 1
        tally = outer.tally
        headings = outer.headings
        files = outer.files.union([ScriptFile.wholePath(file.name)])
    }

    func run(_ lines: [PlannedLine]) async -> ExitStatus {
        let showsSeveral = source.name != nil && lines.canShowSeveral
        var status = ExitStatus.done
        var firstFailure: ExitStatus?
        for (number, line) in lines.enumerated() {
            var runner = self
            runner.tally = LineTally(
                // Jobs are listed; a typed token must not be.
                SecretShape.masked(source.excerpt(line.span)), at: source.name.map { _ in source.line(of: line.span) },
                within: depth == 0 ? nil : tally,
                of: depth == 0 && !options.isTyped ? interpreter.session.untyped : nil)
            runner.lineRun = await ownRun(of: line)
            runner.showsSeveral = showsSeveral
            runner.isIntermediate = isIntermediate || source.name != nil && number < lines.count - 1
            let ending = await runner.run(line.statements)
            status = await runner.writePlans(of: line, after: ending.status)
            await runner.endLine(runner.lineRun, status)
            if status != .done, firstFailure == nil { firstFailure = status }
            if let place = ending.unreported { await report(ending.status, at: place) }
            if self.line.isOver || status.endsEverything { return status }
            if status != .done, options.stopsAtFailure { return status }
        }
        return options.keepsGoing ? firstFailure ?? status : status
    }

    /// How a line ended.
    private struct Ending {
        var status = ExitStatus.done
        /// Where it failed, when no error has said so.
        var unreported: Span?
    }

    /// Reports where a run ended without an error: a user was not found, some rows failed.
    private func report(_ status: ExitStatus, at place: Span) async {
        guard source.name != nil, status != .readerLeft else { return }
        let meaning =
            HelpPage.statuses.first { $0.status == status }.map { " (\($0.meaning.prefix { $0 != ";" }))" } ?? ""
        let end = options.stopsAtFailure ? "; the script stops here" : ""
        await sink.conclude(
            RowOutcome(notes: [
                "\(source.line(of: place)): this line ended with status \(status.rawValue)\(meaning)\(end)"
            ]))
    }

    private func run(_ statements: [PlannedStatement]) async -> Ending {
        var ending = Ending()
        var status: ExitStatus { ending.status }
        await journal?.beginLine()
        for statement in statements {
            switch statement.condition {
            case .always: break
            case .ifDone where status != .done: continue
            case .ifFailed where status == .done: continue
            case .ifDone, .ifFailed: break
            }
            if status != .done {
                await journal?.continueAfterFailure()
                await lineRun?.run?.continueAfterFailure()
            }
            let hasChanged = tally.whole.hasChanged
            do {
                let status = try await run(statement)
                ending = Ending(status: status, unreported: status == .done ? nil : statement.span)
            } catch {
                // What follows would use the former value of the name.
                switch statement.action {
                case .keep(let name, _), .keepValue(let name, _): variables[name] = nil
                default: break
                }
                var error = ZoshError.placed(error, at: statement.span)
                // At the prompt the interrupted line is in sight; that of a file is not.
                if source.name != nil { error = error.at(statement.span) }
                if hasChanged { error = error.afterChanges }
                await sink.report(error, in: source)
                ending = Ending(status: ExitStatus(error.kind))
            }
            variables.set(status: status)
            if line.isOver || status.endsEverything { break }
        }
        return ending
    }

    private func run(_ statement: PlannedStatement) async throws -> ExitStatus {
        try Task.checkCancellation()
        switch statement.action {
        case .run(let pipeline): return try await writing(pipeline.format).run(pipeline, as: nil)
        case .keep(let name, let pipeline): return try await run(pipeline, as: name)
        case .keepValue(let name, let word):
            let resolver = ValueResolver(
                variables: variables, it: nil, files: interpreter.files, dates: interpreter.dates)
            variables.set(
                name, to: try resolver.variable(keeping: word), doubts: doubts(of: word.references),
                places: variables.places(of: word.references.map(\.0.name)))
            return .done
        case .alias(let name, let text):
            if !options.isFresh { await interpreter.session.set(alias: name, to: text) }
            await sayHowToKeep()
            return .done
        }
    }

    /// The same, its rows written in a format.
    private func writing(_ format: OutputFormat?) -> TextRunner {
        guard let format else { return self }
        var runner = self
        runner.options.format = format
        runner.sink = sink.writing(format)
        return runner
    }

    /// Says once in a session where aliases and settings are kept for the next one.
    func sayHowToKeep() async {
        guard options.isTyped, source.name == nil, let file = interpreter.tools.initFile,
            await interpreter.session.isFirstToSet()
        else { return }
        await sink.conclude(RowOutcome(notes: ["This holds until zosh exits; to keep it, put the line into \(file)"]))
    }

    // MARK: Pipelines

    func confirm(_ pipeline: PlannedPipeline, _ shell: ShellContext) async throws {
        guard options.step, pipeline.containsWrite || pipeline.runsPrograms else { return }
        let question = Confirmation(question: "Run this line?", details: [source.excerpt(pipeline.span)])
        guard try await shell.console.confirm(question) else {
            throw ZoshError(.declined, "Not run", at: pipeline.span)
        }
    }

    func show(_ pipeline: PlannedPipeline, _ runner: PipelineRunner, _ unit: UnitJournal?) async throws -> ExitStatus {
        let running = try await runner.connect(pipeline, journaledBy: unit)
        if let prose = running.prose {
            try await sink.show(page: try await prose.command.page(running.call, prose.core))
            return .done
        }
        let kept = KeptStream(
            running.stream, limit: VariableScope.lastLimit, shown: pipeline.containsWrite ? runner.shell.progress : nil)
        var isConcluded = false
        do {
            var columns = running.stream.columns
            columns.showing.line = source.name == nil ? source.excerpt(pipeline.span) : nil
            columns.showing.changes = pipeline.containsWrite
            columns.showing.isIntermediate = isIntermediate
            if !columns.isSilent, !columns.isReportedInNotes {
                columns.showing.heading = headings.next(source.excerpt(pipeline.span), isOneOfSeveral: showsSeveral)
            }
            let outcome = line.withoutPlanned(
                try await sink.show(RowStream(columns, from: kept), for: running.call))
            // An empty result is one: what a line before it chose must not be taken for it.
            let doubts = doubts(of: pipeline, outcome)
            if await kept.count > 0 || !columns.isSilent {
                variables.set(Syntax.lastRows, to: await kept.kept, doubts: doubts)
            }
            if options.keepsLast { await keep(await kept.kept, doubts, of: unit, runner, at: pipeline.span) }
            isConcluded = true
            await sink.conclude(outcome)
            // A text that ran inside has said that it was interrupted.
            if !outcome.isEndingReported || outcome.ending?.endsEverything != true { try Task.checkCancellation() }
            return outcome.status
        } catch {
            let error = Self.withProgress(error, runner.shell.progress, pipeline)
            // As with `first 1`, a reader that has seen enough must not leave half of the changes undone; and of a line
            // that was interrupted it is reported what was done and what was not begun.
            if !isConcluded, [.readerLeft, .cancelled].contains(error.kind), pipeline.isWrite {
                await sink.conclude(await running.stream.outcome())
            }
            throw error
        }
    }

    func keep(_ pipeline: PlannedPipeline, as name: String, _ runner: PipelineRunner, _ unit: UnitJournal?) async throws
        -> ExitStatus
    {
        let running = try await runner.connect(pipeline, journaledBy: unit)
        do {
            let kept = KeptStream(running.stream, limit: VariableScope.letLimit)
            while try await kept.next() != nil, await kept.count <= VariableScope.letLimit {}
            guard await kept.count <= VariableScope.letLimit else {
                throw ZoshError(
                    .usage, "more than \(VariableScope.letLimit) rows are too many to keep", at: pipeline.span,
                    remedy: "… | save FILE")
            }
            let outcome = line.withoutPlanned(await running.stream.outcome())
            let (variable, doubts) = (await kept.kept, doubts(of: pipeline, outcome))
            variables.set(name, to: variable, doubts: doubts)
            await keep(variable, doubts, of: unit, runner, at: pipeline.span)
            await sink.conclude(outcome)
            try Task.checkCancellation()
            return outcome.status
        } catch {
            let error = Self.withProgress(error, runner.shell.progress, pipeline)
            // What was not begun is counted with the rest.
            if error.kind == .cancelled, pipeline.isWrite { _ = await running.stream.outcome() }
            throw error
        }
    }

    /// An error, or an interruption, after which it must be known what the line had changed before.
    func withProgress(_ error: any Error, changesOf meter: ProgressMeter, at place: Span) -> ZoshError {
        var error = ZoshError.placed(error, at: place)
        let ended = meter.reading.ended
        let isStopped = error.kind == .cancelled
        if let block = line.block, isStopped || ended.hasWritten {
            if let left = block.left(meter.reading.changes, isStopped: isStopped) {
                error.problem += "; \(left)"
                // A refused line is typed again; one that was interrupted can be resumed, unless it has more rows than
                // a journal keeps.
                if block.total != nil, [.cancelled, .network, .rateLimited].contains(error.kind) { tally.leaveRows() }
            }
        }
        if let unreported = ended.unreported { error.problem += "; \(unreported) before that" }
        // A line that has changed something was not one that cannot be run.
        if ended.hasWritten, ExitStatus(error.kind) == .usage { error.kind = .local }
        return error
    }

    /// A line the network or its person stopped says how far it had come.
    private static func withProgress(_ error: any Error, _ meter: ProgressMeter, _ pipeline: PlannedPipeline)
        -> ZoshError
    {
        var error = ZoshError.placed(error, at: pipeline.span)
        // A block that changes something says how many of its rows had their turn.
        guard pipeline.isWrite || !pipeline.containsWrite else { return error }
        let rows = meter.reading.rows
        if rows > 0, [.network, .rateLimited, .cancelled].contains(error.kind) {
            error.problem += "; \(rows) row\(rows == 1 ? "" : "s") had arrived"
        }
        return error
    }
}
