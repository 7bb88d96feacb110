internal import ZoshKit

/// The journal of the run that goes on, and what an earlier attempt at the same run left.
///
/// Invariant: an intent is on the disk before `intend` returns, hence before the request leaves. Outcomes may wait for
/// the next intent: one that is lost is found again by reading.
actor RunJournal {
    /// What becomes of a pipeline that is about to run.
    enum Opening: Sendable {
        /// Run it. What an earlier attempt did of it, stage by stage, is not done again.
        case fresh(UnitJournal)
        /// It died on the way: finish this batch, which its stage had already decided on.
        case interrupted(UnitJournal, stage: Int, [PlannedChange])
        /// Nothing is left to do; these are the rows its last stage that writes gave.
        case finished(stage: Int, [Row])
    }

    nonisolated let run: String
    private let store: any JournalStore
    private let now: @Sendable () -> Int64
    private var header: Row
    private var next: Int
    private var earlier: [String: ArraySlice<EarlierRun.Unit>]
    /// What failed units did, by what it was, in order.
    private var effects: [Effect: [EarlierRun.Fate]] = [:]
    private var waiting: [Row] = []

    init(_ run: String, header: Row, after earlier: EarlierRun? = nil, in store: any JournalStore, now: @escaping @Sendable () -> Int64) {
        self.run = run
        self.header = header
        self.store = store
        self.now = now
        next = earlier?.next ?? 0
        self.earlier = Dictionary(grouping: earlier?.units ?? [], by: \.key).mapValues { $0[...] }
    }

    // MARK: Units

    func open(_ key: String, line: Int) async throws -> Opening {
        let former = earlier[key]?.popFirst()
        if let former, former.isDone {
            let last = former.batches.last
            return .finished(stage: last?.stage ?? 0, last.map(Self.rows) ?? [])
        }
        let number = next
        next += 1
        try await write(.began(unit: number, key: key, line: line, continuing: former?.number))
        let unit = UnitJournal(run: self, number: number, key: key)
        guard let former else { return .fresh(unit) }
        if former.status == nil, let last = former.batches.last {
            return .interrupted(unit, stage: last.stage, zip(last.changes, last.fates).map(Self.planned))
        }
        for batch in former.batches {
            for (change, fate) in zip(batch.changes, batch.fates) { effects[Effect(change, key), default: []].append(fate) }
        }
        return .fresh(unit)
    }

    func end(_ unit: Int, _ status: ExitStatus) async {
        // A run whose end is not written down is resumed once more, finds everything done, and says so.
        try? await write(.ended(unit: unit, status))
    }

    // MARK: Rows

    /// Settles what an earlier attempt at the same pipeline has done.
    func settle(_ planned: [PlannedChange], _ key: String) -> [PlannedChange] {
        guard !effects.isEmpty else { return planned }
        return planned.map { one in
            guard one.settled == nil, var fates = effects[Effect(one.change, key)], !fates.isEmpty else { return one }
            let fate = fates.removeFirst()
            effects[Effect(one.change, key)] = fates
            return Self.planned(one.change, fate)
        }
    }

    func begin(_ planned: [PlannedChange], unit: Int, stage: Int) async throws {
        waiting.append(JournalEntry.batch(unit: unit, stage: stage, changes: planned.map(\.change)).row)
        for (row, one) in planned.enumerated() {
            if let report = one.settled {
                waiting.append(JournalEntry.outcome(unit: unit, stage: stage, row: row, report).row)
            } else if let since = one.pendingSince {
                waiting.append(JournalEntry.intent(unit: unit, stage: stage, row: row, at: since).row)
            }
        }
        try await flush()
    }

    func intend(_ row: Int, unit: Int, stage: Int) async throws {
        try await write(.intent(unit: unit, stage: stage, row: row, at: now()))
    }

    func conclude(_ row: Int, _ report: ChangeReport, unit: Int, stage: Int) {
        waiting.append(JournalEntry.outcome(unit: unit, stage: stage, row: row, report).row)
    }

    // MARK: The run

    /// The run is over; one that ended well is never resumed.
    func finish(_ status: ExitStatus) async throws {
        try await flush()
        header["ended"] = .integer(Int64(status.rawValue))
        try await store.setHeader(header, of: run)
        await store.release(run)
    }

    private func write(_ entry: JournalEntry) async throws {
        waiting.append(entry.row)
        try await flush()
    }

    private func flush() async throws {
        guard !waiting.isEmpty else { return }
        let entries = waiting
        waiting = []
        do {
            try await store.append(entries, to: run)
        } catch {
            waiting = entries + waiting
            throw error
        }
    }

    // MARK: What was done before

    private static func planned(_ change: Change, _ fate: EarlierRun.Fate) -> PlannedChange {
        switch fate {
        case .open: return PlannedChange(change)
        case .over(var report):
            // What failed is tried again; what Zoho refused may have been cured meanwhile.
            guard !report.status.isFailure else { return PlannedChange(change) }
            report.message = "done before"
            var planned = PlannedChange(change)
            planned.settled = report
            return planned
        case .pending(let since):
            var planned = PlannedChange(change.forgettingStatus)
            planned.pendingSince = since
            return planned
        }
    }

    private static func rows(_ batch: EarlierRun.Batch) -> [Row] {
        zip(batch.changes, batch.fates).map { change, fate in
            guard case .over(let report) = fate else { return ChangeReport(.unverified).row(for: PlannedChange(change)) }
            return report.row(for: PlannedChange(change))
        }
    }
}

/// A change as two attempts at the same pipeline can be compared by: whom, what, and with which values.
private struct Effect: Hashable {
    let target: ChangeTarget
    let action: String
    let after: Row
    let key: String

    init(_ change: Change, _ key: String) {
        target = change.target
        action = change.action
        after = change.after
        self.key = key
    }
}

extension Change {
    /// The change without the status the person saw: our own request may have changed it.
    fileprivate var forgettingStatus: Change {
        guard case .user(let id, var seen?) = subject else { return self }
        seen["status"] = nil
        return Change(.user(id: id, seen: seen), action: action, operation: operation, after: after, undo: undo, blast: blast)
    }
}
