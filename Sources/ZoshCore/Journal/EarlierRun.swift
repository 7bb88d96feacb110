internal import ZoshKit

/// What a run had done when it stopped, read from its entries: unit by unit, in the order they began.
///
/// A unit taken up again counts once, with the latest that any attempt knows of each of its parts.
struct EarlierRun {
    private(set) var units: [EarlierUnit] = []
    /// The number the next unit can have.
    private(set) var next = 0
    /// The digests of the files it read.
    private(set) var files: [String: String] = [:]

    init(_ entries: [Row]) {
        /// Where a unit stands in `attempts`, and which one it continues.
        var places: [Int: Int] = [:]
        var continued: [Int: Int] = [:]
        var attempts: [EarlierUnit] = []
        /// Those whose rows were too many, while no write has followed.
        var lost: [Int] = []
        for entry in entries.compactMap(JournalEntry.init) {
            func change(_ number: Int, _ body: (inout EarlierUnit) -> Void) {
                if let place = places[number] { body(&attempts[place]) }
            }
            switch entry {
            case .began(let number, let key, _, let continuing):
                places[number] = attempts.count
                if let continuing { continued[number] = continuing }
                attempts.append(EarlierUnit(number: number, key: key))
                next = max(next, number + 1)
            case .batch(let number, let stage, let changes):
                change(number) { $0.batches[stage] = EarlierUnit.Batch(changes) }
            case .intent(let number, let stage, let row, let at):
                change(number) { $0.set(.pending(since: at), stage, row) }
                // Of rows that were not kept, some may have led to this write.
                for place in lost { attempts[place].isActedOn = true }
                lost = []
            case .outcome(let number, let stage, let row, let report):
                // Unverified and not started are no answers.
                switch report.outcome {
                case .unverified: break
                case .notStarted, .planned: change(number) { $0.set(.open, stage, row) }
                case .done, .unchanged, .refused, .failed: change(number) { $0.set(.over(report), stage, row) }
                }
            case .kept(let number, let slot, let rows, let isLast): change(number) { $0.keep(rows, slot, isLast) }
            case .tooMany(let number, let slot):
                change(number) { $0.tooMany.insert(slot) }
                if let place = places[number] { lost.append(place) }
            case .ended(let number, let status, let failure):
                change(number) { ($0.status, $0.failure) = (status, failure) }
            case .decided(let number): change(number) { $0.isDecided = true }
            case .file(let path, let digest): files[path] = files[path] ?? digest
            }
        }
        units = Self.latest(attempts, continued)
    }

    /// Every first attempt, with what its successors know better.
    private static func latest(_ attempts: [EarlierUnit], _ continued: [Int: Int]) -> [EarlierUnit] {
        var units: [EarlierUnit] = []
        var places: [Int: Int] = [:]
        for attempt in attempts {
            if let first = continued[attempt.number].flatMap({ places[$0] }) {
                places[attempt.number] = first
                units[first].succeed(attempt)
            } else {
                places[attempt.number] = units.count
                units.append(attempt)
            }
        }
        return units
    }
}
