import LineEditor
import ZohoClient
import ZoshCore
import ZoshKit

/// What the shell does behind the prompt, so that Tab and Up have something to answer from.
extension Engine {
    /// How old the kept people may be before the shell asks for what changed.
    private static let staleAfter: Int64 = 900

    /// Loads the sealed history once the store is open.
    func attachHistory() async throws {
        guard historyIsAttached.first() else { return }
        try await history.attach(SealedHistory(keeper: keeper))
    }

    /// Brings the people of a connection into memory; fetches them when they are stale, without anybody waiting.
    func warmDirectory(of grant: Grant) async {
        let refresher = await directories.refresher(of: grant)
        await refresher.restore()
        latestDirectory.set(refresher)
        let age = refresher.current.snapshot.fetchedAt.map { Moment.now - $0 } ?? .max
        guard age > Self.staleAfter, warming.begin() else { return }
        let zoho = HTTPZohoService(tokens: await book.tokens(for: grant), transport: transport)
        let warming = warming
        Task.detached {
            // Best effort: whoever needs a person says what is wrong.
            _ = try? await refresher.refresh(through: zoho)
            warming.end()
        }
    }
}
