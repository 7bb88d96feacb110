internal import FoundationEssentials
internal import GRDB

/// One consistent view of an unlocked store, valid inside the closure it is
/// given to.
///
/// Invariant: the set seal was verified in the same transaction, so what is
/// listed is all there is and nothing older.
public class StoreReader {
    let database: Database
    let seal: RecordSeal
    let meta: Meta

    init(_ database: Database, key: DataKey, store: RecordID) throws {
        let meta = try Meta.read(database)
        guard meta.store == store, meta.epoch == key.epoch else { throw VaultError.rekeyed }
        try SetSeal.verify(database, meta: meta, key: key)
        self.database = database
        self.meta = meta
        seal = RecordSeal(key: key, store: store)
    }

    /// For a salvage, which reports a broken set seal instead of stopping there.
    init(unverified database: Database, seal: RecordSeal, meta: Meta) {
        self.database = database
        self.seal = seal
        self.meta = meta
    }

    /// How many write transactions the store has seen.
    public var generation: Int64 { meta.generation }

    /// All records of a kind, in the order of their (random) ids.
    public func read(_ kind: RecordKind) throws -> [SealedRecord] {
        try Row.fetchAll(
            database, sql: "SELECT id, generation, sealed FROM record WHERE kind = ? ORDER BY id",
            arguments: [kind.rawValue]
        ).map { try open($0, kind: kind) }
    }

    /// One record, nil when there is none.
    public func read(_ kind: RecordKind, _ id: RecordID) throws -> SealedRecord? {
        try Row.fetchOne(
            database, sql: "SELECT id, generation, sealed FROM record WHERE kind = ? AND id = ?",
            arguments: [kind.rawValue, id.data]
        ).map { try open($0, kind: kind) }
    }

    func open(_ row: Row, kind: RecordKind) throws -> SealedRecord {
        let id = try row.identity("id")
        let generation = try row.integer("generation")
        let body = try seal.openSecret(
            row.blob("sealed"), as: .init(kind: kind, id: id, generation: generation))
        return SealedRecord(kind: kind, id: id, generation: generation, body: body)
    }
}
