internal import ZoshKit

/// A pipeline of a journaled script: run, taken up where it died, or skipped because it is done.
extension PipelineRunner {
    func start(_ pipeline: PlannedPipeline, in journal: RunJournal) async throws -> Running {
        let line = text.source.place(of: pipeline.span).line
        switch try await journal.open(key(of: pipeline), line: line) {
        case .fresh(let unit): return try await start(pipeline, unit)
        case .interrupted(let unit, let stage, let changes) where pipeline.stages.indices.contains(stage):
            return try await start(pipeline, unit, from: stage, with: changes)
        case .interrupted(let unit, _, _): return try await start(pipeline, unit)
        case .finished(let stage, let rows): return try await finished(pipeline, stage, rows, line)
        }
    }

    private func start(
        _ pipeline: PlannedPipeline, _ unit: UnitJournal, from stage: Int = 0, with taken: [PlannedChange]? = nil
    ) async throws -> Running {
        do {
            let running = try await connect(pipeline, journaledBy: unit, from: stage, with: taken)
            let stream = RowStream(running.stream.columns, from: UnitStream(running.stream, unit))
            return Running(stream: stream, call: running.call, prose: running.prose)
        } catch {
            let status = ExitStatus(ZoshError.placed(error, at: pipeline.span).kind)
            if status != .interrupted { await unit.end(status) }
            throw error
        }
    }

    /// Nothing runs and nothing is shown; who keeps the rows gets those of the stage that wrote.
    private func finished(_ pipeline: PlannedPipeline, _ stage: Int, _ rows: [Row], _ line: Int) async throws -> Running {
        var columns = ChangeReport.columns
        columns.isSilent = true
        var outcome = RowOutcome()
        if it == nil { outcome.notes = ["\(text.source.name.map { "\($0):" } ?? "line ")\(line): done before"] }
        let call = Call(Signature(pipeline.stages.first?.signature?.name ?? "$", "Done before", effect: .local), span: pipeline.span)
        return Running(stream: RowStream(columns, rows: rows, outcome: outcome), call: call, prose: nil)
    }

    /// What makes two runs of a pipeline the same: its text, where it acts, and the row a block runs for.
    private func key(of pipeline: PlannedPipeline) -> String {
        let place = shell.session.connection.map { "\($0.orgID) \($0.dataCentre) \($0.environment.rawValue)" } ?? ""
        // A row's other fields may have changed by our own hand.
        let row = it.map { $0["id"]?.text ?? $0["email"]?.text ?? JSONWriter.text(.row($0)) } ?? ""
        return [place, text.source.excerpt(pipeline.span), row].joined(separator: "\n")
    }
}

extension PlannedPipeline {
    /// Whether one of its own stages, blocks aside, changes something at Zoho.
    var writesAtZoho: Bool { stages.contains { $0.signature?.effect == .writes } }
}
