import ZoshKit

/// Invites people; one call each, since Zoho takes one user a request.
struct UsersAdd: Command {
    let signature = Signature(
        "users add", "Add (invite) users", input: .optional, effect: .writes, scopes: [.createUsers], takesFields: true
    ) {
        Option("from", .file, "A file of users, one a row (csv, json, …)")
        Flag("template", "Print the head of such a file")
    }

    let examples = [
        Example(
            "users add first_name=Ada last_name=Lovelace email=ada@example.com role=Manager profile=Standard --yes",
            "one person"),
        Example("users add --template", "what a file of new users looks like"),
    ]

    static let required = ["last_name", "email", "role", "profile"]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        if call.flag("template") { return template }
        var people: [[FieldAssignment]] = call.fields.isEmpty ? [] : [call.fields]
        if let path: String = try call["from"] {
            people += try await assignments(from: shell.files.rows(at: path), at: call.span(of: "from"))
        }
        if let input = call.input { people += try await assignments(from: input, at: call.span) }
        guard !people.isEmpty else {
            throw ZoshError(
                .usage, "'users add' needs fields", at: call.span,
                remedy: "users add first_name=Ada last_name=Lovelace email=ada@example.com role=… profile=…")
        }
        var changes: [Change] = []
        let fields = UserFields(shell)
        for (index, person) in people.enumerated() {
            changes.append(try await change(person, place: people.count > 1 ? "row \(index + 1): " : "", with: fields, at: call.span))
        }
        return try await shell.changes.apply(changes, for: call)
    }

    private func change(_ person: [FieldAssignment], place: String, with names: UserFields, at span: Span) async throws -> Change {
        let resolved = try await names.resolve(person)
        let fields = resolved.sent
        let absent = Self.required.filter { (fields[$0]?.text ?? "").isEmpty }
        guard absent.isEmpty else {
            throw ZoshError(
                .usage, "\(place)a new user needs \(absent.joined(separator: ", "))", at: span,
                remedy: "add \(absent.map { $0 + "=…" }.joined(separator: " "))", code: "MANDATORY_NOT_FOUND")
        }
        return Change(
            .newUser(email: fields["email"]?.text ?? ""), action: "add", operation: .createUser(fields: fields),
            after: resolved.shown, undo: .command("users delete \(fields["email"]?.text ?? "")"), blast: .access)
    }

    private func assignments(from stream: RowStream, at span: Span) async throws -> [[FieldAssignment]] {
        try await stream.collect().map { row in
            // An empty cell says nothing; it does not ask for an empty field.
            row.fields.filter { !$0.value.text.isEmpty }.map { FieldAssignment(name: $0.name, value: $0.value, span: span) }
        }
    }

    private var template: RowStream {
        let row: Row = [
            "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com", "role": "Manager", "profile": "Standard",
        ]
        return RowStream(Columns(row.names.map { FieldPath($0) }), rows: [row])
    }
}
