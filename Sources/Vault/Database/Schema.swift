internal import GRDB

/// The tables of a store, and the numbers that tell its file from others.
///
/// Everything in clear here shows to whoever can read the file: kinds, counts,
/// sizes, generations. No column holds a name, an address or a token.
enum Schema {
    /// "zosh", in the header of the file.
    static let applicationID: Int64 = 0x7A6F_7368
    static let version = 1

    /// The statements as SQLite stores them, in the order they are created. A
    /// file with any other table, index, view or trigger is not a store.
    static let statements = [
        "CREATE TABLE meta (only INTEGER PRIMARY KEY CHECK (only = 1), store BLOB NOT NULL, epoch INTEGER NOT NULL, generation INTEGER NOT NULL, seal BLOB NOT NULL) STRICT",
        "CREATE TABLE slot (id BLOB PRIMARY KEY, kind TEXT NOT NULL, n INTEGER NOT NULL, r INTEGER NOT NULL, p INTEGER NOT NULL, salt BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE record (kind TEXT NOT NULL, id BLOB NOT NULL, generation INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (kind, id)) STRICT",
        "CREATE TABLE log (kind TEXT NOT NULL, stream BLOB NOT NULL, first INTEGER NOT NULL, next INTEGER NOT NULL, base BLOB NOT NULL, head BLOB NOT NULL, PRIMARY KEY (kind, stream)) STRICT, WITHOUT ROWID",
        "CREATE TABLE entry (kind TEXT NOT NULL, stream BLOB NOT NULL, position INTEGER NOT NULL, id BLOB NOT NULL, generation INTEGER NOT NULL, sealed BLOB NOT NULL, link BLOB NOT NULL, PRIMARY KEY (kind, stream, position)) STRICT",
        "CREATE TABLE blocks (kind TEXT NOT NULL, owner BLOB NOT NULL, generation INTEGER NOT NULL, count INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (kind, owner)) STRICT, WITHOUT ROWID",
        "CREATE TABLE block (kind TEXT NOT NULL, owner BLOB NOT NULL, part INTEGER NOT NULL, id BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (kind, owner, part)) STRICT",
    ]

    static func create(in database: Database) throws {
        for statement in statements { try database.execute(sql: statement) }
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// Whether a store was created in the file: false for one without tables,
    /// which a creation that was cut short leaves. Throws for anything that is
    /// neither.
    static func isPresent(in database: Database, path: String) throws -> Bool {
        let found = try Row.fetchAll(database, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
            .map { try $0.text("sql") }
        if found.isEmpty { return false }
        let mark = try pragma("application_id", in: database)
        guard mark == applicationID else {
            throw VaultError.foreign(path: path, "it is another program's SQLite database")
        }
        let foundVersion = try pragma("user_version", in: database)
        guard foundVersion <= version else {
            throw VaultError.newerFormat(found: Int(foundVersion), supported: version)
        }
        guard foundVersion == version else {
            throw VaultError.damaged("it says it has format \(foundVersion), which never existed")
        }
        guard Set(found) == Set(statements), found.count == statements.count else {
            throw VaultError.damaged("its tables are not those of a store")
        }
        return true
    }

    private static func pragma(_ name: String, in database: Database) throws -> Int64 {
        guard let row = try Row.fetchOne(database, sql: "PRAGMA \(name)") else { return 0 }
        return try row.integer(name)
    }
}
