import ZoshKit

struct UsersDelete: Command {
    let signature = Signature(
        "users delete", "Delete users; their records are not transferred", facts: [.suitsPresent, .needsUsers],
        input: .optional,
        effect: .writes,
        scopes: [.deleteUsers]
    ) { UserTargets.parameters }

    let examples = [Example("users list status=disabled limit=1 | users delete --dry-run", "who would go")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let changes = try await UserTargets.of(call, in: shell).map { target in
            Change(.delete, .users, .existing(id: target.id), seen: target.seen)
        }
        return try await UserTargets.apply(changes, for: call, in: shell)
    }
}
