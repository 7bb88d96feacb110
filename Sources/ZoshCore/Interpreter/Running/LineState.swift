internal import Synchronization
internal import ZoshKit

/// What commands of the language tell the interpreter that ran them: leave now, run no more of this.
final class LineState: Sendable {
    private struct State {
        var wantsExit = false
        var isInWrongPlace = false
        var planned: Set<String> = []
        var block: BlockTurns?
    }

    /// How far the block of an `each` that changes something has come.
    struct BlockTurns: Sendable {
        /// Nil for more rows than are counted before the first of them runs.
        let total: Int?
        var begun = 0
        /// The changes that were over when the row that runs had its turn.
        var changesBefore = 0

        /// How many rows have not been started, in words; nil for none. One that was stopped before its first change
        /// has not been, either.
        func left(_ changes: Int, isStopped: Bool) -> String? {
            let started = begun - (isStopped && begun > 0 && changes == changesBefore ? 1 : 0)
            guard let total else {
                return "only the first \(started == 1 ? "row was" : "\(started) rows were") started"
            }
            return started < total ? "\(total - started) of \(total) rows not started" : nil
        }
    }

    private let state = Mutex(State())
    /// What a dry run has planned so far.
    let foreseen: ForeseenChanges

    init(foreseen: ForeseenChanges = ForeseenChanges()) { self.foreseen = foreseen }

    var wantsExit: Bool { state.withLock { $0.wantsExit } }

    /// Whether a header said that this text belongs elsewhere: then nothing more of it runs, whatever `;`, `||` or
    /// `--keep-going` say.
    var isInWrongPlace: Bool { state.withLock { $0.isInWrongPlace } }

    /// Whether nothing more may run.
    var isOver: Bool { state.withLock { $0.wantsExit || $0.isInWrongPlace } }

    func endInWrongPlace() { state.withLock { $0.isInWrongPlace = true } }

    func exit() { state.withLock { $0.wantsExit = true } }

    /// Takes down what a dry run would add, by handle.
    func plan(_ handles: [String]) { state.withLock { $0.planned.formUnion(handles.map { $0.lowercased() }) } }

    /// The outcome without those missing whom an earlier line would have added; they are noted instead.
    func withoutPlanned(_ outcome: RowOutcome) -> RowOutcome {
        let planned = state.withLock { $0.planned }
        guard !planned.isEmpty else { return outcome }
        var rest = outcome
        rest.missing = outcome.missing.filter { !planned.contains($0.lowercased()) }
        let later = outcome.missing.filter { planned.contains($0.lowercased()) }
        if !later.isEmpty {
            let some = later.prefix(10).listedNames + (later.count > 10 ? " and \(later.count - 10) more" : "")
            rest.notes.append("Only planned so far, so not looked up: \(some)")
        }
        return rest
    }

    /// Notes how far a block has come; nil once a new command begins.
    func note(_ turns: BlockTurns?) { state.withLock { $0.block = turns } }

    var block: BlockTurns? { state.withLock { $0.block } }
}
