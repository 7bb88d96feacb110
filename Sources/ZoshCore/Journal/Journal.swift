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

    func begin(_ header: Row) async throws -> Int {
        let number = try await runs.begin(header)
        // Now and then is often enough.
        if number.isMultiple(of: 50) { _ = try await runs.prune(keeping: Self.most) { _ in false } }
        return number
    }

    /// A run that is taken up again, with everything an earlier attempt has left.
    /// - Throws: `ZoshError.refused` while another process is at it.
    func resume(_ item: StoredItem, isDry: Bool) async throws -> RunJournal {
        try await runs.claim(item.number)
        do {
            let since = item.header["started"]?.integer ?? 0
            let earlier = EarlierRun(
                try await runs.entries(of: item.number), try await steps.steps(of: item.number, since: since))
            // A dry run only reads; nobody has to wait for it.
            if isDry { await runs.release(item.number) }
            return RunJournal(item.number, header: item.header, after: earlier, in: self, isDry: isDry)
        } catch {
            await runs.release(item.number)
            throw error
        }
    }
}
