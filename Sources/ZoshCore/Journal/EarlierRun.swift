internal import ZoshKit

/// What a run had done when it stopped, read from its entries: unit by unit, in the order they began.
///
/// A unit taken up again counts once, as far as the latest attempt knows: an attempt that never came to its batch
/// knows nothing and leaves the word to the one before.
struct EarlierRun {
    /// What is known of one change of a batch.
    enum Fate {
        case open
        /// The request may have left at this time, and nobody knows what became of it.
        case pending(since: Int64)
        case over(ChangeReport)
    }

    struct Batch {
        let stage: Int
        let changes: [Change]
        var fates: [Fate]
    }

    struct Unit {
        let number: Int
        let key: String
        var batches: [Batch] = []
        var status: ExitStatus?

        var isDone: Bool { status == .done }
        fileprivate var knowsMore: Bool { !batches.isEmpty || isDone }
    }

    private(set) var units: [Unit] = []
    /// The number the next unit can have.
    private(set) var next = 0

    init(_ entries: [Row]) {
        /// Where a unit stands in `units`, and which one it continues.
        var places: [Int: Int] = [:]
        var continued: [Int: Int] = [:]
        var attempts: [Unit] = []
        for entry in entries.compactMap(JournalEntry.init) {
            switch entry {
            case .began(let number, let key, _, let continuing):
                places[number] = attempts.count
                if let continuing { continued[number] = continuing }
                attempts.append(Unit(number: number, key: key))
                next = max(next, number + 1)
            case .batch(let number, let stage, let changes):
                guard let place = places[number] else { continue }
                attempts[place].batches.removeAll { $0.stage == stage }
                attempts[place].batches.append(Batch(stage: stage, changes: changes, fates: changes.map { _ in .open }))
            case .intent(let number, let stage, let row, let at):
                Self.set(.pending(since: at), stage, row, in: &attempts, places[number])
            case .outcome(let number, let stage, let row, let report):
                // Unverified and not started are no answers.
                switch report.status {
                case .unverified: break
                case .notStarted, .planned: Self.set(.open, stage, row, in: &attempts, places[number])
                case .done, .unchanged, .refused, .failed: Self.set(.over(report), stage, row, in: &attempts, places[number])
                }
            case .ended(let number, let status):
                if let place = places[number] { attempts[place].status = status }
            }
        }
        units = Self.latest(attempts, continued)
    }

    private static func set(_ fate: Fate, _ stage: Int, _ row: Int, in attempts: inout [Unit], _ place: Int?) {
        guard let place, let batch = attempts[place].batches.lastIndex(where: { $0.stage == stage }),
            attempts[place].batches[batch].fates.indices.contains(row)
        else { return }
        attempts[place].batches[batch].fates[row] = fate
    }

    /// Every first attempt, replaced by the last of its successors that knows more.
    private static func latest(_ attempts: [Unit], _ continued: [Int: Int]) -> [Unit] {
        var units: [Unit] = []
        var places: [Int: Int] = [:]
        for attempt in attempts {
            if let first = continued[attempt.number].flatMap({ places[$0] }) {
                places[attempt.number] = first
                if attempt.knowsMore { units[first] = attempt }
            } else {
                places[attempt.number] = units.count
                units.append(attempt)
            }
        }
        return units
    }
}
