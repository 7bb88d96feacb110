internal import ZoshKit

/// The gate as one stage of a line sees it: with what the line has changed so far, and in a script with the journal.
struct LineChanges: Changes {
    let gate: ChangeGate
    let tally: LineTally
    let journal: StageJournal?
    /// Set where the stage runs on one of several connections.
    let turn: FanOutTurn?
    /// Told what a dry run would add.
    let line: LineState
    /// How a later line calls the place of this one: `line 3`.
    let place: String

    func apply(_ effects: [any Effect], for call: Call) async throws -> RowStream {
        try await apply(effects.map { PlannedChange($0) }, for: call)
    }

    func apply(_ planned: [PlannedChange], for call: Call) async throws -> RowStream {
        try await turn?.wait(announcing: planned.map(\.effect), to: tally)
        let rows = try await gate.apply(planned, for: call, journal, tally, after: (line.foreseen, place))
        if await gate.isDry(call) {
            line.plan(planned.filter { $0.result == .newcomer }.map(\.effect.label))
        }
        return rows
    }
}
