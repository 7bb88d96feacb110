internal import ZoshKit

/// What is said in the audit log of jobs with a time: that one is kept until then, which records it concerns, and that
/// an undo has taken something out of one. A job that is given up by name says so as every local change does.
///
/// A line is written with the next thing that is written of a job.
struct AuditedJob: Sendable {
    let log: any AuditLog
    let connection: ConnectionSummary
    let origin: Origin

    /// What is done later; the lines of its run name the same job.
    func note(kept planned: [PlannedChange], in job: Int, _ timing: Timing) {
        let open = planned.filter { $0.settled == nil }
        note(job, until: timing, open.map(AuditRow.subject))
    }

    /// What another job changes is put back later.
    func note(wayBack job: Int, of number: Int, _ timing: Timing) {
        note(job, until: timing, [subject(job, "put back job \(number)")])
    }

    /// Something of it was put back earlier.
    func note(_ back: ShortenedWayBack) {
        let action = back.left == 0 ? "cancel" : "drop undone changes"
        note(back.job, outcome: "1 done", [subject(back.job, action)])
    }

    private func note(_ job: Int, until timing: Timing, _ changes: [Row]) {
        note(job, outcome: "waits until \(timing.summary.text)", until: timing.at, changes)
    }

    /// - Parameter until: seconds since 1970; nil for what does not wait.
    private func note(_ job: Int, outcome: String, until: Int64? = nil, _ changes: [Row]) {
        var row = AuditRow.row(origin, connection, job: job, rows: changes.count, outcome: outcome, at: log.now)
        if let until { row["until"] = .string(Timestamp.rfc3339(until)) }
        row["changes"] = .list(changes.map { .row($0) })
        log.note(AuditLine(row: { [row] in row }))
    }

    private func subject(_ job: Int, _ action: String) -> Row {
        ["subject": .string("job \(job)"), "id": .null, "action": .string(action)]
    }
}
