import ZoshKit

/// Commands with the shapes real modules have, and one that shows how it was called.
struct TestModule: ShellModule {
    let name = "test"
    let summary = "Commands of the tests"
    let commands: [any Command] = [
        UsersList(), UsersLookup(), UsersUpdate(), UsersDeactivate(), Invite(), Probe(), Fails(), Use(), ProbeDeep(),
    ]

    struct UsersList: Command {
        let signature = Signature("users list", "List users", scopes: ["ZohoCRM.users.READ"], aliases: ["people"]) {
            Option("type", .choice(UserType.self), default: "AllUsers", "Which")
            Option("limit", .integer(1...), "How many")
        }
        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream { shell.zoho.list(.users, .users()) }
    }

    /// Finds people by id or e-mail among the rows of the world.
    struct UsersLookup: Command {
        let signature = Signature(
            "users lookup", "Look up users", input: .optional, scopes: ["ZohoCRM.users.READ"], aliases: ["users get"]
        ) {
            Argument("user", .user, .many, "Who")
            Option("ids", .list(.userID), "Ids")
        }
        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
            var wanted = (call.values("user") + call.values("ids")).map(\.userNamed)
            if let input = call.input { wanted += try await input.collect().compactMap { $0["id"]?.text } }
            let all = try await shell.zoho.list(.users, .users()).collect()
            let found = wanted.flatMap { text in all.filter { $0["id"]?.text == text || $0["email"]?.text == text } }
            let missing = wanted.filter { text in !all.contains { $0["id"]?.text == text || $0["email"]?.text == text }
            }
            return RowStream(.of(.users), rows: found, outcome: RowOutcome(missing: missing))
        }
    }

    struct UsersUpdate: Command {
        let signature = Signature(
            "users update", "Change users", facts: [.needsUsers], input: .optional, effect: .writes,
            scopes: ["ZohoCRM.users.UPDATE"], takesFields: true
        ) {
            Argument("user", .user, .many, "Who")
        }
        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
            let fields = Row(call.fields.map { ($0.name, $0.value) })
            var ids = call.values("user").map(\.userNamed)
            if let input = call.input { ids += try await input.collect().compactMap { $0["id"]?.text } }
            return try await shell.changes.apply(
                ids.map {
                    Change(.update, .users, .existing(id: $0), fields: fields)
                }, for: call)
        }
    }

    struct Invite: Command {
        let signature = Signature("invite", "Add users", effect: .writes, scopes: ["ZohoCRM.users.CREATE"]) {
            Argument("email", .string, .many, "Who")
        }
        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
            try await shell.changes.apply(
                call.values("email").map {
                    let fields: Row = ["email": $0.value]
                    return Change(.create, .users, .new(handle: $0.text), fields: fields, action: "add")
                }, for: call)
        }
    }

    struct UsersDeactivate: Command {
        let signature = Signature(
            "users deactivate", "Deactivate", input: .optional, effect: .writes, scopes: ["ZohoCRM.users.UPDATE"]
        ) {
            Argument("user", .user, .many, "Who")
        }
        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
            try await shell.changes.apply(
                call.values("user").map {
                    Change(
                        .update, .users, .existing(id: $0.userNamed), fields: ["status": "inactive"],
                        action: "deactivate")
                }, for: call)
        }
    }

    /// Gives one row a parameter: its name and what it was given.
    struct Probe: Command {
        let signature = Signature("probe", "Show how it was called", input: .optional, effect: .local) {
            Argument("first", .string, .optional, "One word")
            Argument("rest", .string, .many, "The others")
            Option("number", .integer(0...9), "A digit")
            Option("day", .date, "A date")
            Option("list", .list(.string), "Words")
            Option("per-page", .integer(1...), "With two spellings")
            Option("where-from", .file, "A path")
            Flag("loud", "A flag")
        }
        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
            let rows = signature.parameters.flatMap { parameter in
                call.values(parameter.name).map { Row([("name", .string(parameter.name)), ("value", $0.value)]) }
            }
            return RowStream(Columns(["name", "value"]), rows: rows)
        }
    }

    struct ProbeDeep: Command {
        let signature = Signature("probe deep er", "A longer path", effect: .local) {
            Argument("exactly", .string, "One")
        }
        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream { .none }
    }

    /// Gives two rows, then fails as told.
    struct Fails: Command {
        let signature = Signature("fails", "Fail", effect: .local) {
            Argument("kind", .choice(ZoshError.Kind.self), .optional, "How")
        }
        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
            let kind: String = try call["kind"] ?? "local"
            return RowStream(from: Failing(kind: ZoshError.Kind(rawValue: kind) ?? .local, progress: shell.progress))
        }
        actor Failing: RowSource {
            let kind: ZoshError.Kind
            let progress: ProgressMeter
            var begun = false
            init(kind: ZoshError.Kind, progress: ProgressMeter) { (self.kind, self.progress) = (kind, progress) }
            func next() async throws -> RowBatch? {
                if begun { throw ZoshError(kind, "it failed") }
                begun = true
                progress.count(calls: 1, rows: 2)
                return RowBatch([["id": "1"], ["id": "2"]])
            }
            func outcome() -> RowOutcome { RowOutcome() }
        }
    }

    struct Use: Command {
        let signature = Signature("use", "Switch", effect: .local) { Argument("connection", .connection, "Which") }
        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream { .none }
    }
}

extension BoundValue {
    /// The id or e-mail that was typed, or that a row of a file or a variable has.
    fileprivate var userNamed: String { value.row.map { ($0["id"] ?? $0.values.first ?? .null).text } ?? text }
}
