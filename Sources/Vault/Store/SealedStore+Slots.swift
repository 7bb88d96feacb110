internal import FoundationEssentials
internal import GRDB
internal import ZoshTrust

/// Changing which keys open the store. None of it changes the data key, so a
/// copy made before still opens with the old keys: `rekey` protects what is
/// written from then on.
extension SealedStore {
    /// Adds a slot for a further key and returns its id.
    @discardableResult
    public func addSlot(for source: KeySource, scrypt: ScryptParameters = .standard) throws -> RecordID {
        let slot = try makeSlot(for: source, scrypt: scrypt)
        try changeSlots { try slot.insert(into: $0) }
        return slot.id
    }

    /// Removes a slot. The last one stays, since nothing could open the store.
    ///
    /// - Returns: whether no trace of it is left in the store's files: false
    ///   while another process reads the write-ahead log.
    @discardableResult
    public func removeSlot(_ id: RecordID) throws -> Bool {
        try changeSlots { database in
            let slots = try KeySlot.all(in: database)
            guard slots.contains(where: { $0.id == id }) else { throw VaultError.noSlotWithID(id) }
            guard slots.count > 1 else { throw VaultError.lastSlot }
            try KeySlot.delete(id, from: database)
        }
    }

    /// The slot a key opens. Throws `VaultError.wrongKey` when it opens none.
    public func slot(of source: KeySource) throws -> RecordID {
        try openKey(source.read(), existing()).2.id
    }

    /// Puts a new key, or the same passphrase with other parameters, in the place of a slot whose key was presented
    /// before.
    ///
    /// - Returns: as `removeSlot`.
    @discardableResult
    public func replaceSlot(_ id: RecordID, with new: KeySource, scrypt: ScryptParameters = .standard) throws -> Bool {
        let slot = try makeSlot(for: new, scrypt: scrypt)
        return try changeSlots { database in
            guard try KeySlot.all(in: database).contains(where: { $0.id == id }) else {
                throw VaultError.noSlotWithID(id)
            }
            try KeySlot.delete(id, from: database)
            try slot.insert(into: database)
        }
    }

    private func makeSlot(for source: KeySource, scrypt: ScryptParameters) throws -> KeySlot {
        let (_, key, store) = try unlocked()
        let slotKey = try source.read()
        return try takingTurns(for: slotKey.kind) {
            try KeySlot(wrapping: key, under: slotKey, store: store, scrypt: scrypt)
        }
    }

    @discardableResult
    private func changeSlots(_ change: @Sendable (Database) throws -> Void) throws -> Bool {
        try write { transaction in
            try change(transaction.database)
            transaction.noteSlots()
        }
        directory.removeBackups()
        return try existing().emptyWriteAheadLog()
    }
}
