import ZoshKit
import ZoshTrust

struct DoctorCommand: Command {
    let signature = Signature(
        "doctor", "Check clock, network, data centre, scopes, quota, store, terminal and libedit",
        facts: [.isBesideTheWork], effect: .local)
    let examples = [Example("doctor | where status != ok", "only what needs attention")]

    let accounts: any AccountService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let rows = try await accounts.examine(shell.session.fixedConnection)
        var outcome = RowOutcome()
        outcome.failed = rows.count { $0.string("status") == "failed" }
        outcome.failedNoun = "check"
        var columns = Columns(["check", "status", "detail", "remedy"])
        columns.isReport = true
        return RowStream(columns, rows: rows, outcome: outcome)
    }
}

struct APICredits: Command {
    let signature = Signature(
        "api credits", "Show the calls of the last 24 hours, as counted here, and what Zoho says remains",
        effect: .local
    ) {
        Argument("connection", .connection, .optional, "A connection; the current one if left out")
    }

    let examples = [Example("api credits", "hour by hour, and the sum")]

    let accounts: any AccountService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let rows = try await accounts.credits(of: try call["connection"] ?? shell.session.fixedConnection)
        return RowStream(Columns(["hour", "calls", "remaining"]), rows: rows)
    }
}
