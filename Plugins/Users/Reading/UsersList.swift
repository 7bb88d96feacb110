import ZoshKit

struct UsersList: Command {
    let signature = Signature(
        "users list", "List users of the current organisation", facts: [.isPaged], rows: .users, scopes: [.readUsers]
    ) { UserListOptions.parameters }

    let examples = [
        Example("users list type=AdminUsers | select id, email", "administrators, two columns"),
        Example("users list status=active role=CEO", "filtered by role"),
        Example("users list | where confirm == false | count", "how many never accepted"),
    ]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        try UserListOptions(call).stream(from: shell.zoho)
    }
}
