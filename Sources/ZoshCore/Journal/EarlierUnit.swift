internal import ZoshKit

/// What is known of one run of one pipeline.
struct EarlierUnit {
    let number: Int
    let key: String
    /// What its stages have changed, by stage.
    var steps: [Int: RecordedStep] = [:]
    private(set) var kept: [KeptRows.Slot: KeptRows] = [:]
    var tooMany: Set<KeptRows.Slot> = []
    /// Whether a write ran after rows that were too many to store.
    var writeFollowedLostRows = false
    var status: ExitStatus?
    var failure: ZoshError?
    /// Whether the script continued because it failed.
    var isDecided = false
    /// Pages of rows whose end has not come yet.
    private var pages: [KeptRows.Slot: [Row]] = [:]

    init(number: Int, key: String) {
        self.number = number
        self.key = key
    }

    /// Nothing of it is to be run again: it ended well, or what it led to has begun and Zoho is at nothing of it.
    var isOver: Bool { status == .done || status != nil && isDecided && !steps.values.contains(where: \.isAccepted) }

    /// Whether a block ran for rows that were not stored.
    var hasLostSource: Bool { tooMany.contains { $0 != .result } }

    /// Where it continues: the first stage with something left, whose input is known.
    var resumption: Int? {
        let sources = kept.keys.compactMap { slot in if case .source(let stage) = slot { stage } else { nil } }
        let unfinished = steps.filter { !$0.value.isDone }.keys
        return (sources + unfinished).min() ?? steps.keys.max()
    }

    mutating func keep(_ part: KeptRows, _ slot: KeptRows.Slot, _ isLast: Bool) {
        pages[slot, default: []] += part.rows
        guard isLast else { return }
        kept[slot] = KeptRows(rows: pages.removeValue(forKey: slot) ?? [], columns: part.columns, outcome: part.outcome)
    }

    /// How an earlier attempt ended says nothing any more; what it had read and changed stays.
    mutating func beginAgain() { (status, failure, isDecided) = (nil, nil, false) }
}
