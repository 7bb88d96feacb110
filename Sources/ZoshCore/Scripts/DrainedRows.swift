internal import ZoshKit

/// The rows of a write that goes on whether or not its reader has come to them: of several organisations each is
/// changed at its own speed. No more is held than a row for each change.
actor DrainedRows: RowSource {
    private let upstream: RowStream
    private var work: Task<Void, Never>?
    private var ready: [RowBatch] = []
    private var ending: Result<Void, any Error>?
    private var reader: CheckedContinuation<Void, Never>?

    init(_ upstream: RowStream) { self.upstream = upstream }

    func next() async throws -> RowBatch? {
        let work = begun()
        while ready.isEmpty, ending == nil {
            await withTaskCancellationHandler {
                await withCheckedContinuation { reader = $0 }
            } onCancel: {
                // What is not begun says so, and the rows come to their end.
                work.cancel()
            }
        }
        guard ready.isEmpty else { return ready.removeFirst() }
        try ending?.get()
        return nil
    }

    func outcome() async -> RowOutcome { await upstream.outcome() }

    /// Lets what is on its way end, and begins nothing more.
    func stop() async {
        work?.cancel()
        await work?.value
    }

    private func begun() -> Task<Void, Never> {
        if let work { return work }
        let new = Task {
            do {
                while let batch = try await upstream.next() { take(batch) }
                end(.success(()))
            } catch { end(.failure(error)) }
        }
        work = new
        return new
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
