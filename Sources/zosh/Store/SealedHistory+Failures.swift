import Vault
import ZoshKit
import ZoshTrust

/// Which lines of the history failed, kept beside them: a later session must not suggest them either.
extension SealedHistory {
    /// Lines whose last run failed, as far as it is known.
    func failedLines() async throws -> [String] {
        guard let store = await storeSession.openedSilently() else { return [] }
        var failed: [String] = []
        for entry in try await mapped({ try await store.read { try $0.readLog(.history) } }) {
            guard let row = try? JSONReader.value(of: entry.body.withUnsafeBytes { Array($0) }).row else { continue }
            // A line written down again was run again; had it failed again, a mark would follow.
            if let line = row.string("line") { failed.removeAll { $0 == line } }
            if let line = row.string("failed") { failed.append(line) }
        }
        return failed
    }

    func mark(failed line: String) async throws {
        guard let store = await storeSession.openedSilently() else { return }
        let body = Secret(copying: JSONWriter.text(.row(["failed": .string(line)])), locked: false)
        try await mapped {
            try await store.write { transaction in
                try transaction.append(.history, body)
                try transaction.trimLog(.history, keepingLast: Self.limit)
            }
        }
    }
}
