internal import ZoshKit

/// The gate as one stage of a line sees it: with what the line has changed so far, and with its place in what is
/// written down of the run.
struct LineChanges: Changes {
    let gate: any Changes
    let tally: LineTally
    let journal: StageJournal?
    /// Set where the stage runs on one of several connections.
    let turn: FanOutTurn?
    /// Notes what a dry run would add.
    let line: LineState
    /// How a later line calls the place of this one: `line 3`.
    let place: String
    let isDry: Bool

    func apply(_ effects: [any Effect], for call: Call) async throws -> RowStream {
        try await turn?.wait(announcing: effects, to: tally)
        if effects.contains(where: \.reachesZoho) { try await journal?.begin() }
        var placed = call
        placed.origin = Origin(
            line: tally, step: journal?.step, foreseen: line.foreseen, undoes: call.origin.undoes,
            plan: call.origin.plan, question: turn?.question, place: place)
        let rows = try await gate.apply(effects, for: placed)
        // A plan knows nothing of what the commands before it would do, nor does the line of what comes later.
        if isDry || call.write.dryRun, call.write.plan == nil, call.write.at == nil {
            line.plan(effects.filter { ($0 as? Change)?.write?.result == .newcomer }.map(\.label))
        }
        return rows
    }
}
