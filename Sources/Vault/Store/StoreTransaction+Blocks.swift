internal import FoundationEssentials
internal import GRDB

extension StoreTransaction {
    /// Puts `blocks` in the place of all blocks this owner has.
    ///
    /// A block is sealed as one piece: 64 to 256 KiB each keep both the sealing
    /// and the pages SQLite reads for it cheap.
    public func replaceBlocks(_ kind: RecordKind, owner: RecordID, with blocks: [[UInt8]]) throws {
        try deleteBlocks(kind, owner: owner)
        var digest = BlockDigest()
        let insert = try database.cachedStatement(sql: "INSERT INTO block VALUES (?, ?, ?, ?, ?)")
        for (part, block) in blocks.enumerated() {
            let id = RecordID()
            let sealed = try block.withUnsafeBytes {
                try seal.seal($0, as: .init(kind: kind, id: id, generation: newGeneration))
            }
            digest.add(id: id, sealed: sealed)
            try insert.execute(arguments: [kind.rawValue, owner.data, part, id.data, sealed])
        }
        try database.execute(
            sql: "INSERT INTO blocks VALUES (?, ?, ?, ?, ?)",
            arguments: [kind.rawValue, owner.data, newGeneration, blocks.count, digest.finish()])
        note(kind)
    }

    /// Removes all blocks of an owner.
    public func deleteBlocks(_ kind: RecordKind, owner: RecordID) throws {
        for table in ["block", "blocks"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE kind = ? AND owner = ?",
                arguments: [kind.rawValue, owner.data])
            if database.changesCount > 0 { note(kind) }
        }
    }
}
