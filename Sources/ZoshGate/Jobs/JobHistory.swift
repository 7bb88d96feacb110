public import ZoshKit

/// The jobs that are written down: those of this process while they run, and all that came before.
public actor JobHistory {
    let store: any SeriesStore
    /// The table that says what the nouns of recorded changes mean.
    let nouns: [Resource]
    package nonisolated let now: @Sendable () -> Int64
    /// Those that this process has worked on.
    private var own: Set<Int> = []
    /// What earlier attempts at the steps of a run have left, by run, read once.
    private var runs: [Int: [Origin.Step: JobRecord.Batch]] = [:]
    /// The jobs that earlier attempts at a run have begun.
    private(set) var former: [Int: [StoredItem]] = [:]
    /// Whom the jobs of earlier attempts had let through when they were taken up.
    var formerTargets: [Int: Set<EffectTarget>] = [:]
    /// Those that a line of this process is at.
    var running: [Int: Job] = [:]
    /// Finished ones of the last hour, as the brakes count them.
    var finishedJobs: [Int: FinishedJob] = [:]
    /// Those that were not finished when they were looked at for that, and the latest that was.
    var unfinishedJobs: Set<Int> = []
    var lastJobRead = 0
    /// What was decided on of a timed job before it was taken up here, by job.
    var taken: [Int: [Origin.Step: JobRecord.Batch]] = [:]
    /// Steps of earlier attempts that wait in a timed job, with its number.
    private var waitingSteps: [Origin.Step: Int] = [:]
    /// Whom timed jobs will change that wait for their time, read once.
    var waitingChanges: [Int: ChangedUsers] = [:]
    /// What timed jobs that have not begun will do, read once.
    var changesToCome: [Int: [Change]] = [:]
    /// Earlier outcomes not yet matched to a change of this attempt, by step.
    private var unmatched: [Origin.Step: [ChangeKey: ArraySlice<JobRecord.Entry>]] = [:]

    /// - Parameter now: seconds since 1970.
    package init(
        in store: any SeriesStore, nouns: [Resource] = Resource.all, now: @escaping @Sendable () -> Int64
    ) {
        self.store = store
        self.nouns = nouns
        self.now = now
    }

    // MARK: Writing

    func begin(_ header: Row) async throws -> Int {
        // Removes jobs of processes that died before their question was answered.
        for item in try await store.open() where JobHeader.isUndecided(item.header) {
            if await !store.isHeld(item.number), (try? await store.claim(item.number)) != nil {
                await discard(item.number)
            }
        }
        let number = try await store.begin(header)
        own.insert(number)
        return number
    }

    /// Removes a job of which nothing was let through.
    func discard(_ job: Int) async {
        own.remove(job)
        running[job] = nil
        do { try await store.discard(job) } catch { await store.release(job) }
    }

    func setHeader(_ header: Row, of job: Int) async throws { try await store.setHeader(header, of: job) }
    func append(_ entries: [Row], to job: Int) async throws { try await store.append(entries, to: job) }
    func claim(_ job: Int) async throws {
        try await store.claim(job)
        own.insert(job)
    }

    func release(_ job: Int) async {
        running[job] = nil
        await store.release(job)
    }

    /// A line of this process is at a job, until it is finished, released or discarded.
    func note(_ job: Job, at number: Int) { running[number] = job }

    func finish(_ job: Int, _ header: Row, _ record: JobRecord) async throws {
        running[job] = nil
        try await store.finish(job, JobHeader.ended(header, record, isCancelled: false, at: now()))
        // Now and then is often enough for what is kept for months.
        if job.isMultiple(of: 50) { _ = try await prune() }
    }

    /// Gives up what is open of a job.
    /// - Throws: `ZoshError.refused` while a process is at it, or when it is over.
    public func cancel(_ number: Int) async throws {
        _ = try await item(number)
        try await store.claim(number)
        do {
            // Read only now: another process may just have finished it.
            let item = try await item(number)
            guard !item.isFinished else {
                throw ZoshError(
                    .refused, "job \(number) is over; nothing of it is left to do", remedy: "jobs show \(number)")
            }
            let record = try await record(of: number)
            try await store.finish(number, JobHeader.ended(item.header, record, isCancelled: true, at: now()))
        } catch {
            await store.release(number)
            throw error
        }
    }

    /// How long and how many finished jobs are kept.
    static let longest: Int64 = 90 * 86_400
    static let most = 10_000

    /// Removes finished jobs, from the oldest on.
    /// - Parameter seconds: those that ended longer ago go; nil stands for 90 days.
    public func prune(olderThan seconds: Int64? = nil) async throws -> Int {
        guard try await wayBacksAreWhole() else { return 0 }
        let now = now()
        let limit = now - (seconds ?? Self.longest)
        return try await store.prune(keeping: Self.most) {
            JobHeader.isUndecided($0) || ($0["ended"]?.integer ?? .max) < limit && !JobHeader.guardsPlan($0, at: now)
        }
    }

    // MARK: Reading

    private func open() async throws -> [StoredItem] {
        try await store.open().filter { !JobHeader.isUndecided($0.header) }
    }

    func record(of job: Int) async throws -> JobRecord { JobRecord(try await store.entries(of: job), among: nouns) }

    private func item(_ number: Int) async throws -> StoredItem {
        guard let item = try await store.item(number), !JobHeader.isUndecided(item.header) else {
            throw ZoshError(.notFound, "there is no job \(number)", remedy: "jobs list")
        }
        return item
    }

    /// Whether a process is at a job, which is read afterwards.
    private func isRunning(_ number: Int) async throws -> Bool {
        guard try await !item(number).isFinished else { return false }
        return await store.isHeld(number)
    }

    private func summary(_ item: StoredItem) async throws -> JobSummary {
        guard !item.isFinished else { return JobHeader.summary(item, counts: nil, isRunning: false, at: now()) }
        let isRunning = await store.isHeld(item.number)
        let record = try await record(of: item.number)
        var counts = record.counts(isRunning: isRunning)
        if record.batches.isEmpty, Timing(item.header)?.isWayBack == true {
            let count = try await rowsToShow(of: item).count
            if count > 0 { counts[ChangeReport.Outcome.notStarted.rawValue] = count }
        }
        var summary = JobHeader.summary(item, counts: counts, isRunning: isRunning, at: now())
        if summary.state == .unfinished, !record.isOpen, try await isContinuedElsewhere(after: item) {
            summary.state = record.hasFailed ? .failed : .done
        }
        return summary
    }

    /// Whether the line of a finished job has something left in another organisation: that job continues the line.
    private func isContinuedElsewhere(after item: StoredItem) async throws -> Bool {
        guard let run = item.header["run"]?.integer else { return false }
        for other in try await open() where other.number != item.number && other.header["run"]?.integer == run {
            if other.header["unit"] == item.header["unit"], try await record(of: other.number).isOpen { return true }
        }
        return false
    }

    // MARK: What an earlier attempt has done

    /// The unfinished job of the same line of a run. It is searched by the login, and several connections can have the
    /// same one: the job with this connection's name comes first. A renamed connection finds its job among the rest.
    /// - Parameter timing: when the job is to run; nil for one that runs now.
    func unfinished(of origin: Origin, on connection: ConnectionSummary, for timing: Timing? = nil) async throws
        -> (StoredItem, JobRecord)?
    {
        guard let run = origin.step?.run, runs[run] != nil else { return nil }
        let all = try await store.open().filter {
            JobHeader.belongs($0.header, toLineOf: origin, on: connection, for: timing)
        }
        let own = all.first { $0.header.string("connection") == connection.name }
        guard let item = own ?? all.first(where: { running[$0.number] == nil }) else { return nil }
        return (item, try await record(of: item.number))
    }

    /// Nothing more of a line is done whose job was given up, what it had not decided on included.
    private func checkNotCancelled(_ origin: Origin, _ connection: ConnectionSummary?) async throws {
        guard let run = origin.step?.run, let connection else { return }
        // What became of a timed one is not the run's business.
        for item in former[run] ?? [] where JobHeader.belongs(item.header, toLineOf: origin, on: connection) {
            // Read again: another process may have given it up since this one began.
            guard let header = try await store.item(item.number)?.header, JobHeader.isCancelled(header) else {
                continue
            }
            throw ZoshError(
                .refused, "this line was cancelled with job \(item.number)", consequence: nil, fact: .lineCancelled)
        }
    }

    /// Settles what an earlier attempt at the same step has done.
    /// - Throws: `ZoshError.refused` when the job of the line was given up.
    func settle(_ planned: [PlannedChange], from origin: Origin, on connection: ConnectionSummary?) async throws
        -> [PlannedChange]
    {
        try await checkNotCancelled(origin, connection)
        guard let step = origin.step,
            let batch = origin.due.map({ taken[$0.job]?[step] }) ?? runs[step.run]?[step]
        else { return planned }
        var left =
            unmatched[step] ?? Dictionary(grouping: batch.entries) { ChangeKey($0.change.effect) }.mapValues { $0[...] }
        defer { unmatched[step] = left }
        return planned.map { one in
            guard one.settled == nil, let former = left[ChangeKey(one.effect)]?.popFirst() else { return one }
            guard let job = waitingSteps[step], origin.due == nil else { return former.again }
            var waiting = one
            waiting.settled = ChangeReport(.planned, message: "kept before, in job \(job)")
            return waiting
        }
    }
}

