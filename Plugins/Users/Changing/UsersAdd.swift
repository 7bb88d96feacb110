import ZoshKit

/// Invites people; one call each, since Zoho takes one user a request.
struct UsersAdd: Command {
    let signature = Signature(
        "users add", "Add (invite) users", facts: [.addsRecords], input: .optional, effect: .writes,
        scopes: [.createUsers], fields: .users
    ) {
        Option("from", .file, "A file of users, one a row (csv, json, …)")
        FileOptions.encodingOption
        Flag("ignore-columns", "Skip columns that are not fields of a user")
        Option("clear", .list(.field), "Fields to empty where a row has nothing for them")
        Flag("template", "Print the headings of such a file")
    }

    let examples = [
        Example(
            "users add first_name=Ada last_name=Lovelace email=ada@example.com role=Manager profile=Standard --yes",
            "one person"),
        Example("users add --template", "what a file of new users looks like"),
    ]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        if call.flag("template") { return template }
        let fields = UserFields(shell)
        let required = Resource.users.required(in: shell.session.apiVersion)
        var people: [UserRows.UserRow] = []
        if !call.fields.isEmpty { people.append(try await typed(call, fields, required)) }
        let cleared = try await fields.cleared(call.values("clear"), of: "a new user")
        if let path: String = try call["from"] {
            do {
                let rows = try await shell.files.rows(at: path, FileOptions(encoding: try call["encoding"]))
                people += try await read(rows, fields, required, cleared, call)
            } catch let error as ZoshError { throw error.at(call.span(of: "from")) }
        }
        if let input = call.input { people += try await read(input, fields, required, cleared, call) }
        guard !people.isEmpty || call.isGiven("from") || call.input != nil else {
            throw ZoshError(
                .usage, "'users add' needs fields", at: call.span,
                remedy: "users add first_name=Ada last_name=Lovelace email=ada@example.com role=… profile=…")
        }
        let holders = try await TakenAddresses.holders(call, of: people.count, shell)
        let changes = people.map { change($0, heldBy: holders[EmailAddress.folded($0.sent["email"]?.text ?? "")]) }
        let rows = try await shell.changes.apply(changes, for: call)
        guard people.isEmpty else { return rows }
        return RowStream(rows.columns, rows: [], outcome: RowOutcome(notes: ["No users given; nothing changed"]))
    }

    private func read(
        _ rows: RowStream, _ fields: UserFields, _ required: [String], _ cleared: [String], _ call: Call
    ) async throws -> [UserRows.UserRow] {
        var users = UserRows(
            fields, .add(required: required), ignoresColumns: call.flag("ignore-columns"), cleared: cleared,
            at: call.isGiven("from") ? call.span(of: "from") : call.span)
        let people = try await users.read(rows)
        try users.checkAll()
        return people
    }

    private func typed(_ call: Call, _ names: UserFields, _ required: [String]) async throws -> UserRows.UserRow {
        let given = call.fields
        for one in given where one.value.text.trimmedOfUnseen.isEmpty {
            let field = try await names.field(named: one.name, at: one.span)
            guard !required.contains(field.name) else { throw UserFields.needed(field, by: "a new user", at: one.span) }
        }
        let resolved = try await names.resolve(given)
        let absent = required.filter { (resolved.sent[$0]?.text ?? "").trimmedOfUnseen.isEmpty }
        guard absent.isEmpty else {
            let hasRows = call.isGiven("from") || call.input != nil
            let names = resolved.sent.names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
            let columns = resolved.sent.count == 1 ? "a column \(names)" : "columns \(names)"
            throw ZoshError(
                .usage,
                hasRows
                    ? "the fields on the line would add one more user, which lacks "
                        + absent.joined(separator: ", ")
                    : "a new user needs \(absent.joined(separator: ", "))", at: call.span,
                remedy: hasRows
                    ? "leave the fields out; for a value in every row give the rows \(columns)"
                    : "add \(absent.map { $0 + "=…" }.joined(separator: " "))", code: "MANDATORY_NOT_FOUND")
        }
        return UserRows.UserRow(sent: resolved.sent, shown: resolved.shown)
    }

    private func change(_ user: UserRows.UserRow, heldBy holder: String?) -> Change {
        Change(
            .create, .users, .new(handle: user.sent["email"]?.text ?? ""), holder: holder, fields: user.sent,
            shown: user.shown, action: "add")
    }

    private var template: RowStream {
        let row: Row = [
            "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com", "role": "Manager",
            "profile": "Standard",
        ]
        var columns = Columns(row.names.map { FieldPath($0) })
        columns.isTemplate = true
        return RowStream(columns, rows: [row])
    }
}
