internal import CLinux
internal import FoundationEssentials
internal import GRDB

/// The keyed seal over everything a store holds as a set.
///
/// A record opens only as itself, but a missing record opens nothing, and an
/// older version of a record is a genuine one. This HMAC covers meta, slots,
/// the digest of every sealed record, and the heads of logs and block sets, so
/// that deleted, added and mixed-age rows are noticed. It costs time in the
/// number of records, which is small; logs and blocks, which are large, count
/// as one item each.
///
/// A whole old copy put back carries its own valid seal: only the generation
/// remembered elsewhere tells.
struct SetSeal: ~Copyable {
    private var hmac: HMAC

    /// The seal of what `database` holds now, with `meta` as given.
    static func compute(over database: Database, meta: Meta, key: DataKey) throws -> [UInt8] {
        var seal = SetSeal(hmac: HMAC(key: key.setSealKey(store: meta.store)))
        seal.add {
            $0.append("zosh set seal v1")
            $0.append(meta.store.bytes)
            $0.append(meta.epoch)
            $0.append(meta.generation)
        }
        try seal.add("slot", in: database, sql: "SELECT * FROM slot ORDER BY id") { row, fields in
            fields.append(try row.blob("id"))
            fields.append(try row.text("kind"))
            for column in ["n", "r", "p"] { fields.append(try row.integer(column)) }
            fields.append(try row.blob("salt"))
            fields.append(try row.blob("wrapped"))
        }
        try seal.add("record", in: database, sql: "SELECT * FROM record ORDER BY kind, id") { row, fields in
            fields.append(try row.text("kind"))
            fields.append(try row.blob("id"))
            fields.append(try row.integer("generation"))
            fields.append(SHA256.hash(try row.blob("sealed")))
        }
        try seal.add("log", in: database, sql: "SELECT * FROM log ORDER BY kind, stream") { row, fields in
            fields.append(try row.text("kind"))
            fields.append(try row.blob("stream"))
            fields.append(try row.integer("first"))
            fields.append(try row.integer("next"))
            fields.append(try row.blob("base"))
            fields.append(try row.blob("head"))
        }
        try seal.add("blocks", in: database, sql: "SELECT * FROM blocks ORDER BY kind, owner") { row, fields in
            fields.append(try row.text("kind"))
            fields.append(try row.blob("owner"))
            fields.append(try row.integer("generation"))
            fields.append(try row.integer("count"))
            fields.append(try row.blob("digest"))
        }
        return seal.finish()
    }

    /// Throws `damaged` unless the stored seal is that of what is stored.
    static func verify(_ database: Database, meta: Meta, key: DataKey) throws {
        let expected = try compute(over: database, meta: meta, key: key)
        guard meta.seal.count == expected.count,
            zosh_equal_in_constant_time(meta.seal, expected, expected.count)
        else {
            throw VaultError.damaged("records were changed, removed or mixed with older ones")
        }
    }

    private mutating func add(_ fill: (inout Fields) throws -> Void) rethrows {
        var fields = Fields()
        try fill(&fields)
        hmac.update(fields.bytes)
    }

    private consuming func finish() -> [UInt8] { hmac.finish() }

    /// One section: its name, each row's fields, and how many rows there were.
    private mutating func add(
        _ section: String, in database: Database, sql: String,
        row fill: (Row, inout Fields) throws -> Void
    ) throws {
        add { $0.append(section) }
        var count: Int64 = 0
        let rows = try Row.fetchCursor(database, sql: sql)
        while let row = try rows.next() {
            try add { try fill(row, &$0) }
            count += 1
        }
        add { $0.append(count) }
    }
}
