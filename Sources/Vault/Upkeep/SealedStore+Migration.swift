internal import FoundationEssentials
internal import GRDB
internal import Glibc
internal import ZoshTrust

/// Forward only: a store of an older format becomes one of ours when it is unlocked, after a copy of it was put aside.
extension SealedStore {
    /// All steps are one transaction: a crash leaves the old store or the new one, and the backup in either case.
    func migrate(with key: DataKey, of store: RecordID) throws {
        let database = try existing()
        guard try version(database) < schema.version else { return }
        // One process at a time: the copies of two would have one name.
        try directory.createLocks()
        let turn = try FileLock.wait(at: directory.lock(for: .shared), timeout: .seconds(60))
        defer { turn.release() }
        guard try version(database) < schema.version else { return }
        try backUp(database)
        try database.mappingErrors {
            try inTransaction(database) { db in
                while let version = try schema.version(of: db, path: database.path),
                    let step = schema.migration(from: version)
                {
                    let transaction = try StoreTransaction(db, key: key, store: store)
                    try step.run(transaction)
                    try db.execute(sql: "PRAGMA user_version = \(version + 1)")
                    transaction.noteMigration()
                    try transaction.finish()
                }
            }
        }
        try database.emptyWriteAheadLog()
    }

    private func version(_ database: StoreDatabase) throws -> Int {
        try database.mappingErrors {
            try database.queue.read { try schema.version(of: $0, path: database.path) ?? schema.version }
        }
    }

    /// A whole copy beside the store, sealed as the store is, on the disk before anything is changed.
    private func backUp(_ database: StoreDatabase) throws {
        let meta = try database.mappingErrors { try database.queue.read { try Meta.read($0) } }
        let path = directory.backup(of: try version(database), generation: meta.generation)
        // One left by an attempt that was cut short may be cut short itself.
        unlink(path)
        try PrivateFile.create(at: path, containing: Secret([UInt8](), locked: false))
        do {
            try database.mappingErrors {
                try database.queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
            }
            try Descriptor(opening: path, flags: O_RDONLY).sync()
        } catch {
            unlink(path)
            throw error
        }
    }
}
