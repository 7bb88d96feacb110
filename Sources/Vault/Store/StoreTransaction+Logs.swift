internal import FoundationEssentials
internal import GRDB
public import ZoshTrust

extension StoreTransaction {
    /// Appends an entry to a log and returns its position. Costs the same
    /// however long the log is.
    @discardableResult
    public func append(_ kind: RecordKind, stream: RecordID = .shared, _ body: Secret) throws -> Int64 {
        var log = try logHead(kind, stream) ?? LogHead()
        let identity = RecordSeal.Identity(kind: kind, id: RecordID(), generation: newGeneration)
        let sealed = try body.withUnsafeBytes { try seal.seal($0, as: identity) }
        let position = log.next
        log.head = seal.chain.link(
            after: log.head, stream: stream, position: position, identity: identity, sealed: sealed)
        log.next += 1
        try database.cachedStatement(sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)").execute(
            arguments: [
                kind.rawValue, stream.data, position, identity.id.data, newGeneration, sealed, Data(log.head),
            ])
        try write(log, kind, stream)
        return position
    }

    /// Removes the oldest entries until at most `count` are left.
    public func trimLog(_ kind: RecordKind, stream: RecordID = .shared, keepingLast count: Int) throws {
        guard var log = try logHead(kind, stream) else { return }
        let first = log.next - Int64(max(0, count))
        guard first > log.first else { return }
        log.base = try link(kind, stream, at: first - 1)
        log.first = first
        try database.execute(
            sql: "DELETE FROM entry WHERE kind = ? AND stream = ? AND position < ?",
            arguments: [kind.rawValue, stream.data, first])
        try write(log, kind, stream)
    }

    /// Removes a log with all its entries.
    public func deleteLog(_ kind: RecordKind, stream: RecordID = .shared) throws {
        for table in ["log", "entry"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE kind = ? AND stream = ?",
                arguments: [kind.rawValue, stream.data])
        }
        note(kind)
    }

    private func write(_ log: LogHead, _ kind: RecordKind, _ stream: RecordID) throws {
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO log VALUES (?, ?, ?, ?, ?, ?)").execute(
            arguments: [kind.rawValue, stream.data, log.first, log.next, Data(log.base), Data(log.head)])
        note(kind)
    }
}
