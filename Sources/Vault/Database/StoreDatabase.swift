internal import GRDB
internal import Glibc

/// The open SQLite file of one store, set up so that a commit is on the disk.
///
/// Invariant: `PRAGMA synchronous` is FULL (asserted, since GRDB lowers it when
/// it turns the write-ahead log on), deleted content is overwritten, nothing
/// temporary reaches the disk and the schema cannot call functions.
final class StoreDatabase: Sendable {
    let queue: DatabaseQueue
    let path: String

    /// Opens the database of a store that exists; nil when none was created.
    static func open(in directory: StoreDirectory, schema: Schema) throws -> StoreDatabase? {
        guard try directory.check(), try fileIsOurs(in: directory) else { return nil }
        try directory.checkWritable()
        let database = try StoreDatabase(path: directory.database)
        let version = try database.mappingErrors {
            try database.queue.read { try schema.version(of: $0, path: directory.database) }
        }
        guard version != nil else { return nil }
        try database.enterWriteAheadLog()
        return database
    }

    /// Creates the tables and whatever `fill` adds, in one durable transaction,
    /// so that a store is either whole or absent.
    static func create(in directory: StoreDirectory, schema: Schema, fill: (Database) throws -> Void) throws -> StoreDatabase {
        try directory.create()
        if try !StoreDirectory.checkFile(directory.database) {
            try createEmptyFile(directory.database)
        }
        _ = try fileIsOurs(in: directory)
        let database = try StoreDatabase(path: directory.database)
        try database.mappingErrors {
            try database.queue.inTransaction(.exclusive) { db in
                guard try schema.version(of: db, path: directory.database) == nil else {
                    throw VaultError.alreadyCreated(path: directory.path)
                }
                try schema.create(in: db)
                try fill(db)
                return .commit
            }
        }
        try PrivateFile.syncDirectory(of: directory.database)
        try database.enterWriteAheadLog()
        return database
    }

    private init(path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.label = "zosh.store"
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            for setting in [
                "secure_delete = ON", "temp_store = MEMORY", "trusted_schema = OFF",
                "cell_size_check = ON", "mmap_size = 0", "synchronous = FULL",
            ] {
                try db.execute(sql: "PRAGMA \(setting)")
            }
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            throw VaultError(error, path: path)
        }
    }

    /// Runs `body` with every SQLite failure turned into what it means here.
    func mappingErrors<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw VaultError(error, path: path)
        }
    }

    /// Empties the write-ahead log, in which overwritten rows live on until then.
    /// False when another process still reads from it.
    @discardableResult
    func emptyWriteAheadLog() throws -> Bool {
        try mappingErrors {
            try queue.writeWithoutTransaction { db in
                let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                return try row?.integer("busy") == 0
            }
        }
    }

    private func enterWriteAheadLog() throws {
        try mappingErrors {
            try queue.writeWithoutTransaction { db in
                let mode = try Row.fetchOne(db, sql: "PRAGMA journal_mode = WAL")?.text("journal_mode")
                try db.execute(sql: "PRAGMA synchronous = FULL")
                let level = try Row.fetchOne(db, sql: "PRAGMA synchronous")?.integer("synchronous")
                guard mode == "wal", level == 2 else {
                    throw VaultError.damaged("SQLite refuses durable commits (\(mode ?? "no journal"), \(level ?? -1))")
                }
            }
        }
    }

    /// False when the file is missing or empty. Decided from the bytes, before
    /// SQLite may write to a file that is not ours.
    private static func fileIsOurs(in directory: StoreDirectory) throws(VaultError) -> Bool {
        let path = directory.database
        guard try StoreDirectory.checkFile(path) else { return false }
        for file in directory.storeFiles { _ = try StoreDirectory.checkFile(file) }
        let file = try Descriptor(opening: path, flags: O_RDONLY)
        var header = [UInt8](repeating: 0, count: 100)
        let count = pread(file.number, &header, header.count, 0)
        guard count >= 0 else { throw .system("Reading \(path)", code: errno) }
        if count == 0 { return false }
        guard count == header.count, header.starts(with: Array("SQLite format 3\u{0}".utf8)) else {
            throw .foreign(path: path, "it is not an SQLite database")
        }
        let mark = header[68..<72].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        // A creation cut short leaves its journal, and SQLite undoes it.
        let isBeingCreated = try StoreDirectory.checkFile(path + "-journal")
        guard mark == Schema.applicationID || isBeingCreated else {
            throw .foreign(path: path, "it is another program's SQLite database")
        }
        return true
    }

    private static func createEmptyFile(_ path: String) throws(VaultError) {
        do throws(VaultError) {
            let file = try Descriptor(opening: path, flags: O_RDWR | O_CREAT | O_EXCL)
            // A umask may have taken our own rights; SQLite gives its other
            // files the mode of this one.
            guard fchmod(file.number, 0o600) == 0 else { throw .system("Closing \(path) to others", code: errno) }
        } catch .system(_, EEXIST) {
            _ = try StoreDirectory.checkFile(path)
        }
    }
}
