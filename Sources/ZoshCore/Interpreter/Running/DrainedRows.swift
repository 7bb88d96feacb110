internal import Synchronization
internal import ZoshKit

/// Buffers a write's rows so that each of several organisations is changed at its own speed, however fast the rows are
/// read. It holds one row for each change at most.
actor DrainedRows: RowSource {
    private let upstream: RowStream
    private let work = Mutex<Task<Void, Never>?>(nil)
    private var ready: [RowBatch] = []
    private var ending: Result<Void, any Error>?
    private var reader: CheckedContinuation<Void, Never>?

    init(_ upstream: RowStream) { self.upstream = upstream }

    func next() async throws -> RowBatch? {
        begin()
        while ready.isEmpty, ending == nil {
            await withTaskCancellationHandler {
                await withCheckedContinuation { reader = $0 }
            } onCancel: {
                cancel()
            }
        }
        guard ready.isEmpty else { return ready.removeFirst() }
        try ending?.get()
        return nil
    }

    func outcome() async -> RowOutcome { await upstream.outcome() }

    /// Starts nothing more: unstarted rows report 'not started', and the stream ends.
    nonisolated func cancel() { work.withLock { $0?.cancel() } }

    /// Starts nothing more, and waits until running requests have finished.
    func stop() async {
        cancel()
        await work.withLock(\.self)?.value
    }

    private func begin() {
        guard work.withLock({ $0 == nil }) else { return }
        let new = Task {
            do {
                while let batch = try await upstream.next() { take(batch) }
                end(.success(()))
            } catch { end(.failure(error)) }
        }
        work.withLock { $0 = new }
    }

    private func take(_ batch: RowBatch) {
        ready.append(batch)
        wake()
    }

    private func end(_ result: Result<Void, any Error>) {
        ending = result
        wake()
    }

    private func wake() {
        reader?.resume()
        reader = nil
    }
}
