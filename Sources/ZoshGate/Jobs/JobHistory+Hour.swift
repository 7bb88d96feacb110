internal import ZoshKit

extension JobHistory {
    /// The users that were changed through a connection within some seconds before an instant, by any process and line,
    /// and those that other lines are about to change then.
    /// - Parameter instant: seconds since 1970; nil for now.
    func users(changedWithin seconds: Int64, of instant: Int64? = nil, on connection: ConnectionSummary) async throws
        -> ChangedUsers
    {
        let instant = instant ?? now()
        let since = instant - seconds
        var all = ChangedUsers()
        for item in try await store.open() where JobHeader.belongs(item.header, toOrganisationOf: connection) {
            let timing = Timing(item.header)
            if let timing, timing.begun == nil, running[item.number] == nil {
                all = all.union(try await users(waiting: item, timing, within: seconds, of: instant))
                continue
            }
            // A loop comes here for every row: what this process is at is not read again.
            if let job = running[item.number] {
                if let timing, timing.begun == nil, abs(timing.at - instant) >= seconds { continue }
                all = all.union(await job.letThrough)
                continue
            }
            let isRunning = await store.isHeld(item.number)
            let record = try await record(of: item.number)
            add(record, since: since, isRunning: isRunning, to: &all)
        }
        try await readFinished(since: now() - seconds)
        for job in finishedJobs.values where JobHeader.belongs(job.header, toOrganisationOf: connection) {
            for one in job.changes where one.at >= since { all.add(one.target, endsWork: one.endsWork) }
        }
        return all
    }

    /// Reads what finished jobs have changed, each once: a finished job never changes.
    private func readFinished(since: Int64) async throws {
        finishedJobs = finishedJobs.filter { $0.value.ended >= since }
        for number in unfinishedJobs {
            let item = try await store.item(number)
            guard item?.isFinished != false else { continue }
            unfinishedJobs.remove(number)
            if let item {
                try await read(item, since: since)
            } else {
                // Discarded: another job can have its number.
                lastJobRead = min(lastJobRead, number - 1)
            }
        }
        var before: Int?
        var newest: Int?
        while true {
            let page = try await store.latest(50, before: before)
            newest = newest ?? page.first?.number
            for item in page where item.number > lastJobRead {
                if item.isFinished { try await read(item, since: since) } else { unfinishedJobs.insert(item.number) }
            }
            // Jobs are continued, and clocks set: those that began a day before are looked at, too.
            guard let last = page.last, last.number > lastJobRead,
                (last.header["started"]?.integer ?? 0) > since - Self.clockChange
            else { break }
            before = last.number
        }
        lastJobRead = max(lastJobRead, newest ?? 0)
    }

    private func read(_ item: StoredItem, since: Int64) async throws {
        guard let ended = item.header["ended"]?.integer, ended >= since else { return }
        var changes = CountedChange.kept(in: item.header)
        if changes == nil { changes = CountedChange.all(in: try await record(of: item.number), at: ended) }
        finishedJobs[item.number] = FinishedJob(header: item.header, ended: ended, changes: changes ?? [])
    }

    private func add(_ record: JobRecord, since: Int64, isRunning: Bool, to all: inout ChangedUsers) {
        for (_, entry) in record.rows {
            guard let change = entry.change.change else { continue }
            let isComing = isRunning && !entry.fate.isOver
            if isComing || entry.mayHaveChanged && (entry.sent ?? .max) >= since { all.add(change) }
        }
    }

    /// Counts whom earlier attempts at a run have let through for the limits of its lines: each attempt counts on.
    func count(earlierAttemptsAt origin: Origin, on connection: ConnectionSummary) async throws {
        guard let run = origin.step?.run, let line = origin.line else { return }
        for item in former[run] ?? [] {
            let name = item.header.string("connection")
            let targets = try await letThrough(item)
            let tally = JobHeader.belongs(item.header, toLineOf: origin, on: connection) ? line : line.whole
            tally.add(Set(targets.map { LineTally.Target(connection: name, target: $0) }))
        }
    }

    private func letThrough(_ item: StoredItem) async throws -> Set<EffectTarget> {
        if let known = formerTargets[item.number] { return known }
        let record = try await record(of: item.number)
        let found = Set(record.rows.compactMap { $0.entry.change.change?.target })
        formerTargets[item.number] = found
        return found
    }

    func takeTurn() async throws -> @Sendable () -> Void { try await store.takeTurn() }
}

/// What a finished job has changed, as the brakes count it.
struct FinishedJob {
    let header: Row
    /// Seconds since 1970.
    let ended: Int64
    let changes: [CountedChange]
}

extension JobRecord.Entry {
    /// Done, or unknown.
    var mayHaveChanged: Bool {
        switch fate {
        case .open: false
        case .pending, .accepted: true
        case .over(let report): report.outcome == .done
        }
    }
}
