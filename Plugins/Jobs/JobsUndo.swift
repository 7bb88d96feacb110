import ZoshKit

struct JobsUndo: Command {
    let signature = Signature(
        "jobs undo", "Put back what a job changed, except what someone has changed since", facts: [.namesJob],
        effect: .writes, aliases: ["undo"]
    ) {
        Argument("job", .integer(1...Int64.max), .optional, "Its number; the last job of this shell if left out")
    }
    let examples = [
        Example("undo", "the last job of this shell"), Example("undo 1 --dry-run", "what would be put back"),
    ]

    let jobs: any JobService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        guard let connection = shell.session.connection else { throw ZoshError.notSignedIn }
        guard let number = try await number(call, connection, isDry: call.write.dryRun || shell.session.dryRun) else {
            return try await latest(of: connection)
        }
        let job = try await jobs.job(number)
        let undo: JobUndo
        do { undo = try await jobs.undo(of: number, on: connection) } catch let error as ZoshError {
            throw error.at(call.isGiven("job") ? call.span(of: "job") : call.span)
        }
        try shell.session.checkLogin(allows: undo.changes, at: call.span)
        shell.console.note("job \(number) in \(job.organisation) (\(job.connection)): \(job.line)".neutralised)
        if !call.isGiven("job"), let others = try await others(ofLineOf: job) { shell.console.note(others) }
        var outcome = RowOutcome(failed: undo.impossible.count)
        if !undo.impossible.isEmpty { outcome.changes["refused"] = undo.impossible.count }
        guard !undo.changes.isEmpty else {
            if undo.impossible.isEmpty { outcome.notes = ["job \(number) changed nothing that could be put back"] }
            return RowStream(.ofChanges, rows: undo.impossible, outcome: outcome)
        }
        var call = call
        call.origin.undoes = number
        return try await shell.changes.apply(undo.changes, for: call).preceded(by: undo.impossible, outcome)
    }

    /// The job that is meant; nil where none is named and this shell has done none here.
    private func number(_ call: Call, _ connection: ConnectionSummary, isDry: Bool) async throws -> Int? {
        if call.isGiven("job") {
            guard call.origin.line?.isInScript != true else {
                throw ZoshError(
                    .usage, "a script cannot name a job, since every store numbers its own", at: call.span(of: "job"),
                    remedy: "write undo without a number; it takes back the script's own last job")
            }
            return try await jobs.meant(by: call).number
        }
        guard let last = try await jobs.lastOwn(on: connection, for: call) else {
            guard call.origin.line?.isInScript == true else { return nil }
            if isDry {
                throw ZoshError(
                    .refused, "a dry run changes nothing, so the script has no job here to undo", at: call.span,
                    remedy: "jobs list")
            }
            throw ZoshError(
                .refused, "this script has changed nothing here that could be taken back", at: call.span,
                remedy: "leave it out, or look at what was changed: jobs list")
        }
        guard let undone = last.undoes else { return last.number }
        throw ZoshError(
            .refused, "the last job here, \(last.number), is the undo of job \(undone)", at: call.span,
            remedy: "undo \(last.number)")
    }

    /// Which jobs of the same line changed other connections, and how each is taken back; nil where there are none.
    private func others(ofLineOf job: JobSummary) async throws -> String? {
        let all = try await jobs.latest(1000)
        let undone = Set(all.compactMap(\.undoes))
        let same = Dictionary(
            all.filter { $0.line == job.line && $0.script == job.script && $0.run == job.run && $0.undoes == nil }
                .map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        // The jobs of a line are numbered one after the other, one for each connection.
        var found: [JobSummary] = []
        for step in [-1, 1] {
            var number = job.number + step
            while let next = same[number], !([job] + found).contains(where: { $0.connection == next.connection }) {
                found.append(next)
                number += step
            }
        }
        let left = found.filter { !undone.contains($0.number) }.sorted { $0.number < $1.number }
        guard !left.isEmpty else { return nil }
        let lines = left.map { "on \($0.connection) undo \($0.number)" }.joined(separator: "; ")
        return "The same line also changed other organisations, which stay as they are; to undo that: \(lines)"
            .neutralised
    }

    private func latest(of connection: ConnectionSummary) async throws -> RowStream {
        let some = try await jobs.latest(100).filter { $0.connection == connection.name }.prefix(3)
        var outcome = RowOutcome()
        outcome.ending = .failed
        let example = some.first.map { "; to undo an earlier job: undo \($0.number)" } ?? ""
        outcome.notes = ["This shell has changed nothing here, so nothing was undone\(example)"]
        return RowStream(JobRow.columns, rows: some.map(JobRow.row), outcome: outcome)
    }
}
