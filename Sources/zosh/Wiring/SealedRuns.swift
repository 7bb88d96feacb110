import CLinux
import Synchronization
import Vault
import ZoshCore
import ZoshKit

/// Runs of scripts in the store's series of them, as ZoshCore wants to see them: rows as JSON, runs by their numbers.
///
/// Who begins or claims a run holds a lock file of its name until the run ends or the process does.
actor SealedRuns: JournalStore {
    private let keeper: StoreKeeper
    private var series: SealedSeries?
    private var held: [String: FileLock] = [:]

    nonisolated let outlastsProcess: Bool

    /// - Parameter outlastsProcess: false for a store that is removed when the process ends.
    init(keeper: StoreKeeper, outlastsProcess: Bool = true) {
        self.keeper = keeper
        self.outlastsProcess = outlastsProcess
    }

    func begin(_ header: Row) async throws -> String {
        let series = try await opened()
        let run = String(try await mapped { try await series.begin(.run, Self.bytes(header)) })
        try await claim(run)
        return run
    }

    func setHeader(_ header: Row, of run: String) async throws {
        let (series, number) = (try await opened(), try Self.number(run))
        // One that failed may be taken up again.
        let isOver = header["ended"]?.integer == 0 || header["withdrawn"] == true
        try await mapped {
            if isOver {
                try await series.finish(number, .run, header: Self.bytes(header))
            } else {
                try await series.setHeader(Self.bytes(header), of: number, .run)
            }
        }
    }

    func append(_ entries: [Row], to run: String) async throws {
        let (series, number) = (try await opened(), try Self.number(run))
        try await mapped { try await series.append(entries.map(Self.bytes), to: number, .run) }
    }

    func runs() async throws -> [StoredRun] {
        guard try await keeper.existing() != nil else { return [] }
        let series = try await opened()
        return try await mapped { try await series.headers(.run, last: .max) }.compactMap { item in
            Self.row(item.header).map { StoredRun(id: String(item.number), header: $0) }
        }
    }

    func entries(of run: String) async throws -> [Row] {
        let (series, number) = (try await opened(), try Self.number(run))
        let item = try await mapped { try await series.header(of: number, .run) }
        // Its entries ended with the format they were in, and from none of them a script would begin again.
        if let item, item.isFinished, Self.row(item.header)?["ended"]?.integer != 0 {
            release(run)
            throw ZoshError(
                .refused, "an older zosh began this run and left no record that this one can continue",
                remedy: "check what it has changed, then run the rest of the script without --resume")
        }
        return try await mapped { try await series.entries(of: number, .run) }.compactMap(Self.row)
    }

    func claim(_ run: String) async throws {
        guard held[run] == nil else { return }
        let store = keeper.store
        do {
            held[run] = try await store.lock(for: .run, Self.number(run), timeout: .zero)
        } catch VaultError.busy {
            throw ZoshError(
                .refused, "another process is running this script right now", remedy: "wait until it has ended")
        } catch let error as VaultError { throw ZoshError(error) }
    }

    func release(_ run: String) { held.removeValue(forKey: run)?.release() }

    private func opened() async throws -> SealedSeries {
        let store = try await keeper.forWriting()
        if let series { return series }
        let series = SealedSeries(in: store)
        self.series = series
        return series
    }

    private static func number(_ run: String) throws -> Int {
        guard let number = Int(run) else { throw ZoshError(.notFound, "'\(run)' is not the number of a run") }
        return number
    }

    private static func bytes(_ row: Row) -> [UInt8] { Array(JSONWriter.text(.row(row)).utf8) }
    private static func row(_ secret: Secret) -> Row? {
        try? JSONReader.value(of: secret.withUnsafeBytes { Array($0) }).row
    }
}
