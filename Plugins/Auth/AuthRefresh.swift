import ZoshKit
import ZoshTrust

struct AuthRefresh: Command {
    let signature = Signature(
        "auth refresh", "Ask Zoho for a new access token now (one of ten in ten minutes)", facts: [.isBesideTheWork],
        effect: .local
    ) {
        Argument("name", .connection, .optional, "A connection; the current one if left out")
    }

    let accounts: any AccountService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let row = try await accounts.refresh(try call["name"] ?? shell.session.fixedConnection)
        return RowStream(Columns(["name", "token_expires_at"], card: true), rows: [row])
    }
}
