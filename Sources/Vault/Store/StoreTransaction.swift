internal import FoundationEssentials
internal import GRDB
public import ZoshTrust

/// A change to the store, durable as a whole once the closure it is given to
/// returns, or undone as a whole when that throws.
public final class StoreTransaction: StoreReader {
    /// The generation everything written here carries.
    private(set) var changed = false
    var newGeneration: Int64 { meta.generation + 1 }

    /// Deleted or overwritten content lives on in the write-ahead log until it is emptied: for secrets, and for what
    /// was promised to be gone.
    private(set) var overwritesSecrets = false

    /// Writes a record, replacing the one with the same kind and id.
    public func put(_ kind: RecordKind, _ id: RecordID, _ body: Secret) throws {
        let identity = RecordSeal.Identity(kind: kind, id: id, generation: newGeneration)
        let sealed = try body.withUnsafeBytes { try seal.seal($0, as: identity) }
        try database.execute(
            sql: "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)",
            arguments: [kind.rawValue, id.data, newGeneration, sealed])
        note(kind)
    }

    /// Writes a new record and returns its id.
    @discardableResult
    public func add(_ kind: RecordKind, _ body: Secret) throws -> RecordID {
        let id = RecordID()
        try put(kind, id, body)
        return id
    }

    /// Removes a record; false when there was none.
    @discardableResult
    public func delete(_ kind: RecordKind, _ id: RecordID) throws -> Bool {
        try database.execute(
            sql: "DELETE FROM record WHERE kind = ? AND id = ?", arguments: [kind.rawValue, id.data])
        guard database.changesCount > 0 else { return false }
        note(kind)
        return true
    }

    /// Remembers that this transaction has something to seal.
    func note(_ kind: RecordKind) {
        changed = true
        if kind.holdsSecrets { overwritesSecrets = true }
    }

    /// Remembers that something was removed because its time is over.
    func noteErasure() { overwritesSecrets = true }

    /// Remembers that key slots were changed.
    func noteSlots() {
        changed = true
        overwritesSecrets = true
    }

    /// Remembers that the tables themselves were changed.
    func noteMigration() { changed = true }

    /// Seals the set as it is now, under a new generation.
    func finish() throws {
        guard changed else { return }
        var next = meta
        next.generation = newGeneration
        next.seal = try SetSeal.compute(over: database, meta: next, key: seal.key)
        try next.write(database)
    }
}
