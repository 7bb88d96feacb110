internal import GRDB

/// The tables of a store, and the numbers that tell its file from others.
///
/// Everything in clear here is visible to everyone who can read the file: kinds, counts,
/// sizes, generations. No column holds a name, an address or a token.
struct Schema: Sendable {
    /// "zosh", in the header of the file.
    static let applicationID: Int64 = 0x7A6F_7368

    /// What this zosh writes.
    let version: Int
    /// The statements as SQLite stores them, in the order they are created. A
    /// file with any other table, index, view or trigger is not a store.
    let statements: [String]
    /// One step for each older version that still opens.
    var migrations: [Migration] = []

    func create(in database: Database) throws {
        for statement in statements { try database.execute(sql: statement) }
        try database.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// The version of the store in the file: nil for one without tables. Throws
    /// for anything that is neither.
    func version(of database: Database, path: String) throws -> Int? {
        let found = try Row.fetchAll(database, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
            .map { try $0.text("sql") }
        if found.isEmpty { return nil }
        let mark = try Self.pragma("application_id", in: database)
        guard mark == Self.applicationID else {
            throw VaultError.foreign(path: path, "it is another program's SQLite database")
        }
        let foundVersion = Int(try Self.pragma("user_version", in: database))
        guard foundVersion <= version else {
            throw VaultError.newerFormat(found: foundVersion, supported: version)
        }
        guard let expected = statements(of: foundVersion) else {
            throw VaultError.damaged("it says it has format \(foundVersion), which never existed")
        }
        guard Set(found) == Set(expected), found.count == expected.count else {
            throw VaultError.damaged("its tables are not those of a store")
        }
        return foundVersion
    }

    /// The tables of a version, nil for one that never existed.
    private func statements(of version: Int) -> [String]? {
        version == self.version ? statements : migration(from: version)?.statements
    }

    /// Compares everything in the file's list of tables with what a store of its version is made with, the indexes
    /// SQLite makes by itself and every object's name included.
    func checkObjects(in database: Database) throws {
        let statements = self.statements(of: Int(try Self.pragma("user_version", in: database))) ?? statements
        let fresh = try DatabaseQueue()
        let expected = try fresh.write { fresh in
            for statement in statements { try fresh.execute(sql: statement) }
            return try Self.objects(in: fresh)
        }
        guard try Self.objects(in: database) == expected else {
            throw VaultError.damaged("its tables are not those of a store")
        }
    }

    private static func objects(in database: Database) throws -> [String] {
        try Row.fetchAll(
            database, sql: "SELECT type, name, tbl_name FROM sqlite_schema WHERE name <> 'sqlite_sequence'"
        ).map {
            "\(try $0.text("type")) \(try $0.text("name")) \(try $0.text("tbl_name"))"
        }.sorted()
    }

    func migration(from version: Int) -> Migration? { migrations.first { $0.version == version } }

    private static func pragma(_ name: String, in database: Database) throws -> Int64 {
        guard let row = try Row.fetchOne(database, sql: "PRAGMA \(name)") else { return 0 }
        return try row.integer(name)
    }
}

/// The step from one version of the tables to the next. There is no way back but the backup made before it.
struct Migration: Sendable {
    /// What it starts from.
    let version: Int
    /// The tables of that version.
    let statements: [String]
    /// Runs in the one transaction that also seals the set again.
    let run: @Sendable (StoreTransaction) throws -> Void
}