extension JobRecord.Entry {
    /// `city: Bern → Rome; zip: –`, one for each field it sets; nil for what sets none.
    fileprivate var receipt: String? {
        let (before, after) = (change.current, shown)
        let parts = change.effect.shown.fields.map { name, value in
            let now = ChangeWords.shown(after?[name] ?? value)
            return before?[name].map { "\(name): \(ChangeWords.shown($0)) → \(now)" } ?? "\(name): \(now)"
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}

/// A change as two attempts at the same step can be compared by: whom, what, and with which values.
private struct ChangeKey: Hashable {
    let target: EffectTarget
    let action: String
    let shown: Row

    init(_ effect: any Effect) {
        target = effect.target
        action = effect.action
        shown = effect.shown
    }
}

extension JobHistory: StepHistory {
    /// Clocks are set; seconds.
    static let clockChange: Int64 = 86_400

    package func steps(of run: Int, since: Int64) async throws -> [RecordedStep] {
        var batches: [Origin.Step: JobRecord.Batch] = [:]
        var order: [Origin.Step] = []
        var before: Int?
        var records: [(record: JobRecord, waits: Int?)] = []
        former[run] = []
        while true {
            let page = try await store.latest(50, before: before)
            for item in page where item.header["run"]?.integer == Int64(run) {
                let waits = Timing(item.header) == nil ? nil : item.number
                former[run]?.append(item)
                let record = try await record(of: item.number)
                if !item.isFinished { try record.checkIsKnown(item.number) }
                records.append((record, waits))
            }
            // None of its jobs is older than the run, whatever a clock was set to.
            guard let last = page.last, (last.header["started"]?.integer ?? 0) > since - Self.clockChange else { break }
            before = last.number
        }
        for (record, waits) in records.reversed() {
            for batch in record.batches {
                guard let step = batch.step else { continue }
                if batches.updateValue(batch, forKey: step) == nil { order.append(step) }
                waitingSteps[step] = waits
            }
        }
        for item in former[run] ?? [] { formerTargets[item.number] = nil }
        runs[run] = batches
        unmatched = unmatched.filter { $0.key.run != run }
        return order.compactMap { step in
            batches[step].map { batch in
                RecordedStep(
                    step, changes: batch.entries.compactMap(\.change.change),
                    isDone: waitingSteps[step] != nil || batch.entries.allSatisfy(\.fate.isDone),
                    isAccepted: waitingSteps[step] == nil && batch.entries.contains { $0.fate.isAccepted },
                    reports: batch.entries.map { entry in
                        if waitingSteps[step] != nil { return ChangeReport(.planned).row(for: entry.change) }
                        let planned = entry.again
                        return (planned.settled ?? entry.report ?? ChangeReport(.unverified)).row(for: planned)
                    })
            }
        }
    }
}

extension JobHistory {
    package func hasCancelledLines(_ run: Int) async -> Bool {
        former[run]?.contains { JobHeader.isCancelled($0.header) && Timing($0.header) == nil } == true
    }

    package func jobsLeft(of run: Int, closing: Bool) async throws -> [Int] {
        var left: [Int] = []
        for item in try await open() where item.header["run"]?.integer == Int64(run) && Timing(item.header) == nil {
            if closing, try await close(item) { continue }
            left.append(item.number)
        }
        return left
    }

    /// Finishes a job that died after its last change.
    /// - Returns: false when something of it is left to do.
    private func close(_ item: StoredItem) async throws -> Bool {
        try await claim(item.number)
        do {
            let record = try await record(of: item.number)
            guard record.isOpen else {
                try await finish(item.number, item.header, record)
                return true
            }
            await release(item.number)
            return false
        } catch {
            await release(item.number)
            throw error
        }
    }
}

extension JobHistory: JobService {
    public func latest(_ count: Int) async throws -> [JobSummary] {
        var summaries: [JobSummary] = []
        for item in try await store.latest(count, before: nil) where !JobHeader.isUndecided(item.header) {
            summaries.append(try await summary(item))
        }
        return summaries
    }

    public func unfinished() async throws -> [JobSummary] {
        var summaries: [JobSummary] = []
        for item in try await open() { summaries.append(try await summary(item)) }
        return summaries.filter { ![.done, .failed].contains($0.state) }
    }

    /// What other processes have left to do, the oldest first.
    public func left() async throws -> [JobSummary] {
        let all = try await unfinished()
        // A job whose scheduled undo is due is not continued.
        let ending = Set(all.filter { $0.state == .due && $0.timing?.isWayBack == true }.compactMap(\.undoes))
        return all.filter {
            $0.state == .unfinished && !own.contains($0.number) && !ending.contains($0.number)
        }
    }

    public func job(_ number: Int) async throws -> JobSummary { try await summary(try await item(number)) }

    public func rows(of number: Int) async throws -> [Row] {
        let isRunning = try await isRunning(number)
        return try await rowsToShow(of: try await item(number)).map { number, entry in
            let report = entry.report ?? ChangeReport(.notStarted)
            var row = Row(
                [("number", .integer(Int64(number)))] + report.row(for: entry.change).fields.map { ($0.name, $0.value) }
            )
            if isRunning, entry.isSent {
                row["outcome"] = .string(JobRecord.Entry.underWay)
                row["message"] = .null
            }
            row["change"] = Value(entry.receipt)
            if let before = entry.change.current { row["before"] = .row(before) }
            row["after"] = .row(entry.shown ?? entry.change.effect.shown)
            return row
        }
    }

    public func failed(of number: Int) async throws -> [Row] {
        let isRunning = try await isRunning(number)
        return try await record(of: number).rows.compactMap { _, entry in
            // Their turn may still come.
            if isRunning, entry.isSent || entry.report == nil { return nil }
            guard entry.report?.outcome.isFailure != false else { return nil }
            // Zoho is at it: trying it again would do it twice.
            if case .accepted = entry.fate { return nil }
            guard let change = entry.change.change else {
                return ["subject": .string(entry.change.label), "reason": .string(UnknownChange.reason)]
            }
            let report = entry.report ?? ChangeReport(.notStarted)
            let handle = entry.change.known?[change.resource.handle].string ?? entry.change.label
            var row = Row([(change.resource.handle.names[0], .string(handle))])
            if let id = change.id { row["id"] = .string(id) }
            // A state that was to be set must not be taken for one that was seen.
            let states = Set(change.resource.identity.map { $0.names[0] })
            for (name, value) in change.shown.fields where row[name] == nil && !states.contains(name) {
                row[name] = Self.portable(value, of: change.resource.fields.first { $0.name == name })
            }
            row["outcome"] = .string(report.outcome.rawValue)
            row["reason"] = Value(report.message)
            return row
        }
    }

    /// A value as a file holds it: of a record its name, but of one that people know by something else, as users are by
    /// their e-mail, its id. Two users may have one name.
    private static func portable(_ value: Value, of field: Field?) -> Value {
        guard let record = value.row else { return value }
        let isNamed =
            if case .reference(let noun)? = field?.type { Resource.named(noun)?.handle == "name" } else { true }
        return (isNamed ? record["name"] : record["id"]) ?? value
    }

    public func lastOwn(on connection: ConnectionSummary, for call: Call) async throws -> JobSummary? {
        let line = call.origin.line
        // A script may take back what it has done itself, in an earlier attempt as well.
        let earlier = Set((call.origin.step.flatMap { former[$0.run] } ?? []).map(\.number))
        let isInScript = line?.isInScript == true
        for number in own.union(earlier).sorted(by: >) {
            guard let item = try await store.item(number), !JobHeader.isUndecided(item.header),
                JobHeader.belongs(item.header, toOrganisationOf: connection)
            else { continue }
            if let line, isInScript {
                let isOfLine = line.whole.hasEnded(number) || earlier.contains(number)
                guard isOfLine, JobHeader.script(item.header) == line.script else { continue }
            }
            return try await summary(item)
        }
        return nil
    }

    public func undo(of number: Int, on connection: ConnectionSummary) async throws -> JobUndo {
        let item = try await item(number)
        let job = try await summary(item)
        guard JobHeader.belongs(item.header, toOrganisationOf: connection) else {
            throw ZoshError(
                .refused,
                "job \(number) changed \(job.organisation) (\(job.connection)), and this is \(connection.orgName) "
                    + "(\(connection.name))".neutralised,
                remedy: "on \(job.connection.neutralised) undo \(number)")
        }
        guard item.isFinished else {
            throw ZoshError(
                .refused, "job \(number) is \(job.state.rawValue)",
                remedy: job.state == .running && !own.contains(number)
                    ? "wait until it is over"
                    : job.timing != nil
                        ? "give it up: jobs cancel \(number)"
                        : own.contains(number)
                            ? "take it back on a later line"
                            : "finish it with jobs resume \(number), or give up the rest: jobs cancel \(number)")
        }
        var plan = UndoPlan(try await record(of: number))
        let changes = plan.changes()
        return JobUndo(changes: changes, impossible: plan.impossible)
    }
}
