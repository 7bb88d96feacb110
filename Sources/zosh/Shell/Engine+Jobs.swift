import Vault
import ZoshCore
import ZoshGate
import ZoshKit

/// What earlier lines have left to do, named at the next start.
extension Engine {
    /// A sentence about each kind; nil when there are none, the store is closed, or it has been said.
    func unfinishedJobs() async -> String? {
        guard await storeSession.store.isUnlocked, jobsAreNamed.first() else { return nil }
        // Best effort: a store that cannot be read says so as soon as a command needs it.
        let isDue = ((try? await jobs.dueCount()) ?? 0) > 0
        let overdue = isDue ? (try? await jobs.due()).flatMap { OverdueJobs($0, at: jobs.now()).sentence } : nil
        let older = OlderRuns(runs: (try? await runs.olderRuns()) ?? []).sentence
        let unfinished = (try? await jobs.left()).flatMap(Self.sentence)
        let all = [overdue, unfinished, older].compactMap(\.self)
        return all.isEmpty ? nil : all.joined(separator: "\n")
    }

    private static func sentence(on left: [JobSummary]) -> String? {
        guard let latest = left.last else { return nil }
        let line = latest.line.brief(60)
        return left.count == 1
            ? "job \(latest.number) is not finished (\(line)); continue with: jobs resume \(latest.number)"
            : "\(left.count) jobs are not finished, the latest is \(latest.number) (\(line)); "
                + "list them with: jobs list --unfinished"
    }
}
