import ZoshKit

struct JobsCancel: Command {
    let signature = Signature(
        "jobs cancel", "Cancel the rest of a job; what is done stays done", effect: .writesLocally
    ) {
        Argument("job", .integer(1...Int64.max), "Its number")
    }
    let examples = [Example("jobs cancel 12")]

    let jobs: any JobService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let job = try await jobs.meant(by: call)
        let isWayBack = job.timing?.isWayBack == true
        if isWayBack, let undone = job.undoes {
            shell.console.note(
                "The temporary changes of job \(undone) will stay; to undo them: undo \(undone)")
        }
        let change = JobChange(
            .cancel(number: job.number), shown: ["line": .string(job.line)], blast: isWayBack ? .access : .harmless)
        return try await shell.changes.apply([change], for: call)
    }
}

struct JobsPrune: Command {
    let signature = Signature(
        "jobs prune",
        "Remove finished jobs, which hold people's data, and forget scripts that an older zosh left unfinished",
        effect: .writesLocally
    ) {
        Option("older-than", .string, default: "90d", "How long ago they ended: 30d, 12w, 6h")
    }
    let examples = [Example("jobs prune --older-than 30d")]

    func check(_ call: Call) throws { _ = try seconds(call) }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let shown: Row = ["older-than": .string(try call.require("older-than"))]
        return try await shell.changes.apply(
            [JobChange(.prune(olderThan: try seconds(call)), shown: shown)], for: call)
    }

    private func seconds(_ call: Call) throws -> Int64 {
        let text: String = try call.require("older-than")
        guard let seconds = Age(text)?.seconds else {
            throw ZoshError(
                .usage, "'\(text)' is not a length of time", at: call.span(of: "older-than"),
                remedy: "write a number and h, d or w: --older-than 30d")
        }
        return seconds
    }
}

/// A length of time as people write it: `30d`.
struct Age {
    let seconds: Int64

    init?(_ text: String) {
        guard let unit = text.last, let factor = ["h": 3600, "d": 86_400, "w": 7 * 86_400][unit] as Int64?,
            let count = Int64(text.dropLast()), (1...36_500).contains(count)
        else { return nil }
        seconds = count * factor
    }
}
