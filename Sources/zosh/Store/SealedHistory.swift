import LineEditor
import Vault
import ZoshKit
import ZoshTrust

/// The sealed store as LineEditor wants to see it: lines, oldest first, sealed one by one.
struct SealedHistory: HistoryStore {
    /// Lines kept; older ones are forgotten.
    static let limit = 10_000

    let storeSession: StoreSession

    private static let closed = ZoshError(.auth, "the store is not open", remedy: "vault unlock")

    func load() async throws -> [HistoryEntry] {
        guard let store = await storeSession.openedSilently() else { throw Self.closed }
        return try await mapped { try await store.read { try $0.readLog(.history) } }.compactMap { entry in
            guard let row = try? JSONReader.value(of: entry.body.withUnsafeBytes { Array($0) }).row,
                let line = row.string("line")
            else { return nil }
            return HistoryEntry(line, context: row.string("context"))
        }
    }

    func append(_ entries: [HistoryEntry]) async throws {
        // Refusing keeps the lines in memory until the store is open.
        guard let store = await storeSession.openedSilently() else { throw Self.closed }
        let bodies = entries.map { entry in
            Secret(
                copying: JSONWriter.text(.row(["line": .string(entry.line), "context": Value(entry.context)])),
                locked: false)
        }
        try await mapped {
            try await store.write { transaction in
                for body in bodies { try transaction.append(.history, body) }
                try transaction.trimLog(.history, keepingLast: Self.limit)
            }
        }
    }
}
