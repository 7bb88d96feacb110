internal import ZoshKit

extension JobHistory {
    /// The users that were changed through a connection within the last seconds, by any process and line, and those
    /// that other lines are about to change.
    func users(changedWithin seconds: Int64, on connection: ConnectionSummary) async throws -> ChangedUsers {
        let since = now() - seconds
        var all = ChangedUsers()
        for item in try await store.open() where JobHeader.isAt(item.header, connection) {
            let isRunning = await store.isHeld(item.number)
            let record = try await record(of: item.number)
            add(record, since: since, isRunning: isRunning, to: &all)
        }
        var before: Int?
        while true {
            let page = try await store.latest(50, before: before)
            for item in page where item.isFinished && JobHeader.isAt(item.header, connection) {
                guard let ended = item.header["ended"]?.integer, ended >= since else { continue }
                let counted = try await counted(item, endedAt: ended)
                for one in counted where one.at >= since { all.add(one.change) }
            }
            // Jobs are continued, and clocks set: those that began a day before are looked at, too.
            guard let last = page.last, (last.header["started"]?.integer ?? 0) > since - Self.clockChange else { break }
            before = last.number
        }
        return all
    }

    /// What a finished job has changed, read once.
    private func counted(_ item: StoredItem, endedAt ended: Int64) async throws -> [CountedChange] {
        if let known = finishedChanges[item.number] { return known }
        let record = try await record(of: item.number)
        let found = record.rows.compactMap { _, entry in
            entry.mayHaveChanged ? entry.change.change.map { CountedChange(at: entry.sent ?? ended, change: $0) } : nil
        }
        finishedChanges[item.number] = found
        return found
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
            let tally = JobHeader.isOf(item.header, origin, connection) ? line : line.whole
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

/// A change of a finished job.
struct CountedChange {
    /// When its request left; seconds since 1970.
    let at: Int64
    let change: Change
}

extension JobRecord.Entry {
    /// Done, or nobody knows.
    fileprivate var mayHaveChanged: Bool {
        switch fate {
        case .open: false
        case .pending: true
        case .over(let report): report.outcome == .done
        }
    }
}
