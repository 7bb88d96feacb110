internal import ZoshKit

/// Passes a stream on and keeps its first rows, for `$last`; counts the rows of changes that were shown.
actor KeptStream: RowSource {
    private let upstream: RowStream
    private let limit: Int
    private var rows: [Row] = []
    private var columns: Columns
    private var isWhole = true
    private var hasEnded = false
    private(set) var count = 0
    private let shown: ProgressMeter?
    /// Rows of changes that the reader has and may not have shown yet.
    private var given = 0

    /// - Parameter shown: where the rows of changes are counted once they are shown; nil where they are not seen.
    init(_ upstream: RowStream, limit: Int, shown: ProgressMeter? = nil) {
        self.shown = shown
        self.upstream = upstream
        self.limit = limit
        columns = upstream.columns
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        // The reader asks for more once the rows before are out.
        shown?.count(shown: given)
        given = 0
        guard let batch = try await upstream.next(for: demand) else {
            hasEnded = true
            return nil
        }
        if count == 0 {
            columns = upstream.columns(with: batch)
            columns.connections = columns.connections ?? upstream.columns.connections
        }
        count += batch.count
        given = batch.rows.count(where: \.tellsOfChange)
        if isWhole, rows.count + batch.count <= limit {
            rows += batch.rows
        } else {
            // Half a result would be mistaken for a whole one.
            rows = []
            isWhole = false
        }
        return batch
    }

    func outcome() async -> RowOutcome { await upstream.outcome() }

    var kept: Variable { .rows(rows, columns, isWhole: isWhole && hasEnded) }
}
