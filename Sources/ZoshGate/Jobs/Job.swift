internal import ZoshKit

/// What one line changes at one connection, written down while it happens.
///
/// Invariant: an intent is on the disk before `intend` returns, hence before the request leaves, and everything said
/// before it as well. An outcome may wait for the next intent: one that is lost is found again by reading.
actor Job: LineJob {
    private let history: JobHistory
    nonisolated private let origin: Origin
    private let connection: ConnectionSummary
    /// When it is to run; nil for a job that runs now.
    nonisolated let timing: Timing?
    private let audit: AuditedJob?
    private(set) var number: Int?
    private var header = Row()
    private(set) var record = JobRecord()
    private var waiting: [Row] = []
    /// What is said of it at the end of its line.
    private var notes: [String] = []
    /// Whether something is left to do although every change has had its turn.
    private var staysOpen = false
    /// The jobs that it takes back.
    private var undone: [Int] = []
    /// Whom it has let through, as the brakes count them: what is known to change nothing is not among them.
    private(set) var letThrough = ChangedUsers()
    /// The same with everything else that changes, of a job that waits.
    private(set) var targets: Set<EffectTarget> = []

    /// - Parameter audit: notified of changes that are scheduled, and of scheduled ones that are dropped.
    init(
        _ origin: Origin, on connection: ConnectionSummary, in history: JobHistory, at timing: Timing? = nil,
        audit: AuditedJob? = nil
    ) {
        self.audit = audit
        self.origin = origin
        self.connection = connection
        self.history = history
        self.timing = timing
    }

    /// - Throws: `ZoshError.refused` for a plan that is not the one the job was begun for: that a plan is applied once
    ///   is known from the header of its job.
    nonisolated func check(applying plan: PlanMark?, at span: Span) throws {
        guard let plan, plan.digest != origin.plan?.digest else { return }
        throw ZoshError(
            .refused, "a plan is applied on a separate line", at: span, remedy: "apply it on the next line")
    }

    /// Writes down a page of what a step decides, before anything of it is let through.
    /// - Parameter batch: the number of the step's first row; nil for its first page.
    /// - Returns: that number.
    func spool(_ page: ArraySlice<PlannedChange>, of batch: Int?, at step: Origin.Step?) async throws -> Int {
        if number == nil { try await take(isUndecided: true) }
        let first = record.next
        note(.page(first: first, batch: batch ?? first, step, Array(page)))
        noteFates(of: page, from: first)
        try await flush()
        return batch ?? first
    }

    /// What was spooled is let through; none of it is done yet.
    func begin(_ planned: [PlannedChange], spooled batch: Int) async throws {
        note(.begun(batch: batch))
        countLetThrough(planned)
        for (offset, one) in planned.enumerated() where record.isOpen(batch + offset) {
            if let report = one.settled { conclude(batch + offset, report) }
        }
        try await decide(planned)
    }

    /// Takes down what a step has decided and is let through; none of it is done yet.
    /// - Returns: the number of its first row.
    func begin(_ planned: [PlannedChange], at step: Origin.Step?) async throws -> Int {
        if number == nil { try await take(isUndecided: timing != nil) }
        let first = record.next
        note(.batch(first: first, step, planned))
        countLetThrough(planned)
        noteFates(of: planned[...], from: first)
        try await decide(planned)
        return first
    }

    /// Whether an earlier attempt at the line has left something open.
    func isContinued() async throws -> Bool {
        if origin.due != nil { return true }
        guard number == nil else { return false }
        return try await history.unfinished(of: origin, on: connection) != nil
    }

    /// Forgets a job of which nothing was let through.
    func discard() async {
        guard let number, JobHeader.isUndecided(header) else { return }
        self.number = nil
        record = JobRecord()
        waiting = []
        await history.discard(number)
    }

    /// The requests of these rows are about to leave.
    func intend(_ rows: [Int]) async throws {
        let now = history.now()
        for row in rows { note(.intent(row: row, at: now)) }
        try await flush()
    }

    /// Zoho does one of them later, under this number.
    func accept(_ row: Int, as job: String) { note(.accepted(row: row, job: job)) }

    func conclude(_ row: Int, _ report: ChangeReport) {
        note(.outcome(row: row, report))
    }

    /// What Zoho showed of the fields afterwards.
    func show(_ row: Int, _ values: Row) { note(.shown(row: row, values)) }

    /// Everything said so far is on the disk when this returns.
    func save() async throws { try await flush() }

    nonisolated var now: Int64 { history.now() }

    // MARK: Times

    /// Takes over the job whose time has come.
    /// - Returns: nil when it is over, not due, or another process is at it.
    func takeUp() async throws -> (header: Row, record: JobRecord)? {
        guard let due = origin.due, let (header, record) = try await history.takeUp(due.job) else { return nil }
        (number, self.header, self.record) = (due.job, header, record)
        for (_, entry) in record.rows where entry.mayHaveChanged { entry.change.change.map { letThrough.add($0) } }
        await history.note(self, at: due.job)
        return (header, record)
    }

    /// Something is left to do, whatever became of its changes.
    func stayOpen() { staysOpen = true }

    /// What Zoho still shows is tried again.
    func reopenUnconfirmed() async throws {
        staysOpen = true
        guard let number, var timing = Timing(header) else { return }
        timing.noteTry(at: history.now())
        timing.note(in: &header)
        try await history.setHeader(header, of: number)
    }

    /// Says something at the end of the line, once.
    func say(_ note: String) { if !notes.contains(note) { notes.append(note) } }

    /// Says at the end of the line when it runs.
    func say(_ time: ChosenTime) {
        guard let number, let timing else { return }
        guard timing.at > now else { return say("job \(number) is due now; run it with: jobs due") }
        say(timing.sentence(number, isZoneOfMachine: time.isZoneOfMachine))
    }

    /// The job that will put back what this one changes is on the disk when this returns.
    /// - Throws: `ZoshError.refused` when its time has come already.
    func keepWayBack(after lasting: Int64, administrators: Bool) async throws {
        guard let number else { return }
        let (back, timing, isNew) = try await history.wayBack(
            of: number, after: lasting, administrators: administrators, on: connection)
        if isNew { audit?.note(wayBack: back, of: number, timing) }
        say("job \(back) puts it back at \(timing.summary.text); \(Timing.runs)")
    }

    /// Once this job has undone another one, that one's scheduled undo is no longer needed.
    func note(undoing number: Int) { undone.append(number) }

    /// Removes from scheduled undos what this job has already put back.
    private func shortenWaysBack() async {
        for number in undone {
            do {
                guard let back = try await history.shortenWayBack(of: number, by: record) else { continue }
                audit?.note(back)
                guard back.left > 0 else {
                    say("job \(back.job), which would have put it back later, is cancelled")
                    continue
                }
                let others = back.left == 1 ? "the other change" : "the other \(back.left) changes"
                say("job \(back.job) still puts back \(others) at \(back.timing.summary.text)")
            } catch {
                say("job \(number) has a scheduled undo that could not be cancelled; see: jobs list")
            }
        }
    }

    func lineEnded(leavingRows: Bool) async -> LineEnd? {
        guard let number else { return nil }
        await shortenWaysBack()
        let note = notes.isEmpty ? nil : notes.joined(separator: "; ")
        if timing != nil {
            await history.release(number)
            return LineEnd(job: number, isOpen: false, note: note)
        }
        // Of a loop that was stopped, the rows that never had their turn are not written down here.
        var isOpen = record.isOpen || leavingRows || staysOpen
        do {
            try await flush()
            if !isOpen { try await history.finish(number, header, record) }
        } catch {
            // What is not written down is found again by reading, when the job is taken up.
            isOpen = true
        }
        if isOpen { await history.release(number) }
        return LineEnd(job: number, isOpen: isOpen, note: note)
    }

    private func noteFates(of planned: ArraySlice<PlannedChange>, from first: Int) {
        for (row, one) in zip(first..., planned) {
            // What an earlier attempt may have sent stays so until it is known how it ended.
            if let since = one.pendingSince, [nil, .unverified].contains(one.settled?.outcome) {
                note(.intent(row: row, at: since))
                if let job = one.accepted { note(.accepted(row: row, job: job)) }
            }
            if let report = one.settled { conclude(row, report) }
        }
    }

    private func countLetThrough(_ planned: [PlannedChange]) {
        for one in planned where one.settled == nil {
            one.change.map { letThrough.add($0) }
            if timing != nil { targets.insert(one.effect.target) }
        }
    }

    /// From now on the job is listed. What waits is on the disk when this returns, with the line that says so in the
    /// audit log.
    private func decide(_ planned: [PlannedChange]) async throws {
        guard let number else { return }
        let isUndecided = JobHeader.isUndecided(header)
        if isUndecided { try await flush() }
        if let timing { audit?.note(kept: planned, in: number, timing) }
        guard isUndecided else {
            if timing != nil { try await flush() }
            return
        }
        var decided = header
        decided["undecided"] = nil
        try await history.setHeader(decided, of: number)
        header = decided
    }

    private func note(_ entry: JobEntry) {
        record.add(entry)
        waiting.append(entry.row)
    }

    /// Continues what an earlier attempt at the line has left open, else begins.
    private func take(isUndecided: Bool = false) async throws {
        if let (former, record) = try await history.unfinished(of: origin, on: connection, for: timing) {
            try await history.claim(former.number)
            (number, header, self.record) = (former.number, former.header, record)
            for (_, entry) in record.rows where entry.mayHaveChanged { entry.change.change.map { letThrough.add($0) } }
            await history.note(self, at: former.number)
        } else {
            header = JobHeader.row(origin, connection, at: history.now())
            timing?.note(in: &header)
            if isUndecided { header["undecided"] = true }
            let begun = try await history.begin(header)
            do { try await history.checkIsFirst(begun, toApply: origin.plan) } catch {
                await history.discard(begun)
                throw error
            }
            number = begun
            await history.note(self, at: begun)
        }
    }

    private func flush() async throws {
        guard !waiting.isEmpty, let number else { return }
        let entries = waiting
        waiting = []
        do {
            try await history.append(entries, to: number)
        } catch {
            waiting = entries + waiting
            throw error
        }
    }
}

/// The rows of a job that one step has decided on, by their place in the step.
struct RowsOfJob {
    let job: Job
    let first: Int

    /// Seconds since 1970.
    var now: Int64 { job.now }

    func intend(_ places: [Int]) async throws { try await job.intend(places.map { first + $0 }) }
    func accept(_ place: Int, as number: String) async { await job.accept(first + place, as: number) }
    func conclude(_ place: Int, _ report: ChangeReport) async { await job.conclude(first + place, report) }
    func show(_ place: Int, _ values: Row) async { await job.show(first + place, values) }
}
