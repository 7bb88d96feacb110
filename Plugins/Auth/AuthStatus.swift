import ZoshKit

struct AuthStatus: Command {
    let signature = Signature("auth status", "Show who you are and what the grant allows", effect: .local, aliases: ["whoami"]) {
        Argument("name", .connection, .optional, "A connection; the current one if left out")
    }

    let examples = [Example("whoami | select email, org_name, dc", "the short answer")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let row = try await shell.accounts.status(of: try call["name"])
        var outcome = RowOutcome()
        if row["connected"] != true {
            outcome.ending = .auth
            outcome.notes = ["not signed in; sign in: auth login"]
        }
        return RowStream(
            Columns(["name", "email", "org_name", "dc", "token_expires_at", "connected"], card: true),
            rows: [row], outcome: outcome)
    }
}
