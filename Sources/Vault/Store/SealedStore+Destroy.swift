internal import GRDB
internal import Glibc

extension SealedStore {
    /// Removes the store and everything in it. Needs no key: who may write the
    /// directory can do as much without zosh.
    ///
    /// The slots are overwritten first, because without them nothing left on
    /// the disk can be opened. A drive that remaps blocks, a snapshot or a
    /// backup may keep old copies of them.
    public func destroy() throws {
        guard try directory.check() else { throw VaultError.notCreated(path: path) }
        lock()
        // A store too damaged for this is removed all the same.
        if let database = try? openDatabase() {
            try? database.queue.write { try $0.execute(sql: "DELETE FROM slot") }
            _ = try? database.emptyWriteAheadLog()
            try? database.queue.close()
        }
        database = nil
        directory.removeSessions(olderThan: .zero)
        directory.removeBackups()
        for file in directory.storeFiles where unlink(file) != 0 && errno != ENOENT {
            throw VaultError.system("removing \(file)", code: errno)
        }
        try PrivateFile.syncDirectory(of: directory.database)
    }
}
