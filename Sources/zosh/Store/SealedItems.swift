import CLinux
import Vault
import ZoshKit
import ZoshTrust

/// One series of the store, jobs or runs, as gate and interpreter want to see it: headers and entries as JSON.
///
/// Who begins or claims an item holds a lock file of its name until it is released or finished, or the process ends.
actor SealedItems: SeriesStore {
    private let kind: SeriesKind
    private let opener: SeriesOpener
    private var held: [Int: FileLock] = [:]

    nonisolated let outlastsProcess: Bool

    /// - Parameter outlastsProcess: false for a store that is removed when the process ends.
    init(_ kind: SeriesKind, from opener: SeriesOpener, outlastsProcess: Bool) {
        self.kind = kind
        self.opener = opener
        self.outlastsProcess = outlastsProcess
    }

    func begin(_ header: Row) async throws -> Int {
        let series = try await opener.forWriting()
        let number = try await mapped { try await series.begin(self.kind, Self.bytes(header)) }
        try await claim(number)
        return number
    }

    func setHeader(_ header: Row, of number: Int) async throws {
        let series = try await opener.forWriting()
        try await mapped { try await series.setHeader(Self.bytes(header), of: number, self.kind) }
    }

    func append(_ entries: [Row], to number: Int) async throws {
        let series = try await opener.forWriting()
        try await mapped { try await series.append(entries.map(Self.bytes), to: number, self.kind) }
    }

    func finish(_ number: Int, _ header: Row) async throws {
        let series = try await opener.forWriting()
        try await mapped { try await series.finish(number, self.kind, header: Self.bytes(header)) }
        release(number)
    }

    func discard(_ number: Int) async throws {
        let series = try await opener.forWriting()
        try await mapped { try await series.discard(number, self.kind) }
        release(number)
    }

    func open() async throws -> [StoredItem] {
        guard let series = try await opener.existing() else { return [] }
        return try await mapped { try await series.unfinished(self.kind) }.compactMap(Self.stored)
    }

    func latest(_ count: Int, before: Int?) async throws -> [StoredItem] {
        guard let series = try await opener.existing() else { return [] }
        return try await mapped { try await series.headers(self.kind, last: count, before: before) }
            .compactMap(Self.stored)
    }

    func item(_ number: Int) async throws -> StoredItem? {
        guard let series = try await opener.existing() else { return nil }
        return try await mapped { try await series.header(of: number, self.kind) }.flatMap(Self.stored)
    }

    func entries(of number: Int) async throws -> [Row] {
        guard let series = try await opener.existing() else { return [] }
        return try await mapped { try await series.entries(of: number, self.kind) }.compactMap(Self.row)
    }

    func prune(keeping most: Int, where isOld: @escaping @Sendable (Row) -> Bool) async throws -> Int {
        guard let series = try await opener.existing() else { return 0 }
        return try await mapped {
            try await series.prune(self.kind, keeping: most) { header in Self.row(header).map(isOld) ?? false }
        }
    }

    func claim(_ number: Int) async throws {
        guard held[number] == nil else { return }
        do {
            // A process that only asks whether another one works on it holds the lock for a moment.
            held[number] = try await opener.lock(for: kind, number, timeout: .milliseconds(500))
        } catch VaultError.busy {
            throw ZoshError(
                .refused,
                kind == .job
                    ? "another process is working on job \(number) right now"
                    : "another process is running this line or script right now",
                remedy: "wait until it has ended")
        } catch let error as VaultError { throw ZoshError(error) }
    }

    func takeTurn() async throws -> @Sendable () -> Void {
        // No item has the number 0.
        let lock = try await mapped { try await opener.lock(for: kind, 0, timeout: .seconds(60)) }
        return { lock.release() }
    }

    func release(_ number: Int) { held.removeValue(forKey: number)?.release() }

    func isHeld(_ number: Int) async -> Bool {
        guard held[number] == nil else { return true }
        do { try await opener.lock(for: kind, number, timeout: .zero).release() } catch { return true }
        return false
    }

    private static func bytes(_ row: Row) -> [UInt8] { Array(JSONWriter.text(.row(row)).utf8) }

    private static func row(_ secret: Secret) -> Row? {
        try? JSONReader.value(of: secret.withUnsafeBytes { Array($0) }).row
    }

    private static func stored(_ item: SealedSeries.Item) -> StoredItem? {
        row(item.header).map { StoredItem(item.number, $0, isFinished: item.isFinished) }
    }
}

/// Opens the store's series when they are needed; jobs and runs share them, so that what both say at one moment is one
/// commit.
actor SeriesOpener {
    private let storeSession: StoreSession
    private let lines: WaitingLines
    private var series: SealedSeries?

    /// - Parameter lines: those of the audit log, written together with whatever is written next.
    init(storeSession: StoreSession, lines: WaitingLines) {
        self.storeSession = storeSession
        self.lines = lines
    }

    func forWriting() async throws -> SealedSeries { opened(try await storeSession.forWriting()) }

    /// Nil while there is no store.
    func existing() async throws -> SealedSeries? { try await storeSession.existing().map(opened) }

    nonisolated func lock(for kind: SeriesKind, _ number: Int, timeout: Duration) async throws -> FileLock {
        try await storeSession.store.lock(for: kind, number, timeout: timeout)
    }

    private func opened(_ store: SealedStore) -> SealedSeries {
        if let series { return series }
        let opened = SealedSeries(in: store, lines: lines)
        series = opened
        return opened
    }
}
