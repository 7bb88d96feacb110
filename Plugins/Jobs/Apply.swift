import ZoshKit

struct Apply: Command {
    let signature = Signature(
        "apply", "Apply a reviewed plan: exactly what it says; a row that changed since is left alone",
        facts: [.appliesPlan], effect: .writes
    ) {
        Argument("file", .file, "A file written by --plan")
    }
    let examples = [Example("apply promotions.plan --dry-run", "what it would still change now")]

    let plans: any PlanService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        guard call.write.plan == nil else {
            throw ZoshError(
                .usage, "'apply' cannot be planned", at: call.span,
                remedy: "see what it would change now: add --dry-run")
        }
        guard let connection = shell.session.connection else { throw ZoshError.notSignedIn }
        let plan: OpenedPlan
        do { plan = try await plans.open(try call.require("file"), on: connection) } catch let error as ZoshError {
            throw error.at(call.span(of: "file"))
        }
        try shell.session.checkLogin(allows: plan.changes, at: call.span)
        shell.console.note(
            "Planned by \(plan.author) at \(Timestamp.rfc3339(plan.made)): \(plan.line)".neutralised)
        if !plan.approvers.isEmpty {
            let names = plan.approvers.map { "\($0.name) <\($0.email)>" }
            shell.console.note("Approved by \(names.joined(separator: ", "))".neutralised)
        }
        if plan.uncounted > 0 {
            shell.console.note(
                "\(plan.uncounted) signature\(plan.uncounted == 1 ? " does" : "s do") not count (unknown key, "
                    + "your own, or a duplicate); add an approver's key with: approve keys add NAME KEY")
        }
        var call = call
        call.origin.plan = plan.mark
        call.origin.undoes = plan.undoes
        return try await shell.changes.apply(plan.changes, for: call)
    }
}
