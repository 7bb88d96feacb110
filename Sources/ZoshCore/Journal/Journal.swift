package import ZoshKit

/// Where a run is written down: its own part here, what it changes by the gate.
public struct Journal: Sendable {
    let runs: any SeriesStore
    let steps: any StepHistory

    package init(runs: any SeriesStore, steps: any StepHistory) {
        self.runs = runs
        self.steps = steps
    }

    /// How many finished runs are kept: nothing reads them but the sentence that the last one came to its end.
    private static let most = 1000
    /// How long, in seconds.
    private static let longest: Int64 = 90 * 86_400

    func begin(_ header: Row) async throws -> Int {
        let number = try await runs.begin(header)
        // Now and then is often enough.
        if number.isMultiple(of: 50) {
            try await prune(before: (header["started"]?.integer ?? 0) - Self.longest)
        }
        return number
    }

    /// Removes finished runs, from the oldest on. Runs of lines of which nothing is left to do end here: their jobs
    /// were given up, or they died before they had decided on a change.
    /// - Parameter limit: those that began earlier go, in seconds since 1970.
    package func prune(before limit: Int64 = .min) async throws {
        for run in try await runs.open() where run.header.string("script") == nil {
            guard await !runs.isHeld(run.number), try await steps.jobsLeft(of: run.number, closing: false).isEmpty
            else { continue }
            try await runs.finish(run.number, run.header)
        }
        _ = try await runs.prune(keeping: Self.most) { ($0["started"]?.integer ?? .max) < limit }
    }

    /// A run that is taken up again, with everything an earlier attempt has left.
    /// - Throws: `ZoshError.refused` while another process is at it.
    func resume(_ item: StoredItem, isDry: Bool) async throws -> RunJournal {
        try await runs.claim(item.number)
        do {
            let since = item.header["started"]?.integer ?? 0
            let earlier = EarlierRun(
                try await runs.entries(of: item.number), try await steps.steps(of: item.number, since: since))
            // A dry run only reads; no other process has to wait for it.
            if isDry { await runs.release(item.number) }
            return RunJournal(item.number, header: item.header, after: earlier, in: self, isDry: isDry)
        } catch {
            await runs.release(item.number)
            throw error
        }
    }
}
