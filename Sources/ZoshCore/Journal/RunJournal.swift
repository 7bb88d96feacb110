internal import ZoshKit

/// The journal of the run that goes on, and what an earlier attempt at the same run left.
///
/// Invariant: an intent is on the disk before `intend` returns, hence before the request leaves, and everything said
/// before it as well. The rest may wait for the next intent: an outcome that is lost is found again by reading, and
/// rows that are lost led to no write.
actor RunJournal {
    /// What becomes of a pipeline that is about to run.
    enum Opening: Sendable {
        case begun(UnitJournal)
        case over(Finished)
    }

    /// What a pipeline gave that is not run again.
    struct Finished: Sendable {
        let status: ExitStatus
        let failure: ZoshError?
        /// What it gave, when that was kept.
        let result: KeptRows?
        /// A row for each change of its last stage that writes.
        let reports: [Row]
    }

    nonisolated let run: String
    private let store: any JournalStore
    private let now: @Sendable () -> Int64
    nonisolated let isDry: Bool
    /// Whether an earlier attempt has done some of it.
    nonisolated let isContinued: Bool
    private var header: Row
    private var next: Int
    private var earlier: [String: ArraySlice<EarlierUnit>]
    /// What units taken up again did, by what it was, in order.
    private var effects: [StageEffect: [(fate: EarlierUnit.Fate, name: String?)]] = [:]
    private var waiting: [Row] = []
    /// Units of the line that runs which failed.
    private var failed: [Int] = []
    /// The digests of the files read so far, by path; nil where there is none.
    private var files: [String: String?]

    /// - Parameter isDry: whether the run only shows what is left to do: nothing is written down.
    init(
        _ run: String, header: Row, after earlier: EarlierRun? = nil, in store: any JournalStore, isDry: Bool = false,
        now: @escaping @Sendable () -> Int64
    ) {
        self.run = run
        self.header = header
        self.store = store
        self.isDry = isDry
        isContinued = earlier != nil
        self.now = now
        next = earlier?.next ?? 0
        files = (earlier?.files ?? [:]).mapValues(Optional.some)
        self.earlier = Dictionary(grouping: earlier?.units ?? [], by: \.key).mapValues { $0[...] }
    }

    // MARK: Units

    /// - Parameters:
    ///   - needsResult: whether the script goes on with what the pipeline gives.
    ///   - writes: whether it may change something; what only reads is written down with what follows it.
    func open(_ key: String, line: Int, at place: Span, needsResult: Bool, writes: Bool) throws -> Opening {
        let former = earlier[key]?.popFirst()
        if let former {
            let isUnknown = former.isOver ? needsResult && former.tooMany.contains(.result) : former.hasLostSource
            if former.isOver, !isUnknown { return .over(Self.finished(former)) }
            if isUnknown, former.isActedOn { throw Self.unknown(place) }
        }
        let number = next
        next += 1
        waiting.append(JournalEntry.began(unit: number, key: key, line: line, continuing: former?.number).row)
        return .begun(
            UnitJournal(
                run: self, number: number, writes: writes, takeover: former.flatMap { takeover(of: $0, by: number) }))
    }

    /// Where a unit goes on; the batches of other stages wait until their stage comes.
    private func takeover(of former: EarlierUnit, by number: Int) -> UnitJournal.Takeover? {
        let stage = former.resumption
        for (other, batch) in former.batches where other != stage || former.kept[.source(stage: other)] != nil {
            for (change, fate) in zip(batch.changes, batch.fates) {
                effects[StageEffect(change.effect, number, other), default: []].append((fate, change.name))
            }
        }
        guard let stage else { return nil }
        if let source = former.kept[.source(stage: stage)] { return .rows(stage: stage, source) }
        return former.batches[stage].map { .changes(stage: stage, zip($0.changes, $0.fates).map(Self.planned)) }
    }

    func end(_ unit: UnitJournal, _ status: ExitStatus, _ failure: ZoshError?) async {
        if status != .done { failed.append(unit.number) }
        waiting.append(JournalEntry.ended(unit: unit.number, status, failure: failure).row)
        // A run whose end is not written down is resumed once more, finds everything done, and says so.
        if unit.writes { try? await flush() }
    }

    /// A new line, or the block for a new row.
    func beginLine() { failed = [] }

    /// The line goes on although something in it failed.
    func goOn() {
        waiting += failed.map { JournalEntry.decided(unit: $0).row }
        failed = []
    }

    // MARK: What was read

    /// - Returns: whether there was room for the rows.
    func keep(_ rows: KeptRows, _ slot: KeptRows.Slot, unit: Int) -> Bool {
        guard !rows.isTooLarge else {
            waiting.append(JournalEntry.tooMany(unit: unit, slot).row)
            return false
        }
        waiting += rows.entries(unit: unit, slot).map(\.row)
        return true
    }

    /// A file is about to be read.
    func read(_ path: String, _ digest: () async -> String?) async {
        guard files[path] == nil else { return }
        let digest = await digest()
        files[path] = .some(digest)
        if let digest { waiting.append(JournalEntry.file(path, digest: digest).row) }
    }

    /// The files an earlier attempt read.
    var filesBefore: [String: String] { files.compactMapValues(\.self) }

    // MARK: Rows

    /// Settles what an earlier attempt at the same stage has done.
    func settle(_ planned: [PlannedChange], unit: Int, stage: Int) -> [PlannedChange] {
        guard !effects.isEmpty else { return planned }
        return planned.map { one in
            let effect = StageEffect(one.effect, unit, stage)
            guard one.settled == nil, var fates = effects[effect], !fates.isEmpty else { return one }
            let (fate, name) = fates.removeFirst()
            effects[effect] = fates
            var named = one
            named.name = name
            return Self.planned(named, fate)
        }
    }

    func begin(_ planned: [PlannedChange], unit: Int, stage: Int) async throws {
        waiting.append(JournalEntry.batch(unit: unit, stage: stage, planned).row)
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
        waiting.append(JournalEntry.intent(unit: unit, stage: stage, row: row, at: now()).row)
        try await flush()
    }

    func conclude(_ row: Int, _ report: ChangeReport, unit: Int, stage: Int) {
        waiting.append(JournalEntry.outcome(unit: unit, stage: stage, row: row, report).row)
    }

    // MARK: The run

    /// The run is over; one that ended well is never resumed.
    func finish(_ status: ExitStatus) async throws {
        guard !isDry else { return }
        try await flush()
        header["ended"] = .integer(Int64(status.rawValue))
        try await store.setHeader(header, of: run)
        await store.release(run)
    }

    private func flush() async throws {
        guard !waiting.isEmpty else { return }
        let entries = waiting
        waiting = []
        guard !isDry else { return }
        do {
            try await store.append(entries, to: run)
        } catch {
            waiting = entries + waiting
            throw error
        }
    }

    // MARK: What was done before

    private static func planned(_ one: PlannedChange, _ fate: EarlierUnit.Fate) -> PlannedChange {
        var planned = one
        switch fate {
        case .open: break
        case .over(var report):
            // What failed is tried again; what Zoho refused may have been cured meanwhile.
            guard !report.outcome.isFailure else { break }
            report.message = "done before"
            planned.settled = report
        case .pending(let since): planned = one.pending(since: since)
        }
        return planned
    }

    private static func finished(_ unit: EarlierUnit) -> Finished {
        let last = unit.batches.max { $0.key < $1.key }?.value
        let reports = zip(last?.changes ?? [], last?.fates ?? []).map { change, fate in
            let planned = planned(change, fate)
            if let report = planned.settled { return report.row(for: planned) }
            guard case .over(let report) = fate else { return ChangeReport(.unverified).row(for: planned) }
            return report.row(for: planned)
        }
        return Finished(
            status: unit.status ?? .done, failure: unit.failure, result: unit.kept[.result], reports: reports)
    }

    private static func unknown(_ place: Span) -> ZoshError {
        ZoshError(
            .refused,
            "the rows of this line were more than a journal keeps (\(KeptRows.most)), so it is not known what is left "
                + "to do",
            at: place, remedy: "look at what is done, then run the script again, without --resume, for the rest")
    }
}

/// A change as two attempts at the same stage can be compared by: whom, what, and with which values.
private struct StageEffect: Hashable {
    let target: EffectTarget
    let action: String
    let shown: Row
    let unit: Int
    let stage: Int

    init(_ effect: any Effect, _ unit: Int, _ stage: Int) {
        target = effect.target
        action = effect.action
        shown = effect.shown
        self.unit = unit
        self.stage = stage
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
        }
        pending.pendingSince = since
        return pending
    }
}
