internal import ZoshKit

/// A pipeline of a journaled script: run, taken up where it died, or skipped because it is done.
extension PipelineRunner {
    /// A pipeline in a block.
    func start(_ pipeline: PlannedPipeline) async throws -> Running {
        guard let journal, pipeline.isWrittenDown else { return try await connect(pipeline) }
        let gives = !pipeline.endsInWrite
        switch try await open(pipeline, in: journal, needsResult: gives) {
        case .over(let done):
            if let failure = done.failure { throw failure.asBefore(at: pipeline.span) }
            var outcome = RowOutcome()
            outcome.ending = done.status == .done ? nil : done.status
            let rows = gives ? done.result?.rows : nil
            let call = Call(Signature("$", "Done before", effect: .local), span: pipeline.span)
            return Running(
                stream: RowStream(
                    done.result?.columns ?? .ofChanges, rows: rows ?? done.reports, outcome: outcome),
                call: call, prose: nil)
        case .begun(let unit):
            do {
                let running = try await connect(pipeline, journaledBy: unit)
                let place = pipeline.span
                let source = UnitStream(running.stream, unit, keepsRows: gives) { noteTooMany(at: place) }
                return Running(
                    stream: RowStream(running.stream.columns, from: source), call: running.call, prose: running.prose)
            } catch {
                let failure = ZoshError.placed(error, at: pipeline.span)
                await unit.end(ExitStatus(failure.kind), failure)
                throw error
            }
        }
    }

    func open(_ pipeline: PlannedPipeline, in journal: RunJournal, needsResult: Bool) async throws -> RunJournal.Opening
    {
        try await journal.open(
            UnitKey.of(pipeline, self), in: text.tally, at: pipeline.span, needsResult: needsResult,
            writes: pipeline.mayChange)
    }

    func noteTooMany(at place: Span) {
        shell.console.note(
            "\(text.source.line(of: place)): over \(KeptRows.most) rows; if the script stops after this line, it "
                + "cannot be resumed"
        )
    }
}

extension SourceText {
    /// `FILE:LINE` of a place.
    func line(of place: Span) -> String { (name.map { "\($0):" } ?? "line ") + String(lineNumber(of: place)) }
}

extension ZoshError {
    /// The same failure, reported again by a resumed run that continues as the first one did.
    func asBefore(at place: Span) -> ZoshError { ZoshError(kind, "failed before: \(problem)", at: place) }
}

extension PlannedPipeline {
    /// Whether one of its own stages, blocks aside, changes something at Zoho.
    var writesAtZoho: Bool { stages.contains { $0.signature?.effect == .writes } }

    var endsInWrite: Bool { stages.last?.signature?.effect == .writes }

    /// Whether anything in it, blocks included, changes something at Zoho.
    var containsWriteAtZoho: Bool { writesAtZoho || stages.contains { $0.block?.writesAtZoho == true } }

    /// Whether running it twice differs from running it once.
    var mayChange: Bool {
        containsWriteAtZoho || runsPrograms || stages.contains { $0.signature?.states(.savesRows) == true }
    }

    /// Whether a run remembers that it has run it, and what it gave. What concerns this shell only (settings, the
    /// connection, other scripts) happens again in every run.
    var isWrittenDown: Bool { containsWriteAtZoho || stages.allSatisfy(\.isWrittenDown) }
}

extension PlannedBlock {
    var writesAtZoho: Bool { statements.contains { $0.pipelines.contains(where: \.writesAtZoho) } }
}

extension PlannedStage {
    fileprivate var isWrittenDown: Bool {
        guard let signature else { return true }
        return signature.effect == .reads
            || signature.effect == .local && (signature.input == .required || isFanOut || signature.states(.readsFile))
    }
}
