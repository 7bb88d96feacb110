public import ZoshKit

/// Append-only segments in the store, such as one for each run of a script: a header that may be replaced and a chain
/// of entries that may not.
///
/// What `append` acknowledged is on the disk. Entries that arrive while the disk is busy with others are committed
/// together (group commit), so that many rows in flight cost few syncs. Nothing is kept in memory for later.
public actor SealedJournal {
    private struct Waiting {
        let segment: RecordID
        let bodies: [Secret]
        let continuation: CheckedContinuation<Void, any Error>
    }

    private let store: SealedStore
    private var waiting: [Waiting] = []
    private var isCommitting = false

    /// A journal in a store that is unlocked whenever the journal is used.
    public init(in store: SealedStore) { self.store = store }

    /// Appends waiting for the disk.
    var waitingCount: Int { waiting.count }
    /// Whether something is being written and nothing else waits.
    var isTaken: Bool { isCommitting && waiting.isEmpty }

    /// Starts a segment.
    public func begin(_ header: [UInt8]) async throws -> RecordID {
        let body = Secret(header, locked: false)
        return try await store.write { try $0.add(.job, body) }
    }

    /// Replaces the header of a segment.
    public func setHeader(_ header: [UInt8], of segment: RecordID) async throws {
        let body = Secret(header, locked: false)
        try await store.write { try $0.put(.job, segment, body) }
    }

    /// Appends entries in order; they are on the disk, all of them, once this returns.
    public func append(_ entries: [[UInt8]], to segment: RecordID) async throws {
        guard !entries.isEmpty else { return }
        let bodies = entries.map { Secret($0, locked: false) }
        // Cancelling a caller must not lose what it said has happened: this waits to the end.
        try await withCheckedThrowingContinuation { continuation in
            waiting.append(Waiting(segment: segment, bodies: bodies, continuation: continuation))
            guard !isCommitting else { return }
            isCommitting = true
            Task { await self.commitAll() }
        }
    }

    /// All segments, in no particular order.
    public func headers() async throws -> [(segment: RecordID, header: Secret)] {
        try await store.read(.job).map { ($0.id, $0.body) }
    }

    /// The entries of a segment, oldest first; none when there is no such segment.
    public func entries(of segment: RecordID) async throws -> [Secret] {
        try await store.read { try $0.readLog(.jobRow, stream: segment) }.map(\.body)
    }

    /// Forgets a segment with all its entries.
    public func remove(_ segment: RecordID) async throws {
        try await store.write {
            try $0.delete(.job, segment)
            try $0.deleteLog(.jobRow, stream: segment)
        }
    }

    private func commitAll() async {
        while !waiting.isEmpty {
            let group = waiting
            waiting = []
            let entries = group.map { ($0.segment, $0.bodies) }
            let result: Result<Void, any Error>
            do {
                try await store.write { transaction in
                    for (segment, bodies) in entries {
                        for body in bodies { try transaction.append(.jobRow, stream: segment, body) }
                    }
                }
                result = .success(())
            } catch {
                result = .failure(error)
            }
            for caller in group { caller.continuation.resume(with: result) }
        }
        isCommitting = false
    }
}
