internal import ZoshKit

/// What is known of one run of one pipeline.
struct EarlierUnit {
    /// What is known of one change of a batch.
    enum Fate {
        case open
        /// The request may have left at this time, and nobody knows what became of it.
        case pending(since: Int64)
        case over(ChangeReport)

        var isDone: Bool { if case .over(let report) = self { !report.outcome.isFailure } else { false } }
    }

    struct Batch {
        let changes: [PlannedChange]
        var fates: [Fate]

        init(_ changes: [PlannedChange]) {
            self.changes = changes
            fates = changes.map { _ in .open }
        }

        var isDone: Bool { fates.allSatisfy(\.isDone) }
    }

    let number: Int
    let key: String
    /// By stage.
    var batches: [Int: Batch] = [:]
    private(set) var kept: [KeptRows.Slot: KeptRows] = [:]
    var tooMany: Set<KeptRows.Slot> = []
    /// Whether a write followed what there was too much of.
    var isActedOn = false
    var status: ExitStatus?
    var failure: ZoshError?
    /// Whether the script went on because it failed.
    var isDecided = false
    /// Pages of rows whose end has not come yet.
    private var pages: [KeptRows.Slot: [Row]] = [:]

    init(number: Int, key: String) {
        self.number = number
        self.key = key
    }

    /// Nothing of it is to be run again: it ended well, or what it led to has begun.
    var isOver: Bool { status == .done || status != nil && isDecided }

    /// Whether a block ran for rows that nobody knows any more.
    var hasLostSource: Bool { tooMany.contains { $0 != .result } }

    /// Where it goes on: the first stage with something left, whose input is known.
    var resumption: Int? {
        let sources = kept.keys.compactMap { slot in if case .source(let stage) = slot { stage } else { nil } }
        let unfinished = batches.filter { !$0.value.isDone }.keys
        return (sources + unfinished).min() ?? batches.keys.max()
    }

    mutating func set(_ fate: Fate, _ stage: Int, _ row: Int) {
        guard batches[stage]?.fates.indices.contains(row) == true else { return }
        batches[stage]?.fates[row] = fate
    }

    mutating func keep(_ part: KeptRows, _ slot: KeptRows.Slot, _ isLast: Bool) {
        pages[slot, default: []] += part.rows
        guard isLast else { return }
        kept[slot] = KeptRows(rows: pages.removeValue(forKey: slot) ?? [], columns: part.columns, outcome: part.outcome)
    }

    /// Takes over what a later attempt knows; what it never came to stays as it is.
    mutating func succeed(_ later: EarlierUnit) {
        batches.merge(later.batches) { $1 }
        kept.merge(later.kept) { $1 }
        tooMany.formUnion(later.tooMany)
        isActedOn = isActedOn || later.isActedOn
        (status, failure, isDecided) = (later.status, later.failure, later.isDecided)
    }
}
