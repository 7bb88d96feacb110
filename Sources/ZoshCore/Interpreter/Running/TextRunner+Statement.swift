internal import ZoshKit

/// A statement: its pipeline run in the world as it is now, written down where a run is kept, or recalled when an
/// earlier attempt at the run has done it.
extension TextRunner {
    /// - Parameter name: the variable that keeps its result.
    func run(_ pipeline: PlannedPipeline, as name: String?) async throws -> ExitStatus {
        let meter = ProgressMeter()
        line.note(nil)
        let now = try await interpreter.contexts.context(for: pipeline.connectionNeed, progress: meter)
        await sink.follow(meter)
        let shell = isDry(pipeline, now.session) ? now.foreseeing(line.foreseen) : now
        if journal == nil, let lineRun, try await mayChange(shell) {
            var inner = self
            inner.journal = try await lineRun.begin(as: shell.session.connection)
            return try await inner.run(pipeline, as: name, in: shell, meter)
        }
        return try await run(pipeline, as: name, in: shell, meter)
    }

    /// Whether any connection is signed in: without one there is nothing to record, and no store.
    private func mayChange(_ shell: ShellContext) async throws -> Bool {
        if shell.session.connection != nil { return true }
        return try await !shell.connections.all().isEmpty
    }

    private func run(_ pipeline: PlannedPipeline, as name: String?, in shell: ShellContext, _ meter: ProgressMeter)
        async throws -> ExitStatus
    {
        var runner = PipelineRunner(text: self, shell: shell, it: nil, allowsProse: name == nil, journal: journal)
        runner.keepsRows = name != nil
        func ran(_ unit: UnitJournal?) async throws -> ExitStatus {
            try await confirm(pipeline, shell)
            do {
                if let name { return try await keep(pipeline, as: name, runner, unit) }
                return try await show(pipeline, runner, unit)
            } catch {
                throw withProgress(error, changesOf: meter, at: pipeline.span)
            }
        }
        guard let journal, pipeline.isWrittenDown else { return try await ran(nil) }
        switch try await runner.open(pipeline, in: journal, needsResult: name != nil) {
        case .over(let done): return try await recall(done, pipeline, as: name)
        case .begun(let unit):
            do {
                let status = try await ran(unit)
                await unit.end(status)
                return status
            } catch {
                let failure = ZoshError.placed(error, at: pipeline.span)
                await unit.end(ExitStatus(failure.kind), failure)
                throw error
            }
        }
    }

    /// Nothing runs and nothing is shown; what follows finds the variables as they were.
    private func recall(_ done: RunJournal.Finished, _ pipeline: PlannedPipeline, as name: String?) async throws
        -> ExitStatus
    {
        if let failure = done.failure { throw failure.asBefore(at: pipeline.span) }
        let result = done.result ?? KeptRows(rows: done.reports, columns: .ofChanges)
        if let name {
            variables.set(
                name, to: .rows(result.rows, result.columns, isWhole: true), doubts: result.outcome.doubts)
        } else if options.keepsLast, let result = done.result {
            if !result.rows.isEmpty {
                variables.set(
                    Syntax.lastRows, to: .rows(result.rows, result.columns, isWhole: true),
                    doubts: result.outcome.doubts)
            }
        } else {
            // A line that reads it all the same is refused, rather than given the rows of a line before.
            variables[Syntax.lastRows] = .rows([], .unknown, isWhole: false)
        }
        let end = done.status == .done ? "done before" : "done before; it ended with \(done.status.rawValue)"
        await sink.conclude(RowOutcome(notes: ["\(source.line(of: pipeline.span)): \(end)"]))
        return done.status
    }

    /// Records the result of a statement when the script continues with it.
    func keep(
        _ variable: Variable?, _ doubts: [Doubt], of unit: UnitJournal?, _ runner: PipelineRunner, at place: Span
    ) async {
        guard let unit, case .rows(let rows, let columns, isWhole: true)? = variable else { return }
        var kept = KeptRows(rows: rows, columns: columns)
        kept.outcome.doubts = doubts
        if await !unit.keep(kept) { runner.noteTooMany(at: place) }
    }
}
