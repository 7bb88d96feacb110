import LineEditor
import ZoshCore

/// The editor's history as `history` shows it.
struct RecentLines: HistoryListing {
    let history: History

    func recent(_ count: Int) async throws -> [String] { history.entries.suffix(count).map(\.line) }
}
