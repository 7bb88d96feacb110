internal import Foundation
internal import GRDB
internal import ZoshTrust

@testable internal import Vault

/// What an attacker has who may write the files but knows no key: the SQLite
/// database as it is.
struct RawStore {
    private let queue: DatabaseQueue

    init(_ path: String) throws {
        // The store may be at work on it at this moment.
        var patient = Configuration()
        patient.busyMode = .timeout(60)
        queue = try DatabaseQueue(path: path, configuration: patient)
    }

    func run(_ sql: String, _ arguments: StatementArguments = []) throws {
        try queue.write { try $0.execute(sql: sql, arguments: arguments) }
    }

    /// Changes SQLite's own list of tables, as a flipped byte in it does.
    func changingSchema(_ sql: String) throws {
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA writable_schema = ON")
            try database.execute(sql: sql)
        }
    }

    func rows(_ sql: String) throws -> [GRDB.Row] { try queue.read { try GRDB.Row.fetchAll($0, sql: sql) } }

    /// Moves everything from the write-ahead log into the one file.
    func settle() throws { try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } }

    func close() throws { try queue.close() }
}

/// What somebody gets who opens the store at `place` and reads all of it, as
/// text to compare.
func everything(in place: Place) async throws -> [String] {
    let store = try await place.openStore()
    return try await store.read { reader in
        var found: [String] = []
        for kind in RecordKind.allCases {
            if let series = kind.series {
                let state = try reader.seriesState(series)
                for number in state?.numbers ?? [] {
                    let item = try reader.item(number, series, in: state)
                    found.append("\(kind) \(number) \(item?.isFinished ?? false) \(item?.header.text ?? "")")
                    for piece in try reader.pieces(of: number, series, in: state) {
                        found.append("\(kind) \(number) \(Hexadecimal.encode(piece))")
                    }
                }
            }
            for record in try reader.read(kind) where kind.series == nil {
                found.append("\(kind) \(record.id) \(record.generation) \(record.body.text)")
            }
            for stream in try reader.streams(kind) {
                for entry in try reader.readLog(kind, stream: stream) {
                    found.append("\(kind) \(stream) \(entry.position) \(entry.body.text)")
                }
            }
            for owner in try reader.owners(kind) {
                for block in try reader.readBlocks(kind, owner: owner) {
                    found.append("\(kind) \(owner) \(Hexadecimal.encode(block))")
                }
            }
        }
        return found
    }
}

/// Copies the store of one place to another, key included.
func copyStore(from place: Place) throws -> Place {
    let copy = try Place()
    try copy.write(place.bytes(place.keyFile), to: copy.keyFile)
    try StoreDirectory(path: copy.store).create()
    for file in StoreDirectory(path: place.store).storeFiles where FileManager.default.fileExists(atPath: file) {
        try copy.write(place.bytes(file), to: copy.store + file.dropFirst(place.store.count))
    }
    return copy
}
