import ZoshKit

/// A stream without the rows that fail a test, cut after a number of rows, or with each row rewritten.
actor RowFilter: RowSource {
    private let upstream: RowStream
    private let transform: @Sendable (Row) -> Row?
    private let isLimited: Bool
    private var left: Int

    init(_ upstream: RowStream, limit: Int? = nil, keep: @escaping @Sendable (Row) -> Bool) {
        self.init(upstream, limit: limit) { row in keep(row) ? row : nil }
    }

    init(_ upstream: RowStream, limit: Int? = nil, transform: @escaping @Sendable (Row) -> Row?) {
        self.upstream = upstream
        self.transform = transform
        isLimited = limit != nil
        left = limit ?? .max
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        let demand = isLimited ? .onePage : demand
        while left > 0, let page = try await upstream.next(for: demand) {
            let rows = page.rows.compactMap(transform).prefix(left)
            left -= rows.count
            if !rows.isEmpty { return RowBatch(Array(rows)) }
        }
        return nil
    }

    func outcome() async -> RowOutcome { await upstream.outcome() }
}
