import ZoshKit

struct JobsList: Command {
    let signature = Signature("jobs list", "List the latest jobs, the newest first", effect: .local) {
        Option("last", .integer(1...10_000), default: "20", "How many")
        Flag("unfinished", "Only those with something left to do")
    }
    let examples = [
        Example("jobs list", "the last twenty"),
        Example("jobs list --unfinished", "what jobs resume can continue, and what waits"),
    ]

    let jobs: any JobService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let found =
            call.flag("unfinished")
            ? try await jobs.unfinished().reversed() : try await jobs.latest(try call.require("last"))
        return RowStream(JobRow.columns, rows: found.map(JobRow.row))
    }
}

/// A job as a row.
enum JobRow {
    static let columns = Columns.exactly([
        "job", "state", "line", "changes", "done", "at", "connection", "started", "ended", "script", "organisation",
        "counts",
    ])

    static func row(_ job: JobSummary) -> Row {
        [
            "job": .integer(Int64(job.number)), "state": .string(job.state.rawValue), "line": .string(job.line),
            "changes": .integer(Int64(job.counts.values.reduce(0, +))),
            "done": .integer(Int64(["done", "unchanged"].reduce(0) { $0 + (job.counts[$1] ?? 0) })),
            "at": Value(job.timing?.text), "connection": .string(job.connection),
            "started": .string(Timestamp.rfc3339(job.started)),
            "ended": job.ended.map { .string(Timestamp.rfc3339($0)) } ?? .null, "script": Value(job.script),
            "organisation": .string(job.organisation),
            "counts": .row(Row(job.counts.sorted { $0.key < $1.key }.map { ($0.key, .integer(Int64($0.value))) })),
        ]
    }
}
