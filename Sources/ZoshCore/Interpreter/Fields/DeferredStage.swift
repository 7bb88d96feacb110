internal import ZoshKit

/// A stage that begins once the first rows are there, because only they can tell which fields it may name.
///
/// Looking at them earlier would run what comes before the stage, a write perhaps, before the whole line is checked.
actor DeferredStage: RowSource {
    private let input: RowStream
    private let begin: @Sendable () async throws -> RowStream
    private var running: RowStream?

    /// - Parameter begin: makes the stage's stream; called when the first row is asked for.
    init(_ input: RowStream, _ begin: @escaping @Sendable () async throws -> RowStream) {
        self.input = input
        self.begin = begin
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        let stream: RowStream
        if let running { stream = running } else { stream = try await begin() }
        running = stream
        guard let batch = try await stream.next(for: demand) else { return nil }
        return RowBatch(batch.rows, columns: stream.columns(with: batch))
    }

    func outcome() async -> RowOutcome { await (running ?? input).outcome() }
}
