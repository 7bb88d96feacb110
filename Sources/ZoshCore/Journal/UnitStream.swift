internal import ZoshKit

/// The rows of a pipeline in a block; at their end the journal learns what it gave and how it went.
actor UnitStream: RowSource {
    private let upstream: RowStream
    private let unit: UnitJournal
    private let tooMany: @Sendable () -> Void
    private var kept: KeptRows?
    private var isOver = false

    init(_ upstream: RowStream, _ unit: UnitJournal, keepsRows: Bool, tooMany: @escaping @Sendable () -> Void) {
        self.upstream = upstream
        self.unit = unit
        self.tooMany = tooMany
        kept = keepsRows ? KeptRows(rows: [], columns: upstream.columns) : nil
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        do {
            let batch = try await upstream.next(for: demand)
            // One more than there is room for says that there were too many.
            if let batch, let room = kept.map({ KeptRows.most + 1 - $0.rows.count }) {
                kept?.rows += batch.rows.prefix(room)
            }
            return batch
        } catch {
            let failure = ZoshError.placed(error, at: Span(0, 0))
            await end(ExitStatus(failure.kind), failure)
            throw error
        }
    }

    func outcome() async -> RowOutcome {
        let outcome = await upstream.outcome()
        await end(outcome.status, nil)
        return outcome
    }

    private func end(_ status: ExitStatus, _ failure: ZoshError?) async {
        guard !isOver, !Task.isCancelled else { return }
        isOver = true
        if failure == nil, let kept, await !unit.keep(kept) { tooMany() }
        await unit.end(status, failure)
    }
}
