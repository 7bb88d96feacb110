internal import ZoshKit

/// Passes a stream on and keeps its first rows, for `$last`.
actor KeptStream: RowSource {
    private let upstream: RowStream
    private let limit: Int
    private var rows: [Row] = []
    private var columns: Columns
    private var isWhole = true
    private var hasEnded = false
    private(set) var count = 0

    init(_ upstream: RowStream, limit: Int) {
        self.upstream = upstream
        self.limit = limit
        columns = upstream.columns
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        guard let batch = try await upstream.next(for: demand) else {
            hasEnded = true
            return nil
        }
        if count == 0 { columns = upstream.columns(with: batch) }
        count += batch.count
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
