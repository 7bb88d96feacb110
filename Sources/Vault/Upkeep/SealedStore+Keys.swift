internal import GRDB
internal import ZoshTrust

extension SealedStore {
    /// Creates the store with one slot for this key and leaves it unlocked.
    ///
    /// - Parameter scrypt: what guessing costs, when the key can be guessed.
    public func create(with source: KeySource, scrypt: ScryptParameters = .standard) throws {
        guard try openDatabase() == nil else { throw VaultError.alreadyCreated(path: path) }
        let slotKey = try source.read()
        try directory.create()
        let dataKey = DataKey(secret: .random(count: DataKey.byteCount), epoch: 0)
        let id = RecordID()
        let slot = try takingTurns(for: slotKey.kind) {
            try KeySlot(wrapping: dataKey, under: slotKey, store: id, scrypt: scrypt)
        }
        database = try StoreDatabase.create(in: directory, schema: schema) { db in
            try slot.insert(into: db)
            var meta = Meta(store: id, epoch: dataKey.epoch, generation: 1, seal: [])
            meta.seal = try SetSeal.compute(over: db, meta: meta, key: dataKey)
            try meta.write(db)
        }
        (key, store, lastUse) = (dataKey, id, ContinuousClock.now)
    }

    /// Opens the store with a key that fits one of its slots.
    public func unlock(with source: KeySource) throws {
        let database = try existing()
        let slotKey = try source.read()
        let (meta, opened, _) = try openKey(slotKey, database)
        try adopt(opened, of: meta.store)
    }

    /// Uses a key from now on, if the store as it is was sealed with it.
    func adopt(_ opened: DataKey, of identity: RecordID) throws {
        let database = try existing()
        try database.mappingErrors {
            try database.queue.read { _ = try StoreReader($0, key: opened, store: identity) }
        }
        try migrate(with: opened, of: identity)
        lock()
        (key, store, lastUse) = (opened, identity, ContinuousClock.now)
    }

    /// The data key and the slot it came from.
    func openKey(_ slotKey: SlotKey, _ database: StoreDatabase) throws -> (Meta, DataKey, KeySlot) {
        let (meta, slots) = try database.mappingErrors {
            try database.queue.read { (try Meta.read($0), try KeySlot.all(in: $0)) }
        }
        let fitting = slots.filter(slotKey.fits)
        guard !fitting.isEmpty else { throw VaultError.noSlot(slotKey.kind) }
        for slot in fitting {
            let opened = try takingTurns(for: slot.kind) {
                try slot.unwrap(with: slotKey, store: meta.store, epoch: meta.epoch)
            }
            if let opened { return (meta, opened, slot) }
        }
        throw VaultError.wrongKey
    }

    /// What shows without a key; nil when there is no store.
    public func status() throws -> StoreStatus? {
        guard let database = try openDatabase() else { return nil }
        return try database.mappingErrors {
            try database.queue.read { db in
                let meta = try Meta.read(db)
                return StoreStatus(
                    path: path, isUnlocked: isUnlocked,
                    formatVersion: try schema.version(of: db, path: database.path) ?? schema.version,
                    slots: try KeySlot.all(in: db).map { .init(id: $0.id, kind: $0.kind, scrypt: $0.scrypt) },
                    generation: meta.generation, epoch: meta.epoch,
                    counts: try Self.counts(in: db), series: rooms(in: db),
                    auditByteCount: try Self.bytes(of: .audit, in: db), byteCount: directory.byteCount)
            }
        }
    }

    private static func counts(in database: Database) throws -> [RecordKind: Int] {
        var counts: [RecordKind: Int] = [:]
        for table in ["record", "entry", "block"] {
            let rows = try Row.fetchAll(database, sql: "SELECT kind, count(*) AS n FROM \(table) GROUP BY kind")
            for row in rows { counts[try row.recordKind("kind"), default: 0] += Int(try row.integer("n")) }
        }
        return counts.filter { $0.key.series == nil }
    }

    /// What the entries of a log take.
    private static func bytes(of kind: RecordKind, in database: Database) throws -> Int64 {
        let row = try Row.fetchOne(
            database, sql: "SELECT coalesce(sum(length(sealed)), 0) AS n FROM entry WHERE kind = ?",
            arguments: [kind.rawValue])
        return try row?.integer("n") ?? 0
    }

    /// What the series take; nil when the store is locked, or damaged, which `verify` says better than a status.
    private func rooms(in database: Database) -> [SeriesKind: SeriesRoom]? {
        guard let key, let store, let reader = try? StoreReader(database, key: key, store: store) else { return nil }
        var rooms: [SeriesKind: SeriesRoom] = [:]
        for kind in SeriesKind.allCases {
            guard let state = try? reader.seriesState(kind) else { continue }
            rooms[kind] = SeriesRoom(state)
        }
        return rooms
    }

    /// Runs a derivation while no other process derives: each takes 64 MiB or
    /// more, and a loop over a thousand scripts would take that a thousand times.
    func takingTurns<Result>(for kind: SlotKind, _ derive: () throws -> Result) throws -> Result {
        guard kind.isStretched else { return try derive() }
        try directory.createLocks()
        let turn = try FileLock.wait(at: directory.derivationLock, timeout: .seconds(60))
        defer { turn.release() }
        return try derive()
    }
}
