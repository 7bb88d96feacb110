internal import ZoshKit

/// The journal as one run of one pipeline sees it.
struct UnitJournal: Sendable {
    /// What an earlier attempt had come to.
    enum Takeover: Sendable {
        /// A stage had decided on these changes.
        case changes(stage: Int, [PlannedChange])
        /// A stage ran its block for these rows.
        case rows(stage: Int, KeptRows)

        var stage: Int {
            switch self {
            case .changes(let stage, _), .rows(let stage, _): stage
            }
        }
    }

    let run: RunJournal
    let number: Int
    let writes: Bool
    var takeover: Takeover?

    func stage(_ index: Int) -> StageJournal { StageJournal(run: run, unit: number, stage: index) }

    /// An interrupted pipeline has no end: it is to be continued.
    func end(_ status: ExitStatus, _ failure: ZoshError? = nil) async {
        if !status.endsEverything { await run.end(self, status, failure) }
    }

    func keep(_ result: KeptRows) async -> Bool { await run.keep(result, .result, unit: number) }
}

/// The journal as the gate sees it while it serves one stage, and a block while it runs for rows.
struct StageJournal: Sendable {
    let run: RunJournal
    let unit: Int
    let stage: Int

    func settle(_ planned: [PlannedChange]) async -> [PlannedChange] {
        await run.settle(planned, unit: unit, stage: stage)
    }
    func begin(_ planned: [PlannedChange]) async throws { try await run.begin(planned, unit: unit, stage: stage) }
    func intend(_ row: Int) async throws { try await run.intend(row, unit: unit, stage: stage) }
    func conclude(_ row: Int, _ report: ChangeReport) async {
        await run.conclude(row, report, unit: unit, stage: stage)
    }
    func keep(_ source: KeptRows) async -> Bool { await run.keep(source, .source(stage: stage), unit: unit) }
}
