import ZoshKit

struct JobsDue: Command {
    let signature = Signature(
        "jobs due", "Run every job whose time has come, on all connections; nothing is asked, nothing is done twice",
        facts: [.isBesideTheWork], effect: .local
    ) {
        Argument("job", .integer(1...Int64.max), .optional, "Run only this job, by its number")
        Flag("dry-run", "Show what is due; run nothing")
    }
    let examples = [Example("jobs due --dry-run", "what would be run now")]

    let timed: any DueJobs

    static let columns = Columns.exactly([
        "job", "outcome", "line", "message", "changes", "at", "late", "connection",
    ])

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let now = timed.now
        let number: Int? = try call["job"]
        if let number {
            // What is not due is refused before anything is run.
            do { _ = try await timed.due(number) } catch let error as ZoshError { throw error.at(call.span(of: "job")) }
        }
        if call.flag("dry-run") || shell.session.dryRun {
            let due = try await timed.due().filter { number == nil || $0.number == number }
            return RowStream(Self.columns, rows: due.map { Self.row($0, now, message: nil) })
        }
        // A job that is named is wanted now.
        let isAttended = shell.session.interactive || number != nil
        if !isAttended {
            for job in try await timed.due() {
                guard let rest = job.timing?.rest, rest.contains(now) else { continue }
                shell.console.note(
                    "job \(job.number) will be retried at \(Timestamp.rfc3339(rest.upperBound)); to retry now: "
                        + "jobs due \(job.number)")
            }
        }
        let ran = try await timed.runDue(number, isAttended: isAttended, shell.progress)
        var outcome = RowOutcome()
        outcome.failedNoun = "job"
        outcome.failed = ran.count { $0.job.state != .done }
        let rows = ran.map { one in
            Self.row(one.job, now, message: one.obstacle.map(Self.sentence) ?? Self.message(one.job))
        }
        return RowStream(Self.columns, rows: rows, outcome: outcome)
    }

    private static func row(_ job: JobSummary, _ now: Int64, message: String?) -> Row {
        [
            "job": .integer(Int64(job.number)), "outcome": .string(job.state.rawValue), "line": .string(job.line),
            "message": Value(message), "changes": .integer(Int64(job.counts.values.reduce(0, +))),
            "at": .string(job.timing?.text ?? ""),
            "late": .string(TimeLength.text(now - (job.timing?.at ?? now))), "connection": .string(job.connection),
        ]
    }

    private static func sentence(_ error: ZoshError) -> String {
        error.problem + (error.remedy.map { "; \($0)" } ?? "")
    }

    private static func message(_ job: JobSummary) -> String? {
        switch job.state {
        case .done where job.counts.isEmpty: "nothing was left to put back"
        case .done: job.counts.keys.allSatisfy { $0 == "done" } ? nil : "\(job.ends); jobs show \(job.number)"
        case .due where job.timing?.isWayBack == true: "Zoho still shows the temporary values; jobs show \(job.number)"
        case .due: "not finished; jobs show \(job.number)"
        default: "\(job.ends); jobs failed \(job.number)"
        }
    }
}
