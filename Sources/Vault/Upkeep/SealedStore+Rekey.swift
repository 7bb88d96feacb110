internal import FoundationEssentials
internal import GRDB
internal import ZoshTrust

extension SealedStore {
    /// What a rekey did.
    public struct RekeyOutcome: Sendable {
        /// Slots whose key was not presented, and which are therefore gone.
        public let removed: [StoreStatus.Slot]
        /// Whether nothing under the old key is left in the store's files.
        public let isLogEmpty: Bool
    }

    /// Seals everything again under a new random data key, so that the old key
    /// cannot read new data.
    ///
    /// A slot can only take the new data key when its own key is at hand, so
    /// only the keys in `sources` open the store afterwards. All of it is one
    /// transaction: a crash leaves the old store or the new one.
    ///
    /// - Parameters:
    ///   - dropping: whether slots whose key is not presented may go; if not,
    ///     `VaultError.slotsLeftOut` names them and nothing is changed.
    ///   - scrypt: what guessing must cost at least; a slot that costs more keeps its own cost.
    public func rekey(
        keeping sources: [KeySource], dropping: Bool = true, scrypt: ScryptParameters = .standard
    ) throws -> RekeyOutcome {
        let (database, old, store) = try unlocked()
        guard !sources.isEmpty else { throw VaultError.lastSlot }
        // Each key is read once: a program that prints one may ask the user.
        let keys = try sources.map { try $0.read() }
        let opened = try keys.map { try openKey($0, database).2 }
        let before = opened.map(\.id)
        let left = try database.mappingErrors { try database.queue.read { try KeySlot.all(in: $0) } }
            .filter { !before.contains($0.id) }
        guard dropping || left.isEmpty else { throw VaultError.slotsLeftOut(left.map { "\($0.id)" }) }
        let new = DataKey(secret: .random(count: DataKey.byteCount), epoch: old.epoch + 1)
        let slots = try zip(keys, opened).map { slotKey, slot in
            let cost = max(scrypt.rounds, slot.scrypt?.rounds ?? 0)
            return try takingTurns(for: slotKey.kind) {
                try KeySlot(wrapping: new, under: slotKey, store: store, scrypt: ScryptParameters(rounds: cost))
            }
        }
        var removed: [KeySlot] = []
        try database.mappingErrors {
            try inTransaction(database) { db in
                removed = try KeySlot.all(in: db).filter { !before.contains($0.id) }
                let transaction = try RekeyTransaction(db, from: old, to: new, store: store)
                try transaction.run(slots: slots)
            }
        }
        key = new
        old.secret.wipe()
        directory.removeSessions(olderThan: .zero)
        directory.removeBackups()
        return RekeyOutcome(
            removed: removed.map { .init(id: $0.id, kind: $0.kind, scrypt: $0.scrypt) },
            isLogEmpty: try database.emptyWriteAheadLog())
    }
}

/// Moves everything in a store from one data key to another, row by row.
private struct RekeyTransaction {
    let database: Database
    let reader: StoreReader
    let meta: Meta
    let from: RecordSeal
    let to: RecordSeal

    init(_ database: Database, from old: DataKey, to new: DataKey, store: RecordID) throws {
        reader = try StoreReader(database, key: old, store: store)
        self.database = database
        from = reader.seal
        to = RecordSeal(key: new, store: store)
        var next = reader.meta
        next.generation += 1
        next.epoch = new.epoch
        meta = next
    }

    func run(slots: [KeySlot]) throws {
        try database.execute(sql: "DELETE FROM slot")
        for slot in slots { try slot.insert(into: database) }
        // Before the records, one of which says what pieces there are.
        for kind in SeriesKind.allCases { try moveSeries(kind) }
        try moveRecords()
        for kind in RecordKind.allCases {
            for stream in try reader.streams(kind) { try moveLog(kind, stream) }
            for owner in try reader.owners(kind) { try moveBlocks(kind, owner) }
        }
        var sealed = meta
        sealed.seal = try SetSeal.compute(over: database, meta: meta, key: to.key)
        try sealed.write(database)
    }

    private func moveRecords() throws {
        for row in try Row.fetchAll(database, sql: "SELECT kind, id, generation, sealed FROM record") {
            let kind = try row.recordKind("kind")
            let id = try row.identity("id")
            let sealed = try reseal(row.blob("sealed"), kind, id, generation: row.integer("generation"))
            try database.execute(
                sql: "UPDATE record SET generation = ?, sealed = ? WHERE kind = ? AND id = ?",
                arguments: [meta.generation, sealed, kind.rawValue, id.data])
        }
    }

