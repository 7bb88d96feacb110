import ZoshKit

struct JobsShow: Command {
    let signature = Signature("jobs show", "Show each change of a job and how it ended", effect: .local) {
        Argument("job", .integer(1...Int64.max), "Its number")
    }
    let examples = [Example("jobs show 1 | where outcome != done", "what did not go through")]

    let jobs: any JobService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let job = try await jobs.meant(by: call)
        var outcome = RowOutcome()
        outcome.notes = [job.sentence]
        return RowStream(
            .exactly([
                "number", "subject", "outcome", "change", "message", "action", "code", "id", "before", "after",
            ]),
            rows: try await jobs.rows(of: job.number), outcome: outcome)
    }
}

struct JobsFailed: Command {
    let signature = Signature(
        "jobs failed", "List the changes of a job that did not go through, as rows to try again", effect: .local
    ) {
        Argument("job", .integer(1...Int64.max), "Its number")
    }
    let examples = [Example("jobs failed 1", "with the reasons; `| save retry.csv` makes a file of them")]

    let jobs: any JobService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let job = try await jobs.meant(by: call)
        var rows = try await jobs.failed(of: job.number)
        // Tried again they go where they were to go, whatever connection is current then, and whatever its name is now.
        let all = try await shell.connections.all().filter(job.place.isOf)
        let place = (all.first { $0.name == job.connection } ?? all.first)?.place ?? job.place
        if shell.session.connection.map(place.isOf) != true {
            rows = rows.map { row in
                Row([("connection", .string(place.name))] + row.fields.map { ($0.name, $0.value) })
            }
        }
        var columns = Columns.unknown
        columns.connections = [place]
        return RowStream(columns, rows: rows)
    }
}

extension JobService {
    /// The job whose number a call names.
    func meant(by call: Call) async throws -> JobSummary {
        let number: Int = try call.require("job")
        do { return try await job(number) } catch let error as ZoshError { throw error.at(call.span(of: "job")) }
    }
}

extension JobSummary {
    /// `job 12 (waiting) on acme: users deactivate …: 3 not started; runs 2026-12-31 17:00 Europe/Berlin`.
    var sentence: String {
        let time = timing.map { "; \(ended == nil ? "runs" : "its time was") \($0.text)" } ?? ""
        let back = timing?.lasting.map { ", put back \(TimeLength.text($0)) later" } ?? ""
        let what = ends.isEmpty ? line : "\(line): \(ends)"
        return "job \(number) (\(state.rawValue)) on \(connection): \(what)\(time)\(back)"
    }

    /// `3 done, 1 refused`.
    var ends: String { counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ") }
}
