internal import FoundationEssentials
internal import Glibc
public import ZoshTrust

/// What an export held, verified whole before any of it is used.
public struct ExportContents: Sendable {
    let items: [ExportItem]
}

extension SealedStore {
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

    /// What an export holds, verified to its end. There need not be a store yet.
    public func openExport(at file: String, passphrase: Secret) throws -> ExportContents {
        let open = { try ExportContents(items: Self.items(in: file, passphrase: passphrase)) }
        // Turns are taken by locks in the store's directory, and without that no other process derives.
        return try directory.check() ? takingTurns(for: .passphrase, open) : open()
    }

    /// Adds what an export has and the store lacks, in one transaction. What the store has stays as it is, since it is
    /// probably newer.
    ///
    /// - Parameter admit: asked for each record whose id is new here, since the
    ///   same thing may be here under another id.
    @discardableResult
    public func importAll(
        _ contents: ExportContents, admit: Admission = { _, body, _ in body }
    ) throws -> ImportOutcome {
        _ = try unlocked()
        return try write { transaction in
            var imported: [RecordKind: Int] = [:]
            var skipped: [RecordKind: Int] = [:]
            let present = try Dictionary(
                uniqueKeysWithValues: RecordKind.allCases.map { ($0, Set(try transaction.streams($0))) })
            var formerRuns: [ExportItem] = []
            for item in contents.items {
                switch item.form {
                case .finished, .unfinished, .piece: continue
                // A run of format 1: its header remains, as when an older store is opened.
                case .record where item.kind.series != nil:
                    formerRuns.append(item)
                    continue
                case .entry where item.kind == .jobRow: continue
                case .record:
                    let known = try transaction.read(item.kind)
                    guard !known.contains(where: { $0.id == item.id }),
                        let body = try admit(item.kind, item.body, known)
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
            for (kind, count) in try Self.importSeries(contents, formerRuns, transaction) {
                if count.isImported { imported[kind] = count.items } else { skipped[kind] = count.items }
            }
            return ImportOutcome(imported: imported, skipped: skipped)
        }
    }

    /// A series comes whole with its numbers, or, where the store has begun one of its own, not at all.
    private static func importSeries(
        _ contents: ExportContents, _ formerRuns: [ExportItem], _ transaction: StoreTransaction
    ) throws -> [RecordKind: (items: Int, isImported: Bool)] {
        var writer = SeriesWriter(transaction)
        var counts: [RecordKind: (items: Int, isImported: Bool)] = [:]
        let exported = try ExportedItem.all(in: contents.items)
        for kind in SeriesKind.allCases {
            let former = kind == .run ? formerRuns : []
            let items = exported[kind] ?? []
            guard !former.isEmpty || !items.isEmpty else { continue }
            let isImported = try writer.state(kind) == nil
            counts[kind.record] = (former.count + items.count, isImported)
            guard isImported else { continue }
            for item in items { try item.write(with: &writer) }
            try FormerRuns(former.map(\.body)).write(with: &writer)
        }
        try writer.save()
        return counts
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
        guard let items = ExportItem.all(in: plain) else { throw .export("is incomplete or damaged") }
        return items
    }
}
