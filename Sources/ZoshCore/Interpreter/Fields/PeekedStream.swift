internal import ZoshKit

/// A stream whose first page can be looked at before it is taken.
actor PeekedStream: RowSource {
    private let upstream: RowStream
    private var first: RowBatch?
    private var isPeeked = false

    init(_ upstream: RowStream) { self.upstream = upstream }

    /// The first page; nil when there are no rows.
    func peek() async throws -> RowBatch? {
        if !isPeeked {
            first = try await upstream.next(for: .onePage)
            isPeeked = true
        }
        return first
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        if let page = first {
            first = nil
            return page
        }
        return try await upstream.next(for: demand)
    }

    func outcome() async -> RowOutcome { await upstream.outcome() }
}
