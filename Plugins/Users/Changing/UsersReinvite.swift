import ZoshKit

/// Sends the invitation again to people who have not accepted it (`reinvite` of Update User, v8).
struct UsersReinvite: Command {
    let signature = Signature(
        "users reinvite", "Send the invitation again to users who have not confirmed it",
        facts: [.suitsPresent, .needsUsers], input: .optional, effect: .writes, scopes: [.updateUsers]
    ) { UserTargets.parameters }

    let examples = [
        Example("users list type=NotConfirmedUsers limit=2 | users reinvite --dry-run", "who would get another one")
    ]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let changes = try await UserTargets.of(call, in: shell).map { target in
            Change(
                .update, .users, .existing(id: target.id), seen: target.seen, fields: ["reinvite": true],
                action: "reinvite")
        }
        return try await UserTargets.apply(changes, for: call, in: shell)
    }
}
