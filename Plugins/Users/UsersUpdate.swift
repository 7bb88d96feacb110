import ZoshKit

struct UsersUpdate: Command {
    let signature = Signature(
        "users update", "Change fields of users", input: .optional, effect: .writes, scopes: [.updateUsers],
        fields: .users
    ) { UserTargets.parameters }

    let examples = [
        Example("users update ada@example.com city=London --dry-run", "show before and after"),
        Example("users list role=Manager | users update profile=Standard --dry-run", "many at once"),
    ]

    /// Fields whose change lets somebody in, locks somebody out, or shows them other people's data.
    private static let delicate: Set<String> = ["role", "profile", "status", "email", "reporting_to"]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        guard !call.fields.isEmpty else {
            throw ZoshError(
                .usage, "'users update' needs at least one field=value", at: call.span,
                remedy: "users fields lists what can be set")
        }
        // Fields first: what cannot be set is said before anybody is looked up.
        let fields = try await UserFields(shell).resolve(call.fields)
        let targets = try await UserTargets.of(call, in: shell)
        let names = fields.sent.names
        let delicate = names.contains { Self.delicate.contains($0.lowercased()) }
        let changes = targets.map { target in
            Change(
                .user(id: target.id, seen: target.seen), action: "update \(names.joined(separator: ", "))",
                operation: .updateUser(id: target.id, fields: fields.sent), after: fields.shown, undo: .restoreBefore,
                blast: delicate ? .access : .ordinary)
        }
        return try await UserTargets.apply(changes, for: call, in: shell)
    }
}
