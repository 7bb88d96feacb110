internal import ZoshKit

/// The gate as one stage of a line sees it: with what the line has changed so far, and in a script with the journal.
struct LineChanges: Changes {
    let gate: ChangeGate
    let tally: LineTally
    let journal: StageJournal?

    func apply(_ effects: [any Effect], for call: Call) async throws -> RowStream {
        try await gate.apply(effects.map { PlannedChange($0) }, for: call, journal, tally)
    }
}
