import ZoshKit

struct Apply: Command {
    let signature = Signature(
        "apply", "Apply a reviewed plan: exactly what it says; a row that changed since is left alone",
        facts: [.appliesPlan], effect: .writes
    ) {
        Argument("file", .file, "A file that --plan has made")
    }
    let examples = [Example("apply promotions.plan --dry-run", "what of it would still be done now")]

    let plans: any PlanService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        guard call.write.plan == nil else {
            throw ZoshError(
                .usage, "a plan is made of a command, not of a plan", at: call.span,
                remedy: "show what would be done now: --dry-run")
        }
        guard let connection = shell.session.connection else {
            throw ZoshError(.auth, "you are not signed in", remedy: "auth login")
        }
        let plan: OpenedPlan
        do { plan = try await plans.open(try call.require("file"), on: connection) } catch let error as ZoshError {
            throw error.at(call.span(of: "file"))
        }
        let needed = Set(plan.changes.compactMap { $0.resource.scopes[$0.verb] })
        try shell.session.checkLogin(allows: needed.sorted { $0.name < $1.name }, at: call.span)
        shell.console.note(
            "planned by \(plan.author) at \(Timestamp.rfc3339(plan.made)): \(plan.line)".neutralised)
        if !plan.approvers.isEmpty {
            let names = plan.approvers.map { "\($0.name) <\($0.email)>" }
            shell.console.note("approved by \(names.joined(separator: ", "))".neutralised)
        }
        if plan.uncounted > 0 {
            shell.console.note(
                "\(plan.uncounted) signature\(plan.uncounted == 1 ? " does" : "s do") not count: an approver's key is "
                    + "added here first, with 'approve keys add', and is neither yours nor counted twice")
        }
        var call = call
        call.origin.plan = plan.mark
        call.origin.undoes = plan.undoes
        return try await shell.changes.apply(plan.changes, for: call)
    }
}
