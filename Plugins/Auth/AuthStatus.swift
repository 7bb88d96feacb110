import ZoshKit
import ZoshTrust

struct AuthStatus: Command {
    let signature = Signature(
        "auth status", "Show who you are and what the grant allows", facts: [.worksPerConnection, .isBesideTheWork],
        // Known beforehand, so that a person who is not signed in learns that, and not that there is no such field.
        rows: .exactly([
            "connected", "stored", "connections", "name", "email", "user_id", "zuid", "org_id", "org_name", "dc",
            "environment", "api_domain", "token_expires_at", "scopes", "client_id", "client_source", "way", "read_only",
            "tags", "access_tokens", "live_grants", "calls_today", "credits_remaining", "last_worked", "verified",
        ]), effect: .local, aliases: ["whoami"]
    ) {
        Argument("name", .connection, .optional, "A connection; the current one if left out")
    }

    let examples = [Example("whoami | select email, org_name, dc", "the short answer")]

    let accounts: any AccountService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let row = try await accounts.status(of: try call["name"] ?? shell.session.fixedConnection)
        var outcome = RowOutcome()
        if row["connected"] != true {
            outcome.ending = .auth
            let names = row["connections"]?.list?.compactMap(\.string) ?? []
            outcome.notes = [
                names.isEmpty
                    ? "Not signed in; sign in: auth login"
                    : "\(names.count) connections are stored and none is chosen: \(names.fewNames); choose one: "
                        + (shell.session.interactive ? "use NAME" : "--connection NAME or ZOSH_CONNECTION")
            ]
        }
        var columns = Columns(
            ["name", "email", "org_name", "dc", "token_expires_at", "connected", "last_worked", "verified"], card: true)
        columns.fields = signature.rows
        return RowStream(columns, rows: [row], outcome: outcome)
    }
}
