internal import FoundationEssentials
internal import GRDB

extension StoreReader {
    /// The blocks last given to `replaceBlocks` for this owner, in order; empty
    /// when there are none.
    public func readBlocks(_ kind: RecordKind, owner: RecordID) throws -> [[UInt8]] {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT generation, count, digest FROM blocks WHERE kind = ? AND owner = ?",
                arguments: [kind.rawValue, owner.data])
        else { return [] }
        let generation = try row.integer("generation")
        var digest = BlockDigest()
        var blocks: [[UInt8]] = []
        let rows = try Row.fetchCursor(
            database, sql: "SELECT part, id, sealed FROM block WHERE kind = ? AND owner = ? ORDER BY part",
            arguments: [kind.rawValue, owner.data])
        while let block = try rows.next() {
            let id = try block.identity("id")
            let sealed = try block.blob("sealed")
            guard try block.integer("part") == Int64(blocks.count) else { throw Self.mixed(kind) }
            digest.add(id: id, sealed: sealed)
            blocks.append(try seal.open(sealed, as: .init(kind: kind, id: id, generation: generation)))
        }
        guard try row.integer("count") == Int64(blocks.count), try row.blob("digest") == digest.finish() else {
            throw Self.mixed(kind)
        }
        return blocks
    }

    /// Who owns blocks of a kind, in the order of their ids.
    public func owners(_ kind: RecordKind) throws -> [RecordID] {
        try Row.fetchAll(
            database, sql: "SELECT owner FROM blocks WHERE kind = ? ORDER BY owner", arguments: [kind.rawValue]
        ).map { try $0.identity("owner") }
    }

    private static func mixed(_ kind: RecordKind) -> VaultError {
        .damaged("blocks of the \(kind.rawValue) were removed, reordered or mixed with older ones")
    }
}

/// What the set seal covers of a block set: every block's identity and tag, in order.
struct BlockDigest: ~Copyable {
    private var hash = SHA256()

    mutating func add(id: RecordID, sealed: Data) {
        var fields = Fields()
        fields.append(id.bytes)
        fields.append(sealed.suffix(16))
        hash.update(fields.bytes)
    }

    consuming func finish() -> Data { Data(hash.finish()) }
}
