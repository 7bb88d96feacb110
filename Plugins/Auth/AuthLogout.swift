import ZoshKit
import ZoshTrust

struct AuthLogout: Command {
    let accounts: any AccountService

    let signature = Signature(
        "auth logout", "Revoke the grant at Zoho and forget the connection",
        facts: [.removesConnection, .isBesideTheWork],
        effect: .writesLocally
    ) {
        Argument("name", .connection, .optional, "A connection; the current one if left out")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        guard let name = try call["name"] as String? ?? shell.session.connection?.name else {
            let names = try await shell.connections.all().map(\.name)
            guard names.isEmpty else {
                throw ZoshError(
                    .usage, "\(names.count) connections are stored and none is chosen: \(names.fewNames)",
                    at: call.span, remedy: "auth logout NAME")
            }
            throw ZoshError.notSignedIn.at(call.span)
        }
        try await accounts.noteTimedJobs(needing: name, on: shell.console)
        let change = LocalChange(
            .connection(name: name), action: "revoke and forget", operation: .signOut(connection: name, revoke: true),
            blast: .access)
        return try await shell.changes.apply([change], for: call)
    }
}
