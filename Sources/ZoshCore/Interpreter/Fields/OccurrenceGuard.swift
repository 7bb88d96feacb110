internal import ZoshKit

/// Passes the rows that reach a condition on once the values it looks for were seen to occur.
///
/// A misspelt value of a negative comparison excludes no rows, so that all of them would pass. Rows wait here until
/// every such value has occurred, which in most lines is the first page; what has not occurred at the end is judged
/// before a row reaches a write. Of an endless stream that no write follows no more than a page waits.
actor OccurrenceGuard: RowSource {
    /// What has not occurred yet.
    private struct Open {
        let sought: SoughtValues
        var tests: [(test: SoughtValues.Test, occursIn: (Row) -> Bool)]
        /// Whether one of its values has occurred.
        var isProven: Bool
    }

    private enum Phase { case holding, releasing, passing, ended }

    private let upstream: RowStream
    private let judge: OccurrenceJudge
    private let condition: ConditionMatcher
    private var open: [Open]
    private var seen: SeenValues
    private var phase = Phase.holding
    private var held: HeldPages
    private var rows = 0
    private var kept = 0
    private var isFinite: Bool
    /// Whether the last row came.
    private var isOver = false
    private var notes: [String] = []
    private var doubts: [Doubt] = []

    /// - Returns: nil when the condition has nothing to wait for.
    init?(
        _ upstream: RowStream, _ condition: Condition, _ judge: OccurrenceJudge, _ dates: DateReader, _ holding: Holding
    )
        throws
    {
        let soughtValues = judge.examinable(condition.soughtValues)
        guard !soughtValues.isEmpty else { return nil }
        self.upstream = upstream
        self.judge = judge
        self.condition = try ConditionMatcher(condition, dates: dates)
        open = try soughtValues.map { sought in
            Open(
                sought: sought,
                tests: try sought.tests.map { ($0, try Self.test($0, of: sought, dates)) },
                isProven: sought.isKnown)
        }
        seen = SeenValues(soughtValues.map(\.field.path), sought: soughtValues)
        held = HeldPages(holding)
        isFinite = judge.holdsAll || judge.isKept
    }

    /// Whether a row has a value; of less and more one that can be compared so.
    private static func test(_ test: SoughtValues.Test, of sought: SoughtValues, _ dates: DateReader) throws
        -> (Row) -> Bool
    {
        guard case .order = sought.kind, let literal = test.value else {
            return try ConditionMatcher(test.condition, dates: dates).matches
        }
        let (reader, kind) = (RowFieldReader(sought.field.path), OrderedKind(literal))
        return { row in
            ValueComparison.texts(reader.value(in: row)).contains { OrderedKind(of: $0, dates) == kind }
        }
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        while true {
            switch phase {
            case .holding:
                if let batch = try await upstream.next(for: demand) {
                    try observe(batch.rows)
                    if !isWaiting, held.isEmpty {
                        phase = .passing
                        return batch
                    }
                    try held.add(batch)
                    // What a file holds has an end.
                    if batch.rows.first?.origin != nil { isFinite = true }
                    if !isWaiting || !isFinite && rows >= rowsOfPage { phase = .releasing }
                } else {
                    try await conclude()
                    phase = .releasing
                    isOver = true
                }
            case .releasing:
                if let batch = try held.next() { return batch }
                phase = isOver ? .ended : .passing
            case .passing:
                guard let batch = try await upstream.next(for: demand) else {
                    try await conclude()
                    phase = .ended
                    return nil
                }
                if !open.isEmpty { try observe(batch.rows) }
                return batch
            case .ended: return nil
            }
        }
    }

    /// Whether a value that decides what may pass has not occurred.
    private var isWaiting: Bool { open.contains { $0.sought.isNegated || judge.holdsAll } }

    func outcome() async -> RowOutcome {
        var outcome = await upstream.outcome()
        outcome.notes += notes
        outcome.doubts += doubts
        return outcome
    }

    private func observe(_ batch: [Row]) throws {
        rows += batch.count
        try PatternWatch.watching {
            for row in batch where (kept == 0 || judge.holdsAll) && condition.matches(row) { kept += 1 }
            for index in open.indices {
                let before = open[index].tests.count
                open[index].tests.removeAll { pair in batch.contains(where: pair.occursIn) }
                if open[index].tests.count < before { open[index].isProven = true }
            }
        }
        open.removeAll(where: \.tests.isEmpty)
        if !open.isEmpty { seen.see(batch, keptAny: false) }
    }

    private func conclude() async throws {
        guard rows > 0 else { return }
        for open in open {
            let path = open.sought.field.path
            let finding = OccurrenceJudge.Finding(
                sought: open.sought, absent: open.tests.map(\.test), isProven: open.isProven, rows: rows,
                kept: kept, values: seen.values(of: path), sentence: seen.sentence(about: path),
                hasNull: seen.hasNull(path), isVocabulary: seen.isVocabulary(path), isEarly: phase == .holding)
            let verdict = try await judge.judge(finding)
            if let note = verdict.note { notes.append(note) }
            if let doubt = verdict.doubt { doubts.append(doubt) }
        }
        open = []
    }
}

/// Pages of rows that wait: a bounded number in memory, the others on disk.
private struct HeldPages {
    private static let most = 20_000

    private var pages: [RowBatch] = []
    private var count = 0
    private var late: ExternalSorter?
    private let holding: Holding
    private let coder = RowCoder()
    private(set) var isEmpty = true

    init(_ holding: Holding) { self.holding = holding }

    mutating func add(_ batch: RowBatch) throws {
        isEmpty = false
        guard late != nil || count + batch.count > Self.most else {
            count += batch.count
            pages.append(batch)
            return
        }
        var late = late ?? ExternalSorter(holding)
        self.late = nil
        let coder = coder
        for row in batch.rows {
            // Without keys the order is that of coming.
            try late.add { _ in
            } payload: {
                coder.encode(row, into: &$0)
            }
        }
        self.late = late
    }

    mutating func next() throws -> RowBatch? {
        if !pages.isEmpty { return pages.removeFirst() }
        let coder = coder
        var rows: [Row] = []
        while rows.count < rowsOfPage, let row = try late?.next({ _, payload in coder.row(payload) }) {
            rows.append(row)
        }
        return rows.isEmpty ? nil : RowBatch(rows)
    }
}
