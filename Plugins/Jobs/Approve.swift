import ZoshKit

struct Approve: Command {
    let signature = Signature(
        "approve", "Sign a plan that someone else has made, once you have read what it changes",
        effect: .writesLocally
    ) {
        Argument("file", .file, "The plan; the signature is added to it")
    }
    let examples = [Example("approve promotions.plan", "shows each change, asks, signs")]

    /// Rows shown before the question; the rest is in the file.
    private static let shown = 200

    let plans: any PlanService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let path: String = try call.require("file")
        let plan: ReviewedPlan
        do { plan = try await plans.review(path) } catch let error as ZoshError {
            throw error.at(call.span(of: "file"))
        }
        let mine = try await shell.connections.all().contains { $0.email.lowercased() == plan.author.lowercased() }
        guard !plan.isOwn, !mine else {
            throw ZoshError(
                .refused, "you made this plan yourself; someone else has to approve it", at: call.span(of: "file"))
        }
        var lines = [
            "Planned by \(plan.author) at \(Timestamp.rfc3339(plan.made)) for \(plan.organisation) (\(plan.place)), "
                + "connection \(plan.connection): \(plan.line)"
        ]
        lines += plan.rows.prefix(Self.shown).map { "  " + $0 }
        if plan.rows.count > Self.shown { lines.append("  and \(plan.rows.count - Self.shown) more: read the file") }
        if plan.policy == 0 { lines.append("Its connection needs no approval") }
        for line in lines { shell.console.note(line.neutralised) }
        let change = PlanChange(
            .approve(path: path, digest: plan.digest),
            shown: ["changes": .integer(Int64(plan.planned)), "author": .string(plan.author)])
        return try await shell.changes.apply([change], for: call)
    }
}

struct ApproveKeysList: Command {
    let signature = Signature(
        "approve keys list", "Show your own key for others to add, and those of the people who approve your plans",
        effect: .local)
    let examples = [Example("approve keys list", "send your own to those whose plans you approve")]

    let plans: any PlanService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        var (rows, outcome) = ([Row](), RowOutcome())
        if let email = shell.session.connection?.email, email.contains("@") {
            let own = try await plans.ownKey(as: email)
            rows.append(Self.row(own.approver, text: own.text))
            // A table may cut it.
            outcome.notes = ["Send this to those whose plans you approve: \(own.text)"]
        }
        rows += try await plans.approvers().map { Self.row($0, text: nil) }
        if shell.session.connection == nil {
            outcome.notes = ["Sign in to see your own key, which contains your address"]
        }
        return RowStream(.exactly(["name", "email", "fingerprint", "key"]), rows: rows, outcome: outcome)
    }

    private static func row(_ approver: Approver, text: String?) -> Row {
        [
            "name": .string(approver.name), "email": .string(approver.email),
            "fingerprint": .string(approver.fingerprint), "key": Value(text),
        ]
    }
}

struct ApproveKeysAdd: Command {
    let signature = Signature(
        "approve keys add", "Add an approver's key; compare the fingerprint with them by voice",
        effect: .writesLocally
    ) {
        Argument("name", .string, "A name for the approver")
        Argument("key", .string, "The text that 'approve keys list' shows them of their own key")
    }

    let plans: any PlanService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let name: String = try call.require("name")
        guard !name.isEmpty, name.utf8.count <= 60, name != "you", name.neutralised == name else {
            throw ZoshError(
                .usage, "'\(name.neutralised)' cannot be an approver's name", at: call.span(of: "name"),
                remedy: "use visible characters, at most 60 bytes; 'you' is reserved")
        }
        let approver: Approver
        do { approver = try await plans.approver(named: name, key: try call.require("key")) } catch let error
            as ZoshError
        {
            throw error.at(call.span(of: "key"))
        }
        let mine = try await shell.connections.all().contains { $0.email.lowercased() == approver.email }
        guard !mine else {
            throw ZoshError(
                .refused, "\(approver.email) is your own address; you cannot approve your own plans",
                at: call.span(of: "key"))
        }
        let change = PlanChange(
            .addApprover(approver),
            shown: ["email": .string(approver.email), "fingerprint": .string(approver.fingerprint)])
        return try await shell.changes.apply([change], for: call)
    }
}

struct ApproveKeysRemove: Command {
    let signature = Signature(
        "approve keys remove", "Remove an approver's key; what it approved no longer counts", effect: .writesLocally
    ) {
        Argument("name", .string, "A name for the approver")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let change = PlanChange(.removeApprover(name: try call.require("name")))
        return try await shell.changes.apply([change], for: call)
    }
}
