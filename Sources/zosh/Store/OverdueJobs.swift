import ZoshKit

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
        let others =
            jobs.count == 1
            ? "run it" : "\(jobs.count - 1) more \(jobs.count == 2 ? "is" : "are") due; run them"
        return "job \(first.number) \(since) (\(first.line.brief(60))); \(others) with: jobs due"
    }
}
