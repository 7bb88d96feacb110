/// Something rows can be pulled from, a page at a time.
///
/// One consumer pulls; `next()` is never called again before the previous call returned. After it returned nil or
/// threw, `outcome()` is final.
///
/// For example `while let batch = try await source.next() { count += batch.count }`.
public protocol RowSource: Sendable {
    /// The next page, or nil after the last. Pages are never empty.
    func next() async throws -> RowBatch?
    /// The same, with how much more may be wanted. A source that asks ahead obeys it, and one that stands between a
    /// source and a reader passes it on; others ignore it.
    func next(for demand: Demand) async throws -> RowBatch?
    func outcome() async -> RowOutcome
}

extension RowSource {
    public func next(for demand: Demand) async throws -> RowBatch? { try await next() }
}

/// A pull sequence of pages of rows, its columns known up front and an outcome at its end.
///
/// Nothing happens until the first pull, and never more than a bounded number of pages ahead of it, so a million rows
/// pass through a pipeline in flat memory.
///
/// ```swift
/// let stream = RowStream(Columns(["name"]), rows: [["name": "CEO"], ["name": "Sales"]])
/// while let page = try await stream.next() { for row in page.rows { print(row["name"] ?? .null) } }
/// ```
public struct RowStream: Sendable {
    public var columns: Columns
    /// Where the rows come from, for a stage that changes only what is said of them.
    public let source: any RowSource

    public init(_ columns: Columns = .unknown, from source: any RowSource) {
        self.columns = columns
        self.source = source
    }

    /// Rows already at hand.
    public init(_ columns: Columns = .unknown, rows: [Row], outcome: RowOutcome = RowOutcome()) {
        self.init(columns, from: RowsAtHand(rows, outcome))
    }

    /// No rows at all: what a command returns that has nothing to show.
    public static let none: RowStream = {
        var stream = RowStream(rows: [])
        stream.columns.isSilent = true
        return stream
    }()

    /// Nothing to show, of a text that ran inside the line and has reported how it ended.
    package static func ended(with status: ExitStatus) -> RowStream {
        var outcome = RowOutcome()
        outcome.ending = status == .done ? nil : status
        outcome.isEndingReported = true
        var stream = RowStream(rows: [], outcome: outcome)
        stream.columns.isSilent = true
        return stream
    }

    public func next(for demand: Demand = .everything) async throws -> RowBatch? { try await source.next(for: demand) }
    public func outcome() async -> RowOutcome { await source.outcome() }

    /// The stream's own columns, else those a page of it brought along.
    public func columns(with batch: RowBatch?) -> Columns {
        columns.headline.isEmpty ? batch?.columns ?? columns : columns
    }

    /// All rows at once; only for callers that hold them anyway (`sort`, a write that confirms first).
    public func collect(limit: Int = .max) async throws -> [Row] {
        var rows: [Row] = []
        while rows.count < limit, let batch = try await next() { rows.append(contentsOf: batch.rows) }
        return rows
    }
}

/// Rows in memory, given out a page at a time.
private actor RowsAtHand: RowSource {
    private var rest: ArraySlice<Row>
    private let end: RowOutcome

    init(_ rows: [Row], _ outcome: RowOutcome) {
        rest = rows[...]
        end = outcome
    }

    func next() -> RowBatch? {
        guard !rest.isEmpty else { return nil }
        let page = rest.prefix(1000)
        rest = rest.dropFirst(page.count)
        return RowBatch(Array(page))
    }

    func outcome() -> RowOutcome { end }
}
