internal import Synchronization
internal import ZoshKit

/// The rows of a write that goes on whether or not its reader has come to them: of several organisations each is
/// changed at its own speed. No more is held than a row for each change.
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

    /// Begins nothing more: what is not begun says so, and the rows come to their end.
    nonisolated func cancel() { work.withLock { $0?.cancel() } }

    /// Lets what is on its way end, and begins nothing more.
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
