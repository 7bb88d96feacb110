import Vault
import ZoshGate
import ZoshKit

/// What earlier lines have left to do, named at the next start.
extension Engine {
    /// One sentence about them; nil when there are none, the store is closed, or it has been said.
    func unfinishedJobs() async -> String? {
        guard await storeSession.store.isUnlocked, jobsAreNamed.first() else { return nil }
        // Best effort: a store that cannot be read says so as soon as a command needs it.
        let isDue = ((try? await jobs.dueCount()) ?? 0) > 0
        let overdue = isDue ? (try? await jobs.due()).flatMap { OverdueJobs($0, at: jobs.now()).sentence } : nil
        guard let left = try? await jobs.left(), let latest = left.last else { return overdue }
        let line = latest.line.brief(60)
        let unfinished =
            left.count == 1
            ? "job \(latest.number) is not finished (\(line)); continue with: jobs resume \(latest.number)"
            : "\(left.count) jobs are not finished, the latest is \(latest.number) (\(line)); "
                + "list them with: jobs list --unfinished"
        return [overdue, unfinished].compactMap(\.self).joined(separator: "\n")
    }
}
