internal import FoundationEssentials
internal import GRDB

/// The two ends of a log: what the set seal covers of it.
struct LogHead {
    /// Position of the first entry kept and of the next to come.
    var first: Int64 = 0
    var next: Int64 = 0
    /// The link before the first entry kept, and the last one.
    var base = LogChain.start
    var head = LogChain.start
}

extension StoreReader {
    /// The entries of a log in order, or only its last ones.
    public func readLog(_ kind: RecordKind, stream: RecordID = .shared, last: Int? = nil) throws -> [LogEntry] {
        var entries: [LogEntry] = []
        try visitLog(kind, stream: stream, last: last) { entries.append($0) }
        return entries
    }

    /// The same one by one, for a log that may be too long to be held.
    /// - Throws: also after the last entry, when one is missing; nothing seen counts then.
    public func visitLog(
        _ kind: RecordKind, stream: RecordID = .shared, last: Int? = nil, _ body: (LogEntry) throws -> Void
    ) throws {
        guard let log = try logHead(kind, stream) else { return }
        let from = max(log.first, last.map { log.next &- Int64(max(0, $0)) } ?? log.first)
        var previous = from == log.first ? log.base : try link(kind, stream, at: from &- 1)
        var next = from
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT position, id, generation, sealed FROM entry
                WHERE kind = ? AND stream = ? AND position >= ? ORDER BY position
                """,
            arguments: [kind.rawValue, stream.data, from])
        while let row = try rows.next() {
            let position = try row.integer("position")
            guard position == next else { throw Self.broken(kind) }
            let identity = RecordSeal.Identity(
                kind: kind, id: try row.identity("id"), generation: try row.integer("generation"))
            let sealed = try row.blob("sealed")
            previous = seal.chain.link(
                after: previous, stream: stream, position: position, identity: identity, sealed: sealed)
            try body(LogEntry(position: position, id: identity.id, body: try seal.openSecret(sealed, as: identity)))
            next &+= 1
        }
        guard next == log.next, previous == log.head else { throw Self.broken(kind) }
    }

    /// Checks the link kept beside each entry, by which reading the last entries and trimming begin. Reading a whole
    /// log does without them.
    func checkLinks(_ kind: RecordKind, stream: RecordID) throws {
        guard let log = try logHead(kind, stream) else { return }
        var previous = log.base
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT position, id, generation, sealed, link FROM entry
                WHERE kind = ? AND stream = ? AND position >= ? ORDER BY position
                """,
            arguments: [kind.rawValue, stream.data, log.first])
        while let row = try rows.next() {
            let identity = RecordSeal.Identity(
                kind: kind, id: try row.identity("id"), generation: try row.integer("generation"))
            let position = try row.integer("position")
            previous = seal.chain.link(
                after: previous, stream: stream, position: position, identity: identity, sealed: try row.blob("sealed"))
            guard Array(try row.blob("link")) == previous else {
                throw VaultError.damaged("the chain of the \(kind.rawValue) log is broken at entry \(position)")
            }
        }
    }

    /// The streams a kind has, in the order of their ids.
    public func streams(_ kind: RecordKind) throws -> [RecordID] {
        try Row.fetchAll(
            database, sql: "SELECT stream FROM log WHERE kind = ? ORDER BY stream", arguments: [kind.rawValue]
        ).map { try $0.identity("stream") }
    }

    func logHead(_ kind: RecordKind, _ stream: RecordID) throws -> LogHead? {
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT first, next, base, head FROM log WHERE kind = ? AND stream = ?"),
                arguments: [kind.rawValue, stream.data])
        else { return nil }
        return LogHead(
            first: try row.integer("first"), next: try row.integer("next"),
            base: Array(try row.blob("base")), head: Array(try row.blob("head")))
    }

    func link(_ kind: RecordKind, _ stream: RecordID, at position: Int64) throws -> [UInt8] {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT link FROM entry WHERE kind = ? AND stream = ? AND position = ?",
                arguments: [kind.rawValue, stream.data, position])
        else { throw Self.broken(kind) }
        return Array(try row.blob("link"))
    }

    static func broken(_ kind: RecordKind) -> VaultError {
        .damaged("entries of the \(kind.rawValue) log were removed, reordered or exchanged")
    }
}
