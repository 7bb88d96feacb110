internal import GRDB

extension SealedStore {
    /// Lets later processes of this login session open the store without
    /// asking, for at most `time` (no more than twelve hours).
    ///
    /// - Returns: false when the system offers no session keyring.
    @discardableResult
    public func keepUnlocked(for time: Duration) throws -> Bool {
        let (_, key, store) = try unlocked()
        return try SessionCache(directory: directory, store: store).keep(key, for: time)
    }

    /// Makes what `keepUnlocked` kept end after `time`; without anything kept nothing is.
    public func shortenSession(to time: Duration) throws {
        let (_, key, store) = try unlocked()
        let cache = SessionCache(directory: directory, store: store)
        if cache.recall(epoch: key.epoch) != nil { _ = try cache.keep(key, for: time) }
    }

    /// Unlocks the store with what `keepUnlocked` kept; false when nothing is
    /// kept any more.
    public func unlockFromSession() throws -> Bool {
        let database = try existing()
        let meta = try database.mappingErrors { try database.queue.read { try Meta.read($0) } }
        guard let kept = SessionCache(directory: directory, store: meta.store).recall(epoch: meta.epoch) else {
            return false
        }
        try adopt(kept, of: meta.store)
        return true
    }

    /// Forgets the key here and in the session's keyring.
    public func lockSession() throws {
        defer { lock() }
        guard let database = try openDatabase() else { return }
        let meta = try database.mappingErrors { try database.queue.read { try Meta.read($0) } }
        try SessionCache(directory: directory, store: meta.store).forget()
    }
}
