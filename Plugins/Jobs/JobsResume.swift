import ZoshKit

struct JobsResume: Command {
    let signature = Signature(
        "jobs resume", "Continue a job where it stopped; nothing is done twice", facts: [.isBesideTheWork],
        effect: .local
    ) {
        Argument("job", .integer(1...Int64.max), .optional, "Its number; may be left out when only one is unfinished")
        Flag("dry-run", "Show what is left to do; change nothing")
        Flag("yes", "Do not ask for confirmation")
        Flag("administrators", "Allow giving or taking administrator rights")
    }
    let examples = [Example("jobs resume 12", "what was left to do when it stopped")]

    let jobs: any JobService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        try await shell.jobs.resume(try await job(call), for: call)
    }

    private func job(_ call: Call) async throws -> JobSummary {
        if call.isGiven("job") { return try await jobs.meant(by: call) }
        let unfinished = try await jobs.unfinished().filter { $0.state == .unfinished }
        guard let only = unfinished.first else {
            throw ZoshError(.notFound, "no job is unfinished", at: call.span, remedy: "jobs list")
        }
        // The jobs of one line or script are continued together.
        guard unfinished.count == 1 || only.run != nil && unfinished.allSatisfy({ $0.run == only.run }) else {
            let numbers = unfinished.map { String($0.number) }.joined(separator: ", ")
            throw ZoshError(
                .usage, "\(unfinished.count) jobs are unfinished: \(numbers)", at: call.span,
                remedy: "jobs resume \(only.number)")
        }
        return only
    }
}
