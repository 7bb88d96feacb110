internal import GRDB

extension SealedStore {
    /// Opens everything and names what is intact and what is not, also in a
    /// store too damaged to be unlocked.
    ///
    /// - Parameters:
    ///   - source: the key to use when the store is locked; it stays locked.
    ///   - expected: a generation remembered elsewhere; a lower one is a
    ///     problem. A whole older copy put back is consistent in itself, and
    ///     only this number tells.
    public func verify(with source: KeySource? = nil, expecting expected: Int64? = nil) throws -> Verification {
        try salvage(with: source, expecting: expected, keeping: []).result
    }

    /// Refuses a store of which nothing could be read with any key, before a key is asked for.
    public func checkReadable() throws { _ = try examinable() }

    /// - Parameter kinds: those whose content is wanted, not only its count.
    func salvage(
        with source: KeySource?, expecting expected: Int64?, keeping kinds: [RecordKind]
    ) throws -> (result: Verification, items: [ExportItem]) {
        let (database, flaw) = try examinable()
        let opened: DataKey
        if let key {
            opened = key
        } else {
            guard let source else { throw VaultError.locked }
            opened = try openKey(source.read(), database).1
        }
        var found: (Verification, [ExportItem])?
        do {
            try database.mappingErrors {
                try database.queue.read { db in
                    let salvage = try Salvage(db, key: opened, keeping: kinds)
                    if let flaw { salvage.note(flaw) }
                    salvage.run(expecting: expected, schema: schema)
                    found = (salvage.result, salvage.items)
                }
            }
        } catch VaultError.damaged where found != nil {
            // SQLite will not even end a reading of a file that lost its end.
        }
        guard let found else { throw VaultError.damaged("nothing was read") }
        return found
    }

    /// The database as far as SQLite can read it, also one that has lost its end, and why every other command refuses
    /// it. The row about the store and the slots must be there: without them no key opens anything.
    private func examinable() throws -> (database: StoreDatabase, flaw: String?) {
        func check(_ database: StoreDatabase) throws {
            try database.mappingErrors { try database.queue.read { _ = (try Meta.read($0), try KeySlot.all(in: $0)) } }
        }
        do {
            let database = try existing()
            try check(database)
            return (database, nil)
        } catch VaultError.damaged(let flaw) {
            do {
                let database = try StoreDatabase.openDamaged(in: directory, schema: schema)
                try check(database)
                return (database, flaw)
            } catch VaultError.damaged(let why) {
                throw VaultError.unreadable(path: directory.database, why)
            }
        }
    }
}
