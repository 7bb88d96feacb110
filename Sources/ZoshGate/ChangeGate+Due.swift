public import ZoshKit

/// Jobs whose time has come.
extension ChangeGate {
    /// Runs a timed job of this gate's connection, or what is left of it: no question is asked again, every record is
    /// read again, and a stopped run is continued as `jobs resume` would.
    /// - Returns: the job as it is then; nil when it is over, not due, or a process is at it.
    /// - Throws: `ZoshError` for what keeps it from being run now; it stays due.
    public func runDue(_ number: Int) async throws -> JobSummary? {
        guard let history, let connection = session.connection, let item = try await history.store.item(number),
            let timing = Timing(item.header)
        else { return nil }
        guard JobHeader.belongs(item.header, toOrganisationOf: connection), timing.user == connection.userID else {
            throw ZoshError(
                .refused, "job \(number) belongs to another login than '\(connection.name)'".neutralised,
                remedy: "jobs show \(number)")
        }
        var origin = Origin(line: LineTally(item.header.string("text") ?? "", at: item.header.string("script")))
        origin.due = Origin.Due(job: number, isWayBack: timing.isWayBack)
        origin.undoes = JobHeader.undoes(item.header)
        let job = newJob(origin, on: connection, in: history)
        guard let (header, record) = try await job.takeUp() else { return nil }
        _ = origin.line?.job(on: connection.name) { job }
        do {
            if timing.isWayBack {
                try await putBack(header, record, by: job, origin, in: history)
            } else {
                for batch in record.batches {
                    try await run(batch.entries.compactMap(\.change.change), at: batch.step, timing, origin)
                }
            }
        } catch {
            await job.stayOpen()
            _ = await origin.line?.end()
            throw error
        }
        _ = await origin.line?.end()
        return try await history.job(number)
    }

    private func run(_ changes: [Change], at step: Origin.Step?, _ timing: Timing, _ origin: Origin) async throws {
        var call = Call(
            Signature("due", "A job whose time has come", effect: .local),
            write: WriteOptions(
                yes: true, administrators: timing.administrators || timing.isWayBack, lasting: timing.lasting))
        call.origin = origin
        call.origin.step = step
        let rows = try await apply(changes, for: call)
        while try await rows.next() != nil {}
        _ = await rows.outcome()
    }

    /// Puts back what another job has changed. It is over once Zoho shows nothing of that any more: what is refused, or
    /// not known, is tried again.
    private func putBack(
        _ header: Row, _ record: JobRecord, by job: Job, _ origin: Origin, in history: JobHistory
    ) async throws {
        guard let timing = Timing(header) else { return }
        let (changes, impossible) = try await history.changesBack(header, record)
        if !changes.isEmpty { try await run(changes, at: JobHistory.stepBack, timing, origin) }
        let isOver = try await isPutBack(await job.record)
        if !isOver || !impossible.isEmpty { try await job.reopenUnconfirmed() }
    }

    /// Whether no record has a value any more that the job which is taken back gave it.
    private func isPutBack(_ record: JobRecord) async throws -> Bool {
        let left = record.rows.filter { $0.entry.report?.outcome.isFailure != false }.compactMap(\.entry.change.change)
        for (resource, changes) in Dictionary(grouping: left, by: \.resource) {
            let current = try await executor.reread(resource, ids: changes.compactMap(\.id))
            for change in changes {
                guard let row = change.id.flatMap({ current[$0] }), !resource.isGone(row) else { continue }
                let isGiven = change.expected.fields.contains { name, given in
                    guard let now = row[name], resource.isSame(given, now, field: name) else { return false }
                    return change.fields[name].map { !resource.isSame($0, now, field: name) } ?? true
                }
                if isGiven { return false }
            }
        }
        return true
    }
}
