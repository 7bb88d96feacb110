internal import ZoshKit

/// What is known of a job, read from its entries.
struct JobRecord {
    /// What is known of one change.
    enum Fate {
        case open
        /// The request may have left at this time, and its outcome is unknown.
        case pending(since: Int64)
        /// Zoho does it later, as a job of its own with this number.
        case accepted(job: String, since: Int64)
        case over(ChangeReport)

        var isDone: Bool { if case .over(let report) = self { !report.outcome.isFailure } else { false } }

        var isAccepted: Bool { if case .accepted = self { true } else { false } }

        /// Whether nothing more will come of it by itself.
        var isOver: Bool { if case .over = self { true } else { false } }
    }

    struct Entry {
        let change: PlannedChange
        var fate = Fate.open
        /// When the request left, or may have; seconds since 1970.
        var sent: Int64?
        /// What was reported while its outcome was unknown.
        var unverified: ChangeReport?
        /// What Zoho showed of the fields afterwards.
        var shown: Row?

        /// Whether something is left to do, or to be found out. What was asked for in vain is over.
        var isOpen: Bool { !fate.isOver && unverified == nil }
    }

    struct Batch {
        let first: Int
        let step: Origin.Step?
        var entries: [Entry]

        func holds(_ row: Int) -> Bool { first <= row && row < first + entries.count }
    }

    /// In order, each step as its latest attempt has it.
    private(set) var batches: [Batch] = []
    /// Those that are not decided yet, or never were.
    private var undecided: [Batch] = []
    /// The number the next row can have.
    private(set) var next = 0

    init() {}

    /// - Parameter nouns: the table that says what the nouns of its changes mean.
    init(_ entries: [Row], among nouns: [Resource] = Resource.all) {
        for entry in entries { JobEntry(entry, among: nouns).map { add($0) } }
    }

    mutating func add(_ entry: JobEntry) {
        switch entry {
        case .batch(let first, let step, let changes):
            begin(Batch(first: first, step: step, entries: changes.map { Entry(change: $0) }))
            next = max(next, first + changes.count)
        case .page(let first, let batch, let step, let changes):
            let place = undecided.firstIndex { $0.first == batch } ?? undecided.endIndex
            if place == undecided.endIndex { undecided.append(Batch(first: batch, step: step, entries: [])) }
            undecided[place].entries += changes.map { Entry(change: $0) }
            next = max(next, first + changes.count)
        case .begun(let batch):
            if let place = undecided.firstIndex(where: { $0.first == batch }) { begin(undecided.remove(at: place)) }
        case .intent(let row, let at):
            change(row) {
                $0.sent = at
                $0.fate = .pending(since: at)
            }
        case .accepted(let row, let job):
            change(row) { $0.fate = .accepted(job: job, since: $0.sent ?? 0) }
        case .outcome(let row, let report):
            switch report.outcome {
            // No answer, or not the answer that Zoho shows: the request may still take effect.
            case .unverified:
                change(row) {
                    // It is asked for again.
                    if case .accepted = $0.fate { return }
                    $0.unverified = report
                    if let since = $0.sent { $0.fate = .pending(since: since) }
                }
            case .notStarted, .planned: change(row) { $0.fate = .open }
            case .done, .unchanged, .refused, .failed: change(row) { $0.fate = .over(report) }
            }
        case .shown(let row, let values): change(row) { $0.shown = values }
        }
    }

    private mutating func begin(_ batch: Batch) {
        if let step = batch.step { batches.removeAll { $0.step == step } }
        batches.append(batch)
    }

    private mutating func change(_ row: Int, _ body: (inout Entry) -> Void) {
        // Entries come in the order of time, so the batch they belong to is one of the last.
        if let place = batches.lastIndex(where: { $0.holds(row) }) {
            body(&batches[place].entries[row - batches[place].first])
        } else if let place = undecided.lastIndex(where: { $0.holds(row) }) {
            body(&undecided[place].entries[row - undecided[place].first])
        }
    }

    /// - Throws: `ZoshError.refused` when a step that is not done has changes that this version cannot do: it would
    ///   lose them.
    func checkIsKnown(_ number: Int) throws {
        let unknown = batches.contains { batch in
            batch.entries.contains { $0.change.effect is UnknownChange } && !batch.entries.allSatisfy(\.fate.isDone)
        }
        guard unknown else { return }
        throw ZoshError(
            .refused, "job \(number) has changes that this version of zosh does not know",
            remedy: "continue it with the version that began it, or give up the rest: jobs cancel \(number)")
    }

    /// Whether it has changes that this version does not know.
    var hasUnknown: Bool { batches.contains { $0.entries.contains { $0.change.effect is UnknownChange } } }

    /// Every change with its number, from 1 on.
    var rows: [(number: Int, entry: Entry)] {
        batches.flatMap(\.entries).enumerated().map { ($0.offset + 1, $0.element) }
    }

    /// Every change, those that are not decided on yet included.
    var all: [Entry] { (batches + undecided).flatMap(\.entries) }

    var isOpen: Bool { batches.contains { $0.entries.contains(where: \.isOpen) } }

    func isOpen(_ row: Int) -> Bool {
        guard let batch = batches.last(where: { $0.holds(row) }) else { return false }
        return batch.entries[row - batch.first].isOpen
    }

    /// Whether a change of it was not made.
    var hasFailed: Bool {
        counts(isRunning: false).keys.contains { ChangeReport.Outcome(rawValue: $0)?.isFailure != false }
    }

    /// How many changes ended in which way.
    /// - Parameter isRunning: whether a process is at the job.
    func counts(isRunning: Bool) -> [String: Int] {
        var counts: [String: Int] = [:]
        for entry in batches.lazy.flatMap(\.entries) {
            let word = isRunning && entry.isSent ? Entry.underWay : (entry.report?.outcome ?? .notStarted).rawValue
            counts[word, default: 0] += 1
        }
        return counts
    }
}

extension JobRecord.Entry {
    static let underWay = "under way"

    /// Whether its request has left, and it is not reported yet that no answer comes.
    var isSent: Bool {
        switch fate {
        case .pending: unverified == nil
        case .accepted: true
        case .open, .over: false
        }
    }

    /// How it ended as far as that is known; nil for one that never had its turn.
    var report: ChangeReport? {
        switch fate {
        case .open: nil
        case .pending: unverified ?? ChangeReport(.unverified, message: "sent; Zoho's answer is unknown")
        case .accepted(let job, _): .accepted(job)
        case .over(let report): report
        }
    }

    /// The change as a later attempt begins with it.
    var again: PlannedChange {
        var planned = change
        planned.wasLetThrough = true
        switch fate {
        case .open: break
        case .over(var report):
            // What failed is tried again; what Zoho refused may have been cured meanwhile.
            guard !report.outcome.isFailure else { break }
            report.message = "done before"
            planned.settled = report
        case .pending(let since):
            planned = change.pending(since: since)
            planned.wasLetThrough = true
            planned.original = change.current
        case .accepted(let job, let since):
            planned = change.pending(since: since)
            planned.wasLetThrough = true
            planned.original = change.current
            planned.accepted = job
            planned.settled = .accepted(job)
        }
        return planned
    }
}

extension PlannedChange {
    /// The change as one whose request may have left, without what a request changes of what the person saw (a status).
    fileprivate func pending(since: Int64) -> PlannedChange {
        var pending = self
        if var change {
            for name in change.resource.spelling.keys { change.seen?[name] = nil }
            pending = PlannedChange(change)
            pending.name = name
            pending.approvals = approvals
        }
        pending.pendingSince = since
        return pending
    }
}
