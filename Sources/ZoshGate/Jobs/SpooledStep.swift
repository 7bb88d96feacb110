internal import ZoshKit

/// What one step decides, on its way into the job of its line: written down a page at a time while it is read, so that
/// the question is about what is on the disk.
///
/// A step that fits on one page is written down with its first intent, one that changes nothing never.
struct SpooledStep {
    let job: Job
    private let step: Origin.Step?
    /// The number of the step's first row; nil while none is written down.
    private var batch: Int?
    /// How many are written down.
    private var count = 0
    /// What leaves everything as it is changes nothing.
    private var changesSomething = false

    init(_ job: Job, at step: Origin.Step?) {
        self.job = job
        self.step = step
    }

    /// Some more changes are decided on.
    mutating func add(_ range: Range<Int>, of planned: [PlannedChange]) async throws {
        changesSomething = changesSomething || planned[range].contains { $0.settled?.outcome != .unchanged }
        guard changesSomething, planned.count > PlannedChange.perPage else { return }
        while range.upperBound - count >= PlannedChange.perPage { try await spool(planned) }
    }

    /// All are decided on, and let through.
    /// - Returns: nil when none of them changes anything, and no earlier attempt has left something open.
    mutating func begin(_ planned: [PlannedChange]) async throws -> RowsOfJob? {
        // Whether a new user is there already is known only once all are read.
        let changesNothing = planned.allSatisfy { $0.settled?.outcome == .unchanged }
        if changesNothing, try await !job.isContinued() {
            await discard()
            return nil
        }
        guard planned.count > PlannedChange.perPage else {
            return RowsOfJob(job: job, first: try await job.begin(planned, at: step))
        }
        while count < planned.count { try await spool(planned) }
        guard let batch else { return nil }
        try await job.begin(planned, spooled: batch)
        return RowsOfJob(job: job, first: batch)
    }

    /// They are not let through.
    func discard() async { await job.discard() }

    private mutating func spool(_ planned: [PlannedChange]) async throws {
        let page = planned[count..<min(count + PlannedChange.perPage, planned.count)]
        batch = try await job.spool(page, of: batch, at: step)
        count = page.endIndex
    }
}
