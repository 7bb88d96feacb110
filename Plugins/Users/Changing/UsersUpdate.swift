import ZoshKit

struct UsersUpdate: Command {
    let signature = Signature(
        "users update", "Change fields of users", facts: [.suitsPresent, .needsFields, .needsUsers], input: .optional,
        effect: .writes,
        scopes: [.updateUsers],
        fields: .users
    ) {
        UserTargets.parameters
        Option("from", .file, "A file with a user and their values in each row (csv, json, …)")
        Flag("ignore-columns", "Skip columns that are not fields of a user")
        Option("clear", .list(.field), "Fields to empty where a row has nothing for them")
    }

    let examples = [
        Example("users update ada@example.com city=London --dry-run", "show before and after"),
        Example("users list role=Manager | users update profile=Standard --dry-run", "many at once"),
    ]

    func check(_ call: Call) throws {
        if call.isGiven("from"), call.isGiven("user") {
            throw ZoshError(
                .usage, "the file says which users to change", at: call.span(of: "user"),
                remedy: "leave out the users on the line")
        }
        if !call.isGiven("from"), let option = ["ignore-columns", "clear"].first(where: call.isGiven) {
            throw ZoshError(
                .usage, "--\(option) needs a file", at: call.span(of: option), remedy: "add --from FILE")
        }
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        try check(call)
        if let path: String = try call["from"] { return try await run(call, fromFile: path, in: shell) }
        guard !call.fields.isEmpty else {
            throw ZoshError(
                .usage, "'users update' needs at least one field=value", at: call.span,
                remedy: MisplacedWords.remedy(forSignIn: call.values("user"))
                    ?? ValuesOfRows.remedy(call.values("user"), shell) ?? "list what can be set: users fields")
        }
        // Fields first: what cannot be set is reported before any user is looked up.
        let fields = try await UserFields(shell).resolve(call.fields)
        let targets = try await UserTargets.of(call, in: shell)
        let email = fields.sent["email"]?.string.map(EmailAddress.folded)
        let holder = email == nil ? nil : try await TakenAddresses.holders(call, shell)[email ?? ""]
        let action = "update \(fields.sent.names.joined(separator: ", "))"
        let changes = targets.map { target in
            Change(
                .update, .users, .existing(id: target.id), seen: target.seen, holder: holder, fields: fields.sent,
                shown: fields.shown, action: action)
        }
        return try await UserTargets.apply(changes, for: call, in: shell)
    }
}
