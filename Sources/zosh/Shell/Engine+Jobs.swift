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

/// Jobs whose time has come, in words.
struct OverdueJobs {
    private let jobs: [JobSummary]
    private let now: Int64

    /// - Parameters:
    ///   - jobs: the earliest first.
    ///   - now: seconds since 1970.
    init(_ jobs: [JobSummary], at now: Int64) {
        self.jobs = jobs
        self.now = now
    }

    /// `job 12 has been due for 2h (undo 11); run it with: jobs due`; nil where none is due.
    var sentence: String? {
        guard let first = jobs.first, let timing = first.timing else { return nil }
        let late = now - timing.at
        let since = late < 60 ? "is due now" : "has been due for \(TimeLength.text(late))"
        let others = jobs.count == 1 ? "run it" : "\(jobs.count - 1) more are due; run them"
        return "job \(first.number) \(since) (\(first.line.brief(60))); \(others) with: jobs due"
    }
}
