internal import FoundationEssentials
internal import GRDB
internal import ZoshKit

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
        let database = try existing()
        let opened: DataKey
        if let key {
            opened = key
        } else {
            guard let source else { throw VaultError.locked }
            opened = try openKey(source.read(), database).1
        }
        return try database.mappingErrors {
            try database.queue.read { db in
                let examination = try Examination(db, key: opened)
                try examination.run(expecting: expected)
                return examination.result
            }
        }
    }
}

/// Goes on after every problem, unlike reading, which stops at the first.
private final class Examination {
    private let database: Database
    private let meta: Meta
    private let reader: StoreReader
    private(set) var result: Verification

    init(_ database: Database, key: DataKey) throws {
        self.database = database
        meta = try Meta.read(database)
        reader = StoreReader(unverified: database, seal: RecordSeal(key: key, store: meta.store), meta: meta)
        result = Verification(generation: meta.generation, epoch: meta.epoch)
    }

    func run(expecting expected: Int64?) throws {
        try noting { try SetSeal.verify(database, meta: meta, key: reader.seal.key) }
        if let expected, meta.generation < expected {
            result.problems.append("an older copy was put back: its generation is \(meta.generation), expected was \(expected) or more")
        }
        for row in try Row.fetchAll(database, sql: "PRAGMA integrity_check") {
            let line = try row.text("integrity_check")
            if line != "ok" { result.problems.append("the file: \(line)") }
        }
        try examine("SELECT kind, id AS item FROM record") { reader, kind, id in
            try reader.read(kind, id) == nil ? 0 : 1
        }
        try examine("SELECT kind, stream AS item FROM log") { reader, kind, stream in
            try reader.readLog(kind, stream: stream).count
        }
        try examine("SELECT kind, owner AS item FROM blocks") { reader, kind, owner in
            try reader.readBlocks(kind, owner: owner).count
        }
    }

    private func examine(
        _ sql: String, _ open: (StoreReader, RecordKind, RecordID) throws -> Int
    ) throws {
        for row in try Row.fetchAll(database, sql: sql) {
            try noting {
                let kind = try row.recordKind("kind")
                let count = try open(reader, kind, row.identity("item"))
                if count > 0 { result.intact[kind, default: 0] += count }
            }
        }
    }

    private func noting(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch VaultError.damaged(let what) {
            result.problems.append(what)
        } catch let error as DatabaseError {
            result.problems.append(VaultError(error, path: "").problem)
        }
    }
}
