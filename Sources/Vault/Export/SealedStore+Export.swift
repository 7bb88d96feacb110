internal import FoundationEssentials
internal import Glibc
public import ZoshKit

extension SealedStore {
    /// Writes what the store holds to a new file sealed with its own
    /// passphrase: logs, settings, trust and jobs, and with `withGrants` also
    /// grants and clients. Cached people and counters stay behind.
    ///
    /// - Returns: how many of each kind were written.
    @discardableResult
    public func export(
        to file: String, passphrase: Secret, withGrants: Bool, scrypt: ScryptParameters = .standard
    ) throws -> [RecordKind: Int] {
        let kinds = RecordKind.allCases.filter {
            $0 != .directory && $0 != .counter && (withGrants || !$0.holdsSecrets)
        }
        _ = try unlocked()
        // Before half a second of derivation; creating it checks again.
        guard access(file, F_OK) != 0 else { throw Self.exists(file) }
        let items = try read { reader in try kinds.flatMap { try Self.items($0, reader) } }
        let format = try takingTurns(for: .passphrase) { try ExportFormat(passphrase: passphrase, scrypt: scrypt) }
        var plain: [UInt8] = []
        for item in items { item.append(to: &plain) }
        var sealed = format.header
        var number: Int64 = 0
        var rest = plain[...]
        repeat {
            let chunk = Array(rest.prefix(ExportFormat.chunkCount))
            rest = rest.dropFirst(ExportFormat.chunkCount)
            sealed += try format.seal(chunk, number: number, isLast: rest.isEmpty)
            number += 1
        } while !rest.isEmpty
        try Self.write(sealed, to: file)
        return items.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
    }

    /// What an import did.
    public struct ImportOutcome: Sendable, Equatable {
        public let imported: [RecordKind: Int]
        /// Records and entries of logs this store has already, which are left as they are.
        public let skipped: [RecordKind: Int]
    }

    /// Decides about one record that an import would add.
    ///
    /// Given its kind and body, and the records of this kind the store holds by
    /// then; returns the body to store, nil to leave it out.
    public typealias Admission = @Sendable (RecordKind, Secret, [SealedRecord]) throws -> Secret?

    /// Adds what an export holds and the store does not, in one transaction,
    /// after the whole file was verified. What is here already stays as it is:
    /// it is the newer one, as far as anybody can tell.
    ///
    /// - Parameter admit: asked for each record whose id is new here, since the
    ///   same thing may be here under another id.
    @discardableResult
    public func importAll(
        from file: String, passphrase: Secret, admit: Admission = { _, body, _ in body }
    ) throws -> ImportOutcome {
        _ = try unlocked()
        let items = try takingTurns(for: .passphrase) { try Self.items(in: file, passphrase: passphrase) }
        return try write { transaction in
            var imported: [RecordKind: Int] = [:]
            var skipped: [RecordKind: Int] = [:]
            let present = try Dictionary(
                uniqueKeysWithValues: RecordKind.allCases.map { ($0, Set(try transaction.streams($0))) })
            for item in items {
                switch item.form {
                case .record:
                    let known = try transaction.read(item.kind)
                    guard !known.contains(where: { $0.id == item.id }), let body = try admit(item.kind, item.body, known)
                    else {
                        skipped[item.kind, default: 0] += 1
                        continue
                    }
                    try transaction.put(item.kind, item.id, body)
                case .entry where present[item.kind]?.contains(item.id) == true:
                    skipped[item.kind, default: 0] += 1
                    continue
                case .entry: try transaction.append(item.kind, stream: item.id, item.body)
                }
                imported[item.kind, default: 0] += 1
            }
            return ImportOutcome(imported: imported, skipped: skipped)
        }
    }

    private static func write(_ sealed: [UInt8], to file: String) throws(VaultError) {
        do {
            try PrivateFile.create(at: file, containing: Secret(sealed, locked: false))
        } catch .system(_, EEXIST) {
            throw exists(file)
        }
    }

    private static func exists(_ file: String) -> VaultError {
        .fileExists(path: file)
    }

    private static func items(_ kind: RecordKind, _ reader: StoreReader) throws -> [ExportItem] {
        let records = try reader.read(kind).map { ExportItem(form: .record, kind: kind, id: $0.id, body: $0.body) }
        let entries = try reader.streams(kind).flatMap { stream in
            try reader.readLog(kind, stream: stream).map {
                ExportItem(form: .entry, kind: kind, id: stream, body: $0.body)
            }
        }
        return records + entries
    }

    private static func items(in file: String, passphrase: Secret) throws(VaultError) -> [ExportItem] {
        let content: Secret
        do {
            content = try PrivateFile.read(at: file, atMost: 1 << 30)
        } catch .system(_, ENOENT) {
            throw .export("\(file) does not exist")
        }
        let whole = content.withUnsafeBytes { Data($0) }
        let format = try ExportFormat(header: Array(whole.prefix(ExportFormat.headerCount)), passphrase: passphrase)
        let plain = try format.openAll(whole.dropFirst(ExportFormat.headerCount))
        guard let items = ExportItem.all(in: plain) else { throw .export("is not whole") }
        return items
    }
}
