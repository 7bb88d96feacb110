internal import ZoshKit

/// The journal of the current run, and what an earlier attempt at the same run left.
///
/// Invariant: what led to changes is on the disk before they pass the gate. The rest may wait: rows that are lost led
/// to no write.
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

    nonisolated let run: Int
    private let store: any SeriesStore
    private let steps: any StepHistory
    nonisolated let isDry: Bool
    /// Whether an earlier attempt has done some of it.
    nonisolated let isContinued: Bool
    /// The rows of variables that the line read from the session it was typed in.
    nonisolated let variables: [String: KeptRows]
    private var header: Row
    private var next: Int
    private var earlier: [String: ArraySlice<EarlierUnit>]
    private var waiting: [Row] = []
    /// Whether this or an earlier attempt has done something that is not to be done again.
    private(set) var hasProgress: Bool
    /// Whether the unit that runs has come to a gate.
    private var isChanging = false
    /// Whether something failed that could be done again.
    private var hasFailed = false
    /// Units of the line that runs which failed.
    private var failed: [Int] = []
    /// The digests of the files read so far, by path; nil where there is none.
    private var files: [String: String?]

    /// - Parameter isDry: whether the run only shows what is left to do: nothing is written down.
    init(
        _ run: Int, header: Row, after earlier: EarlierRun? = nil, in journal: Journal, isDry: Bool = false
    ) {
        self.run = run
        self.header = header
        store = journal.runs
        steps = journal.steps
        self.isDry = isDry
        isContinued = earlier != nil
        variables = earlier?.variables ?? [:]
        next = earlier?.next ?? 0
        hasProgress =
            earlier?.units.contains { $0.isOver || !$0.steps.isEmpty } == true
        files = (earlier?.files ?? [:]).mapValues(Optional.some)
        self.earlier = Dictionary(grouping: earlier?.units ?? [], by: \.key).mapValues { $0[...] }
    }

    // MARK: Units

    /// - Parameters:
    ///   - line: the line it stands in.
    ///   - needsResult: whether the script uses the result of the pipeline.
    ///   - writes: whether it may change something; what only reads is written down with what follows it.
    func open(_ key: String, in line: LineTally, at place: Span, needsResult: Bool, writes: Bool) throws
        -> Opening
    {
        let former = earlier[key]?.popFirst()
        let number = former?.number ?? next
        line.begin(unit: number)
        if let former {
            let isUnknown = former.isOver ? needsResult && former.tooMany.contains(.result) : former.hasLostSource
            if former.isOver, !isUnknown { return .over(Self.finished(former)) }
            if isUnknown, former.writeFollowedLostRows { throw Self.unknown(place) }
        }
        next = max(next, number + 1)
        waiting.append(JournalEntry.began(unit: number, key: key).row)
        return .begun(
            UnitJournal(run: self, number: number, writes: writes, takeover: former.flatMap(Self.takeover)))
    }

    /// Where a unit continues.
    private static func takeover(of former: EarlierUnit) -> UnitJournal.Takeover? {
        guard let stage = former.resumption else { return nil }
        if let source = former.kept[.source(stage: stage)] { return .rows(stage: stage, source) }
        return former.steps[stage].map { .changes(stage: stage, $0.changes) }
    }

    func end(_ unit: UnitJournal, _ status: ExitStatus, _ failure: ZoshError?) async {
        if status != .done {
            failed.append(unit.number)
            if failure?.fact != .lineCancelled { hasFailed = true }
        }
        // With any other status the gate let nothing through.
        if status == .done || isChanging && ![.failed, .usage].contains(status) { hasProgress = true }
        isChanging = false
        waiting.append(JournalEntry.ended(unit: unit.number, status, failure: failure).row)
        // A run whose end is not written down is resumed once more, finds everything done, and says so.
        if unit.writes { try? await flush() }
    }

    /// A new line, or the block for a new row.
    func beginLine() { failed = [] }

    /// Notes that the line continues although something in it failed.
    func continueAfterFailure() {
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

    /// The rows of a variable from outside the run.
    func keep(_ rows: KeptRows, of variable: String) {
        waiting += rows.pages.map { JournalEntry.variable(variable, $0.part, isLast: $0.isLast).row }
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

    /// A stage is about to change something.
    func begin(_ step: Origin.Step) async throws {
        isChanging = true
        waiting.append(JournalEntry.changing(unit: step.unit, stage: step.stage).row)
        try await flush()
    }

    // MARK: The run

    /// The run has stopped; one that ended well is never resumed, nor one that went on to its end and has left undone
    /// only what was given up.
    /// - Parameter isWhole: whether every line had its turn, whatever became of the others.
    /// - Returns: whether nothing is left to be resumed.
    @discardableResult
    func finish(_ status: ExitStatus, isWhole: Bool = false) async throws -> Bool {
        guard !isDry else { return status == .done }
        try await flush()
        header["ended"] = .integer(Int64(status.rawValue))
        var isOver = status == .done
        if isWhole, !status.endsEverything, !hasFailed, await hasCancelledLines { isOver = true }
        if isOver {
            // An attempt that died after its last change has left a job that only lacks its end.
            if isContinued { _ = try await steps.jobsLeft(of: run, closing: true) }
            try await store.finish(run, header)
        } else {
            try await store.setHeader(header, of: run)
            await store.release(run)
        }
        return isOver
    }

    var hasCancelledLines: Bool { get async { await steps.hasCancelledLines(run) } }

    /// Whether an earlier attempt has left jobs that this one, which ended so, has not brought to their end.
    func leavesJobs(after status: ExitStatus) async -> Bool {
        guard isContinued, !isDry else { return false }
        // A line that failed as a whole (a login, a setting) may not have come to what is left.
        let isWhole = status == .done || status == .partial
        return (try? await steps.jobsLeft(of: run, closing: isWhole).isEmpty) != true
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

    private static func finished(_ unit: EarlierUnit) -> Finished {
        let last = unit.steps.max { $0.key < $1.key }?.value
        return Finished(
            status: unit.status ?? .done, failure: unit.failure, result: unit.kept[.result],
            reports: last?.reports ?? [])
    }

    private static func unknown(_ place: Span) -> ZoshError {
        ZoshError(
            .refused,
            "the rows of this line were more than a journal keeps (\(KeptRows.most)), so it is not known what is left "
                + "to do",
            at: place, remedy: "look at what is done, then run the script again, without --resume, for the rest")
    }
}
