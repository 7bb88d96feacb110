import ZoshKit
import ZoshTrust

/// Diagnose a token that is not ours: an integration's, a colleague's. Stores nothing.
struct AuthInspect: Command {
    let signature = Signature(
        "auth inspect", "Check whether a token is valid, whose it is and what it allows; nothing is stored",
        facts: [.isBesideTheWork], effect: .local
    ) {
        Flag(
            "refresh-token",
            "A client and its refresh token instead of an access token; uses one of ten in ten minutes")
        Option("dc", .dataCentre, "Where to ask; a token is good in one data centre only (default ZOHO_DC, else com)")
    }

    let accounts: any AccountService
    let prompt: any SecretPrompt

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let token: InspectedToken
        if call.flag("refresh-token") {
            shell.console.note("This uses one of the ten access tokens this refresh token can create in ten minutes")
            let id = try await shell.console.ask("Client id: ").filter { !$0.isWhitespace }
            let secret = try await prompt.askSecret("Client secret: ")
            token = .refresh(try await prompt.askSecret("Refresh token: "), clientID: id, clientSecret: secret)
        } else {
            token = .access(try await prompt.askSecret("Access token: "))
        }
        let row = try await accounts.inspect(token, dataCentre: try call["dc"])
        var outcome = RowOutcome()
        if row["alive"] != true {
            outcome.ending = .auth
            outcome.notes = [
                "Not valid: \(row.string("note") ?? "")" + (row.string("code").map { "; more: explain \($0)" } ?? "")
            ]
        }
        return RowStream(
            Columns(["alive", "email", "org_name", "dc", "environment", "scopes", "missing", "note"], card: true),
            rows: [row], outcome: outcome)
    }
}
