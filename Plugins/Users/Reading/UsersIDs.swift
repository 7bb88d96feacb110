import ZoshKit

/// Ids alone, ready for `users lookup` behind a pipe.
struct UsersIDs: Command {
    let signature = Signature(
        "users ids", "List only the ids, ready for users lookup", facts: [.isPaged], rows: .exactly(["id"]),
        scopes: [.readUsers]
    ) { UserListOptions.parameters }

    let examples = [
        Example("users ids type=AdminUsers | users lookup", "look every administrator up, in batches of 100")
    ]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let users = try UserListOptions(call).stream(from: shell.zoho)
        let shape = Shape(["id"])
        return RowStream(
            .exactly(["id"]), from: RowFilter(users) { row in Row(shape: shape, values: [row["id"] ?? .null]) })
    }
}
