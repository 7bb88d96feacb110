internal import FoundationEssentials
internal import GRDB
internal import ZoshTrust

/// Changes series within one transaction; the state of each is read once and written once.
struct SeriesWriter {
    private let transaction: StoreTransaction
    private var states: [SeriesKind: SeriesState] = [:]
    private var changed: Set<SeriesKind> = []

    init(_ transaction: StoreTransaction) { self.transaction = transaction }

    /// Writes the states back; without it nothing that was done counts.
    func save() throws {
        for (kind, state) in states where changed.contains(kind) {
            try transaction.put(kind.record, .shared, Secret(state.body, locked: false))
        }
    }

    mutating func begin(_ kind: SeriesKind, _ header: [UInt8]) throws -> Int {
        try change(kind) { $0.begin(header) }
    }

    /// - Throws: `VaultError.notUnfinished`, as all that follow, before anything is changed.
    mutating func setHeader(_ header: [UInt8], of number: Int, _ kind: SeriesKind) throws {
        try changeUnfinished(number, kind) { $0.header = header }
    }

    mutating func append(_ entries: [[UInt8]], to number: Int, _ kind: SeriesKind) throws {
        var fields = Fields()
        for entry in entries { fields.append(entry) }
        try appendPiece(fields.bytes, to: number, kind)
    }

    /// - Parameter body: entries, joined as fields.
    mutating func appendPiece(_ body: [UInt8], to number: Int, _ kind: SeriesKind) throws {
        let part = try unfinished(number, kind).pieces + 1
        try insert(body, number, part: part, kind)
        try changeUnfinished(number, kind) {
            $0.pieces = part
            $0.chain = PieceChain.link(after: $0.chain, body)
        }
    }

    mutating func finish(_ number: Int, _ kind: SeriesKind, header: [UInt8]) throws {
        let item = FinishedItem(try unfinished(number, kind), header: header)
        try insert(item.body, number, part: 0, kind)
        try change(kind) { $0.finish(number, as: item) }
    }

    mutating func discard(_ number: Int, _ kind: SeriesKind) throws {
        let header = try unfinished(number, kind).header
        let freed = try delete(number, kind)
        transaction.noteErasure()
        let isLatest = try change(kind) { state in
            state.byteCount -= freed
            state.replace(number, with: SeriesState.Listed(header: header))
            return state.takeBack(number)
        }
        if !isLatest { try finish(number, kind, header: header) }
    }

    /// An item that has only its header.
    mutating func addFinished(_ kind: SeriesKind, header: [UInt8]) throws {
        try finish(begin(kind, []), kind, header: header)
    }

    /// Makes room for a number beyond the next one.
    mutating func skip(to number: Int, _ kind: SeriesKind) throws {
        try change(kind) { if number > $0.next { $0.skip(to: number) } }
    }

    /// Removes finished items from the oldest on, while more than `most` are left or the oldest is old.
    ///
    /// - Returns: how many, `limit` when there may be more to remove.
    mutating func prune(
        _ kind: SeriesKind, keeping most: Int, atMost limit: Int, where isOld: (Secret) -> Bool
    ) throws -> Int {
        guard var state = try self.state(kind) else { return 0 }
        var removed = 0
        func removes(_ number: Int) throws -> Bool {
            let item = try transaction.finishedItem(number, kind)
            guard state.finishedCount > most || isOld(Secret(item.header, locked: false)) else { return false }
            state.byteCount -= try delete(number, kind)
            state.remove(number, item)
            removed += 1
            return true
        }
        // Those that finished after their neighbours were pruned.
        for number in state.listed.filter(\.value.isFinished).keys.sorted() where removed < limit {
            _ = try removes(number)
        }
        var number = state.first
        while number < state.next, removed < limit {
            if state.listed[number] == nil {
                guard try removes(number) else { break }
                // Unfinished ones before it stay listed.
                state.first = number + 1
            }
            number += 1
        }
        guard removed > 0 else { return 0 }
        states[kind] = state
        changed.insert(kind)
        transaction.noteErasure()
        return removed
    }

    // MARK: The state

    /// What holds the series together as this transaction leaves it; nil when nothing ever began.
    mutating func state(_ kind: SeriesKind) throws -> SeriesState? {
        if let state = states[kind] { return state }
        let state = try transaction.seriesState(kind)
        states[kind] = state
        return state
    }

    private mutating func change<Result>(
        _ kind: SeriesKind, _ body: (inout SeriesState) throws -> Result
    ) throws -> Result {
        var state = try self.state(kind) ?? SeriesState()
        // Changed in place, not as a copy.
        states[kind] = nil
        defer { states[kind] = state }
        changed.insert(kind)
        return try body(&state)
    }

    private mutating func unfinished(_ number: Int, _ kind: SeriesKind) throws -> SeriesState.Listed {
        guard let item = try state(kind)?.unfinished(number) else { throw VaultError.notUnfinished(kind, number) }
        return item
    }

    private mutating func changeUnfinished(
        _ number: Int, _ kind: SeriesKind, _ body: (inout SeriesState.Listed) -> Void
    ) throws {
        var item = try unfinished(number, kind)
        body(&item)
        try change(kind) { $0.replace(number, with: item) }
    }

    // MARK: Pieces

    private mutating func insert(_ body: [UInt8], _ number: Int, part: Int, _ kind: SeriesKind) throws {
        let generation = transaction.newGeneration
        let identity = RecordSeal.Identity(
            kind: kind.record, id: RecordID(number: number, part: part), generation: generation)
        let sealed = try body.withUnsafeBytes { try transaction.seal.seal($0, as: identity) }
        do {
            // Never in the place of another: a piece is written once.
            try transaction.database.cachedStatement(sql: "INSERT INTO piece VALUES (?, ?, ?, ?, ?)").execute(
                arguments: [kind.rawValue, number, part, generation, sealed])
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw VaultError.damaged("\(kind.rawValue) \(number) has a piece that it did not write")
        }
        try change(kind) { $0.byteCount += sealed.count }
    }

    /// - Returns: how many bytes it had.
    private func delete(_ number: Int, _ kind: SeriesKind) throws -> Int {
        let row = try GRDB.Row.fetchOne(
            transaction.database.cachedStatement(
                sql: "SELECT total(length(sealed)) AS n FROM piece WHERE kind = ? AND number = ?"),
            arguments: [kind.rawValue, number])
        try transaction.database.cachedStatement(sql: "DELETE FROM piece WHERE kind = ? AND number = ?").execute(
            arguments: [kind.rawValue, number])
        return row.flatMap { $0["n"] as Double? }.map { Int($0) } ?? 0
    }
}
