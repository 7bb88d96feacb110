public import ZoshTrust

/// Numbered series in the store, one of jobs and one of runs: items with a header and entries, which are changed until
/// they are finished and never after.
///
/// What a method acknowledged is on the disk. Changes that arrive while the disk is busy with others are committed
/// together (group commit), those to jobs and to runs as well, so that many rows in flight cost few syncs. Nothing is
/// kept in memory for later.
public actor SealedSeries {
    /// One item, as far as it is listed.
    public struct Item: Sendable {
        public let number: Int
        public let header: Secret
        /// Finished items are never changed again, and are pruned some day.
        public let isFinished: Bool

        init(number: Int, header: Secret, isFinished: Bool) {
            (self.number, self.header, self.isFinished) = (number, header, isFinished)
        }
    }

    private struct Waiting {
        /// Nil for a caller that waits for the lines of the chain only.
        let change: SeriesChange?
        let continuation: CheckedContinuation<Int, any Error>
    }

    private let store: SealedStore
    private let lines: WaitingLines
    private var waiting: [Waiting] = []
    private var isCommitting = false

    /// The series of a store that is unlocked whenever they are used.
    /// - Parameter lines: what is committed together with the next change, whatever that is.
    public init(in store: SealedStore, lines: WaitingLines = WaitingLines(.audit)) {
        self.store = store
        self.lines = lines
    }

    /// Changes waiting for the disk.
    var waitingCount: Int { waiting.count }
    /// Whether something is being written and nothing else waits.
    var isTaken: Bool { isCommitting && waiting.isEmpty }

    // MARK: Changing

    /// Starts an item.
    /// - Returns: its number: 1, 2, 3, … without a gap, and never one that an item has or had that was not discarded.
    public func begin(_ kind: SeriesKind, _ header: [UInt8]) async throws -> Int {
        try await commit(SeriesChange(kind, .begin(header)))
    }

    /// Replaces the header of an unfinished item.
    public func setHeader(_ header: [UInt8], of number: Int, _ kind: SeriesKind) async throws {
        _ = try await commit(SeriesChange(kind, .setHeader(header, of: number)))
    }

    /// Appends entries to an unfinished item in order; they are on the disk, all of them, once this returns.
    public func append(_ entries: [[UInt8]], to number: Int, _ kind: SeriesKind) async throws {
        guard !entries.isEmpty else { return }
        _ = try await commit(SeriesChange(kind, .append(entries, to: number)))
    }

    /// Ends an item with the header it keeps. Nothing of it can be changed any more.
    public func finish(_ number: Int, _ kind: SeriesKind, header: [UInt8]) async throws {
        _ = try await commit(SeriesChange(kind, .finish(number, header)))
    }

    /// Removes the entries of an unfinished item. The number of the latest one is given again; an earlier one stays, as
    /// an item that is finished and has only its header.
    public func discard(_ number: Int, _ kind: SeriesKind) async throws {
        _ = try await commit(SeriesChange(kind, .discard(number)))
    }

    /// Removes finished items from the oldest on, while more than `most` of them are left or the oldest one is old. An
    /// unfinished one is never removed and keeps none after it from going.
    ///
    /// - Parameter isOld: asked with the header of a finished item.
    /// - Returns: how many were removed; nothing of them is left in the store's files unless another process reads it.
    public func prune(
        _ kind: SeriesKind, keeping most: Int, where isOld: @escaping @Sendable (Secret) -> Bool
    ) async throws -> Int {
        var removed = 0
        while true {
            // So many at a time that others get their turn.
            let limit = 200
            let now = try await store.write { transaction in
                var writer = SeriesWriter(transaction)
                let now = try writer.prune(kind, keeping: max(0, most), atMost: limit, where: isOld)
                try writer.save()
                return now
            }
            removed += now
            if now < limit { return removed }
        }
    }

    /// The lines that wait are on the disk when this returns.
    public func saveLines() async throws {
        guard !lines.isEmpty || isCommitting else { return }
        _ = try await commit(nil)
    }

    // MARK: Reading

    /// The unfinished items, oldest first.
    public func unfinished(_ kind: SeriesKind) async throws -> [Item] {
        try await store.read { reader in
            guard let state = try reader.seriesState(kind) else { return [] }
            return try state.unfinishedNumbers.compactMap { try reader.item($0, kind, in: state) }
        }
    }

    /// Items, newest first, unfinished ones included.
    ///
    /// - Parameters:
    ///   - last: how many at most.
    ///   - before: only those with a lower number.
    public func headers(_ kind: SeriesKind, last: Int, before: Int? = nil) async throws -> [Item] {
        try await store.read { reader in
            guard let state = try reader.seriesState(kind) else { return [] }
            return try state.latest(last, below: before ?? state.next).compactMap {
                try reader.item($0, kind, in: state)
            }
        }
    }

    /// One item, nil when none of this number began, or it was pruned.
    public func header(of number: Int, _ kind: SeriesKind) async throws -> Item? {
        try await store.read { try $0.item(number, kind, in: $0.seriesState(kind)) }
    }

    /// The entries of an item, oldest first; none when there is no such item.
    public func entries(of number: Int, _ kind: SeriesKind) async throws -> [Secret] {
        try await store.read { reader in
            try reader.pieces(of: number, kind, in: reader.seriesState(kind)).flatMap { body in
                var fields = FieldReader(body)
                guard let entries = fields.all() else {
                    throw VaultError.damaged("a piece of \(kind.rawValue) \(number) does not hold entries")
                }
                return entries.map { Secret($0, locked: false) }
            }
        }
    }

    /// How many items are kept, and how many bytes their headers and entries take as they are stored.
    public func room(_ kind: SeriesKind) async throws -> (count: Int, bytes: Int) {
        let room = try await store.read { try $0.seriesState(kind).map(SeriesRoom.init) }
        return (room?.count ?? 0, room?.bytes ?? 0)
    }

    // MARK: Group commit

    private func commit(_ change: SeriesChange?) async throws -> Int {
        // Cancelling a caller must not lose what it said has happened: this waits to the end.
        try await withCheckedThrowingContinuation { continuation in
            waiting.append(Waiting(change: change, continuation: continuation))
            guard !isCommitting else { return }
            isCommitting = true
            Task { await self.commitAll() }
        }
    }

    private func commitAll() async {
        while !waiting.isEmpty {
            let group = waiting
            waiting = []
            let changes = group.map(\.change)
            let riding = lines.taken()
            let results: [Result<Int, any Error>]
            do {
                results = try await store.write { [lines] transaction in
                    var writer = SeriesWriter(transaction)
                    let results = try changes.map { try $0?.result(in: &writer) ?? .success(0) }
                    try writer.save()
                    try lines.write(riding, in: transaction)
                    return results
                }
            } catch {
                lines.putBack(riding)
                results = group.map { _ in .failure(error) }
            }
            for (caller, result) in zip(group, results) { caller.continuation.resume(with: result) }
        }
        isCommitting = false
    }
}
