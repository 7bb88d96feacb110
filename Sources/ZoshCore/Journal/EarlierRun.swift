internal import ZoshKit

/// What a run had done when it stopped, read from its entries and from the gate's: unit by unit, in the order they
/// began.
///
/// A unit taken up again keeps its number and counts once, with the latest that any attempt knows of each of its parts.
struct EarlierRun {
    private(set) var units: [EarlierUnit] = []
    /// The number the next unit can have.
    private(set) var next = 0
    /// The digests of the files it read.
    private(set) var files: [String: String] = [:]
    /// The rows of variables that were kept whole.
    private(set) var variables: [String: KeptRows] = [:]

    init(_ entries: [Row], _ steps: [RecordedStep]) {
        /// Where a unit stands in `units`.
        var places: [Int: Int] = [:]
        /// Those whose rows were too many, while no write has followed.
        var lost: [Int] = []
        /// Pages of variables whose end has not come yet.
        var pages: [String: [Row]] = [:]
        for entry in entries.compactMap(JournalEntry.init) {
            func change(_ number: Int, _ body: (inout EarlierUnit) -> Void) {
                if let place = places[number] { body(&units[place]) }
            }
            switch entry {
            case .began(let number, let key):
                if let place = places[number] {
                    units[place].beginAgain()
                } else {
                    places[number] = units.count
                    units.append(EarlierUnit(number: number, key: key))
                }
                next = max(next, number + 1)
            case .changing:
                // Of rows that were not kept, some may have led to this write.
                for place in lost { units[place].writeFollowedLostRows = true }
                lost = []
            case .kept(let number, let slot, let rows, let isLast): change(number) { $0.keep(rows, slot, isLast) }
            case .variable(let name, let part, let isLast):
                pages[name, default: []] += part.rows
                guard isLast else { continue }
                variables[name] = KeptRows(
                    rows: pages.removeValue(forKey: name) ?? [], columns: part.columns, outcome: part.outcome)
            case .tooMany(let number, let slot):
                change(number) { $0.tooMany.insert(slot) }
                if let place = places[number] { lost.append(place) }
            case .ended(let number, let status, let failure):
                change(number) { ($0.status, $0.failure) = (status, failure) }
            case .decided(let number): change(number) { $0.isDecided = true }
            case .file(let path, let digest): files[path] = files[path] ?? digest
            }
        }
        for step in steps {
            if let place = places[step.step.unit] { units[place].steps[step.step.stage] = step }
        }
    }
}
