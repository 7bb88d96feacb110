internal import CLinux
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
    /// Which file was opened: what stands at the path later may be another.
    private let file: FileIdentity?

    /// Opens the database of a store that exists; nil when none was created.
    static func open(in directory: StoreDirectory, schema: Schema) throws -> StoreDatabase? {
        guard try directory.check(), try fileIsOurs(in: directory) else { return nil }
        try directory.checkWritable()
        let database = try StoreDatabase(path: directory.database)
        let version = try database.mappingErrors {
            try database.queue.read { try schema.version(of: $0, path: directory.database) }
        }
        guard version != nil else { throw VaultError.unreadable(path: directory.database, "it has no tables") }
        try database.enterWriteAheadLog()
        return database
    }

    /// Creates the tables and whatever `fill` adds, in one durable transaction,
    /// under another name: a store that was made halfway is not a store.
    static func create(
        in directory: StoreDirectory, schema: Schema, fill: (Database) throws -> Void
    ) throws -> StoreDatabase {
        try directory.create()
        guard try !fileIsOurs(in: directory) else { throw VaultError.alreadyCreated(path: directory.path) }
        directory.removeCreations(olderThan: .seconds(60))
        let draft = directory.creation(RecordID())
        defer { unlink(draft) }
        try createEmptyFile(draft)
        let making = try StoreDatabase(path: draft)
        try making.mappingErrors {
            try making.queue.inTransaction(.exclusive) { db in
                try schema.create(in: db)
                try fill(db)
                return .commit
            }
            try making.queue.close()
        }
        guard zosh_rename_new(draft, directory.database) == 0 else {
            // Another process was faster.
            if errno == EEXIST { throw VaultError.alreadyCreated(path: directory.path) }
            throw VaultError.opening(directory.database, errno)
        }
        try PrivateFile.syncDirectory(of: directory.database)
        let database = try StoreDatabase(path: directory.database)
        try database.enterWriteAheadLog()
        return database
    }

    /// Opens a store for reading although it is shorter than its header says, which SQLite refuses otherwise.
    static func openDamaged(in directory: StoreDirectory, schema: Schema) throws -> StoreDatabase {
        guard try directory.check(), try fileIsOurs(in: directory) else {
            throw VaultError.notCreated(path: directory.path)
        }
        let database = try StoreDatabase(path: directory.database, isDamaged: true)
        _ = try database.mappingErrors {
            try database.queue.read { try schema.version(of: $0, path: directory.database) }
        }
        return database
    }

    private init(path: String, isDamaged: Bool = false) throws {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = isDamaged
        configuration.label = "zosh.store"
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            // Lets SQLite read the pages there are; the tables are compared with those of a store all the same.
            if isDamaged { try db.execute(sql: "PRAGMA writable_schema = ON") }
            for setting in [
                "secure_delete = ON", "temp_store = MEMORY", "trusted_schema = OFF",
                "cell_size_check = ON", "mmap_size = 0", "synchronous = FULL",
            ] {
                try db.execute(sql: "PRAGMA \(setting)")
            }
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            file = FileIdentity(of: path)
        } catch let error as DatabaseError {
            throw VaultError(error, path: path)
        }
    }

    /// Whether the store was neither removed nor replaced since it was opened. A file that was removed can be written
    /// to without an error, and what was written would never be found.
    var isInPlace: Bool { FileIdentity(of: path) == file }

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

    /// False when the file is missing. Decided from the bytes, before
    /// SQLite may write to a file that is not ours.
    private static func fileIsOurs(in directory: StoreDirectory) throws(VaultError) -> Bool {
        let path = directory.database
        guard try StoreDirectory.checkFile(path) else { return false }
        for file in directory.storeFiles { _ = try StoreDirectory.checkFile(file) }
        let file = try Descriptor(opening: path, flags: O_RDONLY)
        var header = [UInt8](repeating: 0, count: 100)
        let count = pread(file.number, &header, header.count, 0)
        guard count >= 0 else { throw .system("reading \(path)", code: errno) }
        // A store is made whole or not at all: this one was emptied.
        if count == 0 { throw .unreadable(path: path, "the file is empty") }
        guard count == header.count, header.starts(with: Array("SQLite format 3\u{0}".utf8)) else {
            throw .foreign(path: path, "it is not an SQLite database")
        }
        let mark = header[68..<72].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard mark == Schema.applicationID else {
            throw .foreign(path: path, "it is another program's SQLite database")
        }
        return true
    }

    private static func createEmptyFile(_ path: String) throws(VaultError) {
        let file = try Descriptor(opening: path, flags: O_RDWR | O_CREAT | O_EXCL)
        // A umask may have taken our own rights; SQLite gives its other
        // files the mode of this one.
        guard fchmod(file.number, 0o600) == 0 else { throw .system("closing \(path) to others", code: errno) }
    }
}

/// Which file a path means now.
private struct FileIdentity: Equatable {
    private let device: dev_t
    private let number: ino_t

    /// Nil when there is none.
    init?(of path: String) {
        var about = stat()
        guard lstat(path, &about) == 0 else { return nil }
        device = about.st_dev
        number = about.st_ino
    }
}
