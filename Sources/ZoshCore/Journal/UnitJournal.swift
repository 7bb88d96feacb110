internal import ZoshKit

/// The journal as one run of one pipeline sees it.
struct UnitJournal: Sendable {
    /// What an earlier attempt had come to.
    enum Takeover: Sendable {
        /// A stage had decided on these changes.
        case changes(stage: Int, [Change])
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

    func stage(_ index: Int) -> StageJournal {
        StageJournal(run: run, step: Origin.Step(run: run.run, unit: number, stage: index))
    }

    /// An interrupted pipeline has no end: it is to be continued.
    func end(_ status: ExitStatus, _ failure: ZoshError? = nil) async {
        if !status.endsEverything { await run.end(self, status, failure) }
    }

    func keep(_ result: KeptRows) async -> Bool { await run.keep(result, .result, unit: number) }
}

/// The journal as one stage sees it: before its changes pass the gate, and while its block runs for rows.
struct StageJournal: Sendable {
    let run: RunJournal
    let step: Origin.Step

    /// All that led to the changes is on the disk when this returns.
    func begin() async throws { try await run.begin(step) }
    func keep(_ source: KeptRows) async -> Bool { await run.keep(source, .source(stage: step.stage), unit: step.unit) }
}
