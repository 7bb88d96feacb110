import ZoshKit

struct AuthLogout: Command {
    let signature = Signature("auth logout", "Revoke the grant at Zoho and forget the connection", effect: .writesLocally) {
        Argument("name", .connection, .optional, "A connection; the current one if left out")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        guard let name = try call["name"] as String? ?? shell.session.connection?.name else {
            throw ZoshError(.auth, "there is no connection to log out of", at: call.span)
        }
        let change = Change(
            .connection(name: name), action: "revoke and forget", operation: .signOut(connection: name, revoke: true),
            undo: .impossible(reason: "a new login is needed"), blast: .access)
        return try await shell.changes.apply([change], for: call)
    }
}
