import ZoshKit
import ZoshTrust

struct ConnectionsRemove: Command {
    let accounts: any AccountService

    let signature = Signature(
        "connections remove", "Revoke a connection's grant and forget it", facts: [.removesConnection],
        effect: .writesLocally
    ) {
        Argument("connection", .connection, "Its name")
        Flag("local", "Forget it here without revoking the grant at Zoho")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let name: String = try call.require("connection")
        let revoke = !call.flag("local")
        try await accounts.noteTimedJobs(needing: name, on: shell.console)
        let change = LocalChange(
            .connection(name: name), action: revoke ? "revoke and forget" : "forget",
            operation: .signOut(connection: name, revoke: revoke),
            blast: .access)
        return try await shell.changes.apply([change], for: call)
    }
}
