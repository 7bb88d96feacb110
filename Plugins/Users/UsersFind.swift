import ZoshKit

/// Searches the kept directory; Zoho has no user search.
struct UsersFind: Command {
    let signature = Signature("users find", "Find people by any part of name, e-mail or id, in the kept directory", scopes: [.readUsers]) {
        Argument("text", .string, "Part of a name, an e-mail or an id")
    }

    let examples = [Example("users find example.com", "everybody with that domain")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let text: String = try call.require("text")
        let wanted = text.lowercased()
        // Any age will do: the point is an answer without a call.
        let directory = try await shell.directory.fresh(within: .max)
        let shape = Shape(["full_name", "email", "role", "status", "profile", "id"])
        let rows = directory.people
            .filter { $0.name.lowercased().contains(wanted) || $0.email.lowercased().contains(wanted) || $0.id.contains(wanted) }
            .map { person in
                Row(shape: shape, values: [person.name, person.email, person.role, person.status, person.profile, person.id].map(Value.string))
            }
        return RowStream(Columns(shape.names.map { FieldPath($0) }), rows: rows)
    }
}
