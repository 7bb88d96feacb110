internal import FoundationEssentials
internal import GRDB

/// The one row about the whole store.
struct Meta: Equatable {
    /// Identifies the store; in the associated data of everything sealed in it.
    let store: RecordID
    /// Counts rekeys.
    var epoch: Int64
    /// Counts write transactions.
    var generation: Int64
    /// Authenticates everything the store holds, see `SetSeal`.
    var seal: [UInt8]

    static func read(_ database: Database) throws -> Meta {
        guard let row = try Row.fetchOne(database, sql: "SELECT store, epoch, generation, seal FROM meta") else {
            throw VaultError.damaged("the row about the whole store is missing")
        }
        return Meta(
            store: try row.identity("store"), epoch: try row.integer("epoch"),
            generation: try row.integer("generation"), seal: Array(try row.blob("seal")))
    }

    func write(_ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO meta VALUES (1, ?, ?, ?, ?)",
            arguments: [store.data, epoch, generation, Data(seal)])
    }
}
