import CLinux
import Synchronization
import Vault
import ZoshCore
import ZoshKit

/// The sealed journal as ZoshCore wants to see it: rows as JSON, runs by the digits of their segment's id.
///
/// Who begins or claims a run holds a lock file of its name until the run ends or the process does.
actor SealedRuns: JournalStore {
    private let keeper: StoreKeeper
    private var journal: SealedJournal?
    private var held: [String: FileLock] = [:]

    nonisolated let outlastsProcess: Bool

    /// - Parameter outlastsProcess: false for a store that is removed when the process ends.
    init(keeper: StoreKeeper, outlastsProcess: Bool = true) {
        self.keeper = keeper
        self.outlastsProcess = outlastsProcess
    }

    func begin(_ header: Row) async throws -> String {
        let journal = try await opened()
        let id = try await mapped { try await journal.begin(Self.bytes(header)) }
        try await claim(id.description)
        return id.description
    }

    func setHeader(_ header: Row, of run: String) async throws {
        let (journal, id) = (try await opened(), try RecordID(grant: run))
        try await mapped { try await journal.setHeader(Self.bytes(header), of: id) }
    }

    func append(_ entries: [Row], to run: String) async throws {
        let (journal, id) = (try await opened(), try RecordID(grant: run))
        try await mapped { try await journal.append(entries.map(Self.bytes), to: id) }
    }

    func runs() async throws -> [StoredRun] {
        guard try await keeper.existing() != nil else { return [] }
        let journal = try await opened()
        return try await mapped { try await journal.headers() }.compactMap { segment, header in
            Self.row(header).map { StoredRun(id: segment.description, header: $0) }
        }
    }

    func entries(of run: String) async throws -> [Row] {
        let (journal, id) = (try await opened(), try RecordID(grant: run))
        return try await mapped { try await journal.entries(of: id) }.compactMap(Self.row)
    }

    func claim(_ run: String) async throws {
        guard held[run] == nil else { return }
        let store = keeper.store
        do {
            held[run] = try await store.lock(for: RecordID(grant: run), timeout: .zero)
        } catch VaultError.busy {
            throw ZoshError(
                .refused, "another process is running this script right now", remedy: "wait until it has ended")
        } catch let error as VaultError { throw ZoshError(error) }
    }

    func release(_ run: String) { held.removeValue(forKey: run)?.release() }

    private func opened() async throws -> SealedJournal {
        let store = try await keeper.forWriting()
        if let journal { return journal }
        let journal = SealedJournal(in: store)
        self.journal = journal
        return journal
    }

    private static func bytes(_ row: Row) -> [UInt8] { Array(JSONWriter.text(.row(row)).utf8) }
    private static func row(_ secret: Secret) -> Row? {
        try? JSONReader.value(of: secret.withUnsafeBytes { Array($0) }).row
    }
}
