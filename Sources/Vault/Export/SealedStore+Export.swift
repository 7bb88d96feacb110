internal import FoundationEssentials
internal import Glibc
public import ZoshTrust

extension SealedStore {
    /// Writes what the store holds to a new file sealed with its own
    /// passphrase: logs, settings, trust, jobs and runs, and with `withGrants` also
    /// grants and clients. Cached people and counters stay behind.
    ///
    /// - Returns: how many of each kind were written.
    @discardableResult
    public func export(
        to file: String, passphrase: Secret, withGrants: Bool, scrypt: ScryptParameters = .standard
    ) throws -> [RecordKind: Int] {
        let kinds = Self.kinds(withGrants)
        _ = try unlocked()
        // Before half a second of derivation; creating it checks again.
        guard access(file, F_OK) != 0 else { throw Self.exists(file) }
        let items = try read { reader in try kinds.flatMap { try Self.items($0, reader) } }
        return try seal(items, to: file, passphrase, scrypt)
    }

    /// What an export of a damaged store took along.
    public struct Rescue: Sendable {
        public let exported: [RecordKind: Int]
        /// What is wrong with the store, one sentence fragment each: why the rest was left out.
        public let problems: [String]

        public init(exported: [RecordKind: Int], problems: [String]) {
            self.exported = exported
            self.problems = problems
        }
    }

    /// As `export`, of a damaged store: everything that `verify` calls intact.
    ///
    /// - Parameter source: the key to use when the store is locked; it stays locked.
    public func exportIntact(
        to file: String, passphrase: Secret, withGrants: Bool, scrypt: ScryptParameters = .standard,
        with source: KeySource? = nil
    ) throws -> Rescue {
        guard access(file, F_OK) != 0 else { throw Self.exists(file) }
        let (found, items) = try salvage(with: source, expecting: nil, keeping: Self.kinds(withGrants))
        return Rescue(exported: try seal(items, to: file, passphrase, scrypt), problems: found.problems)
    }

    private static func kinds(_ withGrants: Bool) -> [RecordKind] {
        RecordKind.allCases.filter { $0 != .directory && $0 != .counter && (withGrants || !$0.holdsSecrets) }
    }

    private func seal(
        _ items: [ExportItem], to file: String, _ passphrase: Secret, _ scrypt: ScryptParameters
    ) throws -> [RecordKind: Int] {
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
        return items.filter { $0.form != .piece }.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
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
        if let series = kind.series { return try items(series, reader) }
        let records = try reader.read(kind).map { ExportItem(form: .record, kind: kind, id: $0.id, body: $0.body) }
        let entries = try reader.streams(kind).flatMap { stream in
            try reader.readLog(kind, stream: stream).map {
                ExportItem(form: .entry, kind: kind, id: stream, body: $0.body)
            }
        }
        return records + entries
    }

    private static func items(_ kind: SeriesKind, _ reader: StoreReader) throws -> [ExportItem] {
        guard let state = try reader.seriesState(kind) else { return [] }
        return try state.numbers.flatMap { number in
            guard let item = try reader.item(number, kind, in: state) else { return [ExportItem]() }
            return ExportItem.items(
                kind, number, item.isFinished ? .finished : .unfinished,
                header: item.header.withUnsafeBytes { Array($0) },
                pieces: try reader.pieces(of: number, kind, in: state))
        }
    }
}
