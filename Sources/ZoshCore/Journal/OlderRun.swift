internal import ZoshKit

/// A run of a script that an older zosh began and did not finish.
///
/// Earlier versions wrote down what they changed in another way, so no later one can continue it. It is named until its
/// script runs again or `jobs prune` forgets it.
package struct OlderRun: Sendable {
    /// The script's whole path.
    package let script: String
    /// The name its connection had; nil for a script that needs none.
    package let connection: String?
    /// Seconds since 1970.
    package let started: Int64

    init?(_ item: StoredItem) {
        guard item.isOfOlderVersion, let script = item.header.string("script") else { return nil }
        self.script = script
        connection = item.header.string("connection")
        started = item.header["started"]?.integer ?? 0
    }
}

extension StoredItem {
    /// Whether an older zosh began the run, and left nothing that can be continued.
    var isOfOlderVersion: Bool { header["format"] == nil && header.string("script") != nil }
}

extension Journal {
    /// The oldest first.
    package func olderRuns() async throws -> [OlderRun] { try await runs.open().compactMap(OlderRun.init) }

    /// They are not named any more.
    /// - Returns: how many.
    package func forgetOlderRuns() async throws -> Int {
        let older = try await runs.open().filter(\.isOfOlderVersion)
        for run in older { try await runs.finish(run.number, run.header) }
        return older.count
    }
}