    private func moveLog(_ kind: RecordKind, _ stream: RecordID) throws {
        guard var log = try reader.logHead(kind, stream) else { return }
        // Refuses to carry a broken log over into a new, valid chain.
        let entries = try reader.readLog(kind, stream: stream)
        (log.base, log.head) = (LogChain.start, LogChain.start)
        for entry in entries {
            let identity = RecordSeal.Identity(kind: kind, id: entry.id, generation: meta.generation)
            let sealed = try entry.body.withUnsafeBytes { try to.seal($0, as: identity) }
            log.head = to.chain.link(
                after: log.head, stream: stream, position: entry.position, identity: identity, sealed: sealed)
            try database.cachedStatement(
                sql: """
                    UPDATE entry SET generation = ?, sealed = ?, link = ?
                    WHERE kind = ? AND stream = ? AND position = ?
                    """
            ).execute(arguments: [
                meta.generation, sealed, Data(log.head), kind.rawValue, stream.data, entry.position,
            ])
        }
        try database.execute(
            sql: "UPDATE log SET base = ?, head = ? WHERE kind = ? AND stream = ?",
            arguments: [Data(log.base), Data(log.head), kind.rawValue, stream.data])
    }

    private func moveBlocks(_ kind: RecordKind, _ owner: RecordID) throws {
        // Refuses to carry a broken set over, as above.
        let blocks = try reader.readBlocks(kind, owner: owner)
        let rows = try Row.fetchAll(
            database, sql: "SELECT id FROM block WHERE kind = ? AND owner = ? ORDER BY part",
            arguments: [kind.rawValue, owner.data])
        var digest = BlockDigest()
        for (part, (block, row)) in zip(blocks, rows).enumerated() {
            let id = try row.identity("id")
            let sealed = try block.withUnsafeBytes {
                try to.seal($0, as: .init(kind: kind, id: id, generation: meta.generation))
            }
            digest.add(id: id, sealed: sealed)
            try database.execute(
                sql: "UPDATE block SET sealed = ? WHERE kind = ? AND owner = ? AND part = ?",
                arguments: [sealed, kind.rawValue, owner.data, part])
        }
        try database.execute(
            sql: "UPDATE blocks SET generation = ?, digest = ? WHERE kind = ? AND owner = ?",
            arguments: [meta.generation, digest.finish(), kind.rawValue, owner.data])
    }

    private func moveSeries(_ kind: SeriesKind) throws {
        let state = try reader.seriesState(kind)
        var count = 0
        for number in state?.numbers ?? [] {
            // Refuses to carry a broken item over, as above.
            let bodies = try reader.pieces(of: number, kind, in: state)
            for (place, body) in bodies.enumerated() { try movePiece(body, kind, number, part: place + 1) }
            count += bodies.count
            if state?.unfinished(number) == nil {
                try movePiece(reader.finishedItem(number, kind).body, kind, number, part: 0)
                count += 1
            }
        }
        let row = try Row.fetchOne(
            database, sql: "SELECT count(*) AS n FROM piece WHERE kind = ?", arguments: [kind.rawValue])
        guard try row?.integer("n") == Int64(count) else {
            throw VaultError.damaged("pieces that belong to no \(kind.rawValue) were added")
        }
    }

    private func movePiece(_ body: [UInt8], _ kind: SeriesKind, _ number: Int, part: Int) throws {
        let sealed = try body.withUnsafeBytes {
            try to.seal(
                $0,
                as: .init(
                    kind: kind.record, id: RecordID(number: number, part: part), generation: meta.generation))
        }
        try database.cachedStatement(
            sql: "UPDATE piece SET generation = ?, sealed = ? WHERE kind = ? AND number = ? AND part = ?"
        ).execute(arguments: [meta.generation, sealed, kind.rawValue, number, part])
    }

    private func reseal(_ sealed: Data, _ kind: RecordKind, _ id: RecordID, generation: Int64) throws -> Data {
        let body = try from.openSecret(sealed, as: .init(kind: kind, id: id, generation: generation))
        return try body.withUnsafeBytes {
            try to.seal($0, as: .init(kind: kind, id: id, generation: meta.generation))
        }
    }
}
