internal import FoundationEssentials
internal import GRDB

extension KeySlot {
    /// All slots, with parameters checked before any key is derived with them.
    static func all(in database: Database) throws -> [KeySlot] {
        try Row.fetchAll(database, sql: "SELECT * FROM slot ORDER BY id").map(KeySlot.init(row:))
    }

    private init(row: Row) throws {
        guard let kind = SlotKind(rawValue: try row.text("kind")) else {
            throw VaultError.damaged("a key slot has an unknown kind")
        }
        let numbers = (try row.integer("n"), try row.integer("r"), try row.integer("p"))
        guard kind.isStretched || numbers == (0, 0, 0) else {
            throw VaultError.damaged("a key slot has parameters it cannot have")
        }
        self.init(
            id: try row.identity("id"), kind: kind,
            scrypt: kind.isStretched
                ? try ScryptParameters(rounds: numbers.0, blockSize: numbers.1, parallelism: numbers.2) : nil,
            salt: Array(try row.blob("salt")), wrapped: Array(try row.blob("wrapped")))
    }

    func insert(into database: Database) throws {
        try database.execute(
            sql: "INSERT INTO slot VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                id.data, kind.rawValue, scrypt?.rounds ?? 0,
                scrypt == nil ? 0 : ScryptParameters.blockSize,
                scrypt == nil ? 0 : ScryptParameters.parallelism, Data(salt), Data(wrapped),
            ])
    }

    static func delete(_ id: RecordID, from database: Database) throws {
        try database.execute(sql: "DELETE FROM slot WHERE id = ?", arguments: [id.data])
    }
}
