internal import CLinux
internal import GRDB
internal import ZoshKit
internal import ZoshTrust

/// Everything zosh keeps at rest, sealed in one SQLite database.
///
/// It knows keys, kinds and bytes, and nothing of what the bytes mean. Several
/// processes may use one store at once; each sees the others' commits.
///
/// Invariant: nothing is returned whose seal was not checked in the same
/// transaction, and nothing is acknowledged before it is on the disk.
public actor SealedStore {
    /// Where the store is or will be.
    public nonisolated let path: String

    let directory: StoreDirectory
    let schema: Schema
    var database: StoreDatabase?
    var key: DataKey?
    /// The identity of the store the key belongs to.
    var store: RecordID?
    /// When the key was last used.
    var lastUse = ContinuousClock.now
    private let thread = BlockingQueue("zosh.store")

    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// A store at `path`, an absolute directory that need not exist yet.
    /// - Parameter refusal: why there must be no store at that place; whatever would need one says so.
    public init(at path: String, refusal: VaultError? = nil) { self.init(at: path, schema: .current, refusal: refusal) }

    init(at path: String, schema: Schema, refusal: VaultError? = nil) {
        self.schema = schema
        directory = StoreDirectory(path: path, refusal: refusal)
        self.path = directory.path
    }

    /// Whether a store was created there. Throws when the place is insecure or
    /// holds something else.
    public var isCreated: Bool {
        get throws { try openDatabase() != nil }
    }

    public var isUnlocked: Bool { key != nil }

    /// Whether the store is open with the key it is sealed with now. One that another process has replaced meanwhile
    /// opens nothing any more and is forgotten.
    public func isOpen() throws -> Bool {
        guard let key else { return false }
        let database = try existing()
        let meta = try database.mappingErrors { try database.queue.read { try Meta.read($0) } }
        if meta.store != store || meta.epoch != key.epoch { lock() }
        return isUnlocked
    }

    /// Forgets the key. What was read before stays with its reader.
    public func lock() {
        key?.secret.wipe()
        key = nil
        store = nil
    }

    /// Locks the store if it was not used for `time`; whether it is locked then.
    @discardableResult
    public func lockIfIdle(for time: Duration) -> Bool {
        if ContinuousClock.now - lastUse >= time { lock() }
        return key == nil
    }

    /// One consistent view for several reads.
    public func read<Result: Sendable>(_ body: @Sendable (StoreReader) throws -> Result) throws -> Result {
        let (database, key, store) = try unlocked()
        return try database.mappingErrors {
            try database.queue.read { try body(StoreReader($0, key: key, store: store)) }
        }
    }

    /// All records of a kind.
    public func read(_ kind: RecordKind) throws -> [SealedRecord] {
        try read { try $0.read(kind) }
    }

    /// One record, nil when there is none.
    public func read(_ kind: RecordKind, _ id: RecordID) throws -> SealedRecord? {
        try read { try $0.read(kind, id) }
    }

    /// Changes the store in one transaction that is on the disk when this
    /// returns. `body` must not wait for anything.
    @discardableResult
    public func write<Result: Sendable>(_ body: @Sendable (StoreTransaction) throws -> Result) throws -> Result {
        let (database, key, store) = try unlocked()
        return try database.mappingErrors {
            var emptyLog = false
            let result = try inTransaction(database) { db in
                let transaction = try StoreTransaction(db, key: key, store: store)
                let result = try body(transaction)
                try transaction.finish()
                emptyLog = transaction.overwritesSecrets
                return result
            }
            if emptyLog { try database.emptyWriteAheadLog() }
            return result
        }
    }

    /// The lock by which processes take turns at one record, such as the
    /// refresh of a grant. Waits without occupying a thread.
    public nonisolated func lock(for id: RecordID, timeout: Duration = .seconds(60)) async throws -> FileLock {
        let directory = StoreDirectory(path: path)
        try directory.createLocks()
        return try await FileLock.acquire(at: directory.lock(for: id), timeout: timeout)
    }

    /// The lock by which processes take turns at one item of a series.
    public nonisolated func lock(
        for kind: SeriesKind, _ number: Int, timeout: Duration = .seconds(60)
    ) async throws -> FileLock {
        try await lock(for: .lock(kind, number), timeout: timeout)
    }

    /// The open database, nil when none was created.
    func openDatabase() throws -> StoreDatabase? {
        if let database {
            if database.isInPlace { return database }
            // Another process has removed the store or put another in its place; the key belongs to the one that is
            // gone.
            lock()
            self.database = nil
        }
        database = try StoreDatabase.open(in: directory, schema: schema)
        return database
    }

    func existing() throws -> StoreDatabase {
        guard let database = try openDatabase() else { throw VaultError.notCreated(path: path) }
        return database
    }

    func unlocked() throws -> (StoreDatabase, DataKey, RecordID) {
        let database = try existing()
        guard let key, let store else { throw VaultError.locked }
        lastUse = ContinuousClock.now
        return (database, key, store)
    }

    /// IMMEDIATE, so that no other process can write between our reading and our writing.
    func inTransaction<Result>(_ database: StoreDatabase, _ body: (Database) throws -> Result) throws -> Result {
        var result: Result?
        try database.queue.inTransaction(.immediate) { db in
            result = try body(db)
            return .commit
        }
        guard let result else { throw VaultError.damaged("a transaction gave no result") }
        return result
    }
}
