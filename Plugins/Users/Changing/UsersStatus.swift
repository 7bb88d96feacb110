import ZoshKit

/// `users activate` and `users deactivate`: one command with two names, since only the word differs.
struct UsersActivate: Command {
    let signature = Signature(
        "users activate", "Let deactivated users in again", facts: [.suitsInactive, .needsUsers], input: .optional,
        effect: .writes,
        scopes: [.updateUsers]
    ) { UserTargets.parameters }

    let examples = [Example("users list status=disabled limit=2 | users activate --dry-run", "who would come back")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        try await setStatus("active", call, shell)
    }
}

struct UsersDeactivate: Command {
    let signature = Signature(
        "users deactivate", "Lock users out; their records stay", facts: [.suitsActive, .needsUsers], input: .optional,
        effect: .writes,
        scopes: [.updateUsers]
    ) { UserTargets.parameters }

    let examples = [
        Example("users list type=NotConfirmedUsers limit=2 | users deactivate --dry-run", "who would be locked out")
    ]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        // Zoho is sent "inactive" and answers "disabled" from then on.
        try await setStatus("inactive", call, shell)
    }
}

private func setStatus(_ status: String, _ call: Call, _ shell: ShellContext) async throws -> RowStream {
    let changes = try await UserTargets.of(call, in: shell).map { target in
        Change(
            .update, .users, .existing(id: target.id), seen: target.seen, fields: ["status": .string(status)],
            action: call.signature.path[1])
    }
    return try await UserTargets.apply(changes, for: call, in: shell)
}
