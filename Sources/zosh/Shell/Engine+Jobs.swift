import Vault
import ZoshGate
import ZoshKit

/// What earlier lines have left to do, named at the next start.
extension Engine {
    /// One sentence about them; nil when there are none, the store is closed, or it has been said.
    func unfinishedJobs() async -> String? {
        guard await storeSession.store.isUnlocked, jobsAreNamed.first() else { return nil }
        // Best effort: a store that cannot be read says so as soon as a command needs it.
        guard let left = try? await jobs.left(), let latest = left.last else { return nil }
        let line = latest.line.brief(60)
        return left.count == 1
            ? "job \(latest.number) is not finished (\(line)); continue with: jobs resume \(latest.number)"
            : "\(left.count) jobs are not finished, the latest is \(latest.number) (\(line)); "
                + "list them with: jobs list --unfinished"
    }
}
