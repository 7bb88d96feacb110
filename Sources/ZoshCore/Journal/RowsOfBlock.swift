internal import ZoshKit

/// The rows a block that writes runs for: all of them are read and written down before it runs for the first, since
/// reading on after its own writes might give others.
actor RowsOfBlock: RowSource {
    private let upstream: RowStream
    private let journal: StageJournal
    private let tooMany: @Sendable () -> Void
    private var rows: ArraySlice<Row>?

    /// - Parameter tooMany: called when they are more than a journal keeps.
    init(_ upstream: RowStream, _ journal: StageJournal, tooMany: @escaping @Sendable () -> Void) {
        self.upstream = upstream
        self.journal = journal
        self.tooMany = tooMany
    }

    func next() async throws -> RowBatch? {
        if rows == nil {
            let read = try await upstream.collect(limit: KeptRows.most + 1)
            rows = read[...]
            // The outcome of a stream is asked for at its end.
            let outcome = read.count > KeptRows.most ? RowOutcome() : await upstream.outcome()
            var columns = Columns.unknown
            columns.connections = upstream.columns.connections
            if await !journal.keep(KeptRows(rows: read, columns: columns, outcome: outcome)) { tooMany() }
        }
        guard let page = rows?.prefix(rowsOfPage), !page.isEmpty else { return try await upstream.next() }
        rows = rows?.dropFirst(page.count)
        return RowBatch(Array(page))
    }

    func outcome() async -> RowOutcome { await upstream.outcome() }
}
