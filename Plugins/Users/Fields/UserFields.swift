import ZoshKit

/// Fields as people write them, made into what Zoho takes: API names, values of the field's type, ids for names.
///
/// Serves one command: roles, profiles and the organisation's own fields are read once, however many rows there are.
actor UserFields {
    /// The values of one user.
    struct Resolved: Sendable {
        /// As it is sent. Zoho wants bare id strings for `role`, `profile` and `Reporting_To` when writing (Add User
        /// documentation, v2 to v8) although it shows objects when reading.
        var sent = Row()
        /// The same for people to read: a reference as a row with `name` and `id`.
        var shown = Row()
    }

    private let shell: ShellContext
    private let known: FieldNames
    private let people: UserNames
    private var own: FieldSet?
    private var lists: [String: [Row]] = [:]
    private var said: Set<String> = []

    init(_ shell: ShellContext) {
        self.shell = shell
        people = UserNames(shell)
        known = shell.directory.snapshot.fields(of: .users).names
    }

    /// - Throws: `ZoshError.usage` pointing at a field that users do not have, that cannot be set, that stands twice,
    ///   or whose value it cannot have.
    func resolve(_ assignments: [FieldAssignment]) async throws -> Resolved {
        var result = Resolved()
        for assignment in assignments {
            let field = try await field(named: assignment.name, at: assignment.span)
            guard result.sent[field.name] == nil else {
                throw ZoshError(.usage, "'\(field.name)' is given twice", at: assignment.span)
            }
            let (sent, shown) = try await value(assignment, field)
            result.sent[field.name] = sent
            result.shown[field.name] = shown
        }
        return result
    }

    /// The field a name or a label means.
    /// - Throws: `ZoshError.usage` when it means none, more than one, or one that cannot be set.
    func field(named name: String, at span: Span?) async throws -> Field {
        var meaning = known.meaning(of: name)
        if Resource.users.isInDoubt(meaning) {
            let set = try await described()
            meaning = set.names.meaning(of: name)
            if meaning == .unknown, let gap = set.gap {
                say(
                    "The list of user fields cannot be read (\(gap.problem)), so '\(name.neutralised)' is sent as it "
                        + "is and read back")
                return Field(name)
            }
        }
        return try Resource.users.fieldToSet(name, among: own?.names ?? known, at: span)
    }

    /// The fields as Zoho describes them now.
    private func described() async throws -> FieldSet {
        if let own { return own }
        let set = try await shell.directory.fields(of: .users)
        own = set
        return set
    }

    /// Whether a value with its own fields belongs under a heading: of a record or an object it does, of a text the
    /// heading had a dot in it.
    func holdsObject(_ row: Row, headed name: String) async throws -> Bool {
        do {
            switch try await field(named: name, at: nil).type {
            case .reference: return ["id", "name", "email"].contains { row[$0] != nil }
            case .list, .object, .unknown: return true
            case .text, .email, .integer, .decimal, .checkbox, .date, .dateTime: return row["name"] != nil
            }
        } catch let error as ZoshError where error.kind == .usage { return false }
    }

    private func say(_ sentence: String) {
        if said.insert(sentence).inserted { shell.console.note(sentence) }
    }

    // MARK: Values

    /// Whether no user can be without a value of the field.
    nonisolated func needsValue(_ field: Field) -> Bool {
        Resource.users.needsValue(of: field, in: shell.session.apiVersion)
    }

    /// The names of the fields to empty where a row has nothing for them.
    /// - Parameter owner: what must not be without them: "a new user".
    func cleared(_ values: [BoundValue], of owner: String) async throws -> [String] {
        var names: [String] = []
        for value in values {
            let field = try await field(named: value.text, at: value.span)
            guard !needsValue(field) else { throw Self.needed(field, by: owner, at: value.span) }
            names.append(field.name)
        }
        return names
    }

    static func needed(_ field: Field, by owner: String, at span: Span) -> ZoshError {
        ZoshError(
            .usage, "\(owner) needs \(field.name), so it cannot be empty", at: span, code: "MANDATORY_NOT_FOUND")
    }

    private func value(_ given: FieldAssignment, _ field: Field) async throws -> (sent: Value, shown: Value) {
        try Resource.users.checkPresence(of: given.value, in: field, shell.session.apiVersion, at: given.span)
        var given = given
        // As `city=` empties a text.
        if case .reference = field.type, given.value.list == nil, given.value.text.trimmedOfUnseen.isEmpty {
            given = FieldAssignment(name: given.name, value: .null, span: given.span)
        }
        if let (written, shown) = try Resource.users.listed(given.value, of: field, at: given.span) {
            return (.string(written), .string(shown))
        }
        if given.value.isNull, field.type == .text {
            say("\(field.name) will be empty; for the word itself write \(field.name)='null'")
        }
        guard case .reference(let name) = field.type, !given.value.isNull else {
            var field = field
            let given = FieldAssignment(name: given.name, value: given.value(for: field.type), span: given.span)
            if field.mayExceedLimits(given.value),
                case .field(let described) = try await described().names.meaning(of: field.name)
            {
                field = described
            }
            let value = try field.value(from: given.value, at: given.span)
            return (value, value)
        }
        if let list = given.value.list, list.count != 1 {
            throw ZoshError(
                .usage,
                "\(field.name) needs one \(Resource.named(name)?.noun ?? "value"), and "
                    + (list.isEmpty ? "there is none" : "there are \(list.count)"), at: given.span)
        }
        if let one = given.value.list?.first {
            given = FieldAssignment(name: given.name, value: one, span: given.span)
        }
        let target = try await reference(given, field, to: name)
        return (target["id"] ?? .null, .row(target))
    }

    /// The record a reference means, as `name` and `id`.
    private func reference(_ given: FieldAssignment, _ field: Field, to resource: String) async throws -> Row {
        if resource == Resource.users.name { return try await person(given, field) }
        let wanted = given.value.row.map { ($0["id"] ?? $0["name"] ?? .null).text } ?? given.value.text
        guard !wanted.isEmpty else {
            throw ZoshError(.usage, "there is no \(field.name) in '\(given.value.text.brief(60))'", at: given.span)
        }
        let rows = try await list(resource)
        if let row = rows.first(where: { $0["id"]?.text == wanted }) ?? Self.named(wanted, in: rows) {
            try Self.checkAgreement(given, "name", row["name"]?.text, field)
            return ["name": row["name"] ?? .null, "id": row["id"] ?? .null]
        }
        let names = rows.map { $0["name"].text.neutralised }.sorted()
        throw ZoshError(
            .usage, "there is no \(field.name) '\(wanted.neutralised)'", at: given.span,
            remedy: Suggestion.remedy(for: wanted, among: names)
                ?? "\(Suggestion.listMark)\(names.prefix(20).listedNames)\(names.count > 20 ? ", …" : "")")
    }

    /// Roles and profiles compare without case, unless two differ in nothing else.
    private static func named(_ wanted: String, in rows: [Row]) -> Row? {
        if let exact = rows.first(where: { $0["name"]?.text == wanted }) { return exact }
        let alike = rows.filter { $0["name"]?.text.lowercased() == wanted.lowercased() }
        return alike.count == 1 ? alike[0] : nil
    }

    private func list(_ resource: String) async throws -> [Row] {
        if let known = lists[resource] { return known }
        guard let noun = Resource.named(resource) else { return [] }
        let rows = try await shell.zoho.list(noun).collect()
        lists[resource] = rows
        return rows
    }

    private func person(_ given: FieldAssignment, _ field: Field) async throws -> Row {
        let (targets, _) = try await people.resolve([BoundValue(given.value, at: given.span)])
        guard let target = targets.first, targets.count == 1 else {
            let text = given.value.text.neutralised
            throw ZoshError(
                .usage, "no user matches '\(text)'", at: given.span,
                remedy: "look for them: \(FindLine.looking(for: given.value.text, in: shell.session))")
        }
        let known =
            target.seen
            ?? shell.directory.snapshot.people(matching: target.id).first.map { person in
                ["full_name": .string(person.name), "email": .string(person.email)] as Row
            }
        let person = shell.directory.snapshot.people(matching: target.id).first { $0.id == target.id }
        try Self.checkAgreement(given, "email", person?.email, field)
        try Self.checkAgreement(given, "name", person?.name, field)
        return ["name": known?["full_name"] ?? .string(target.id), "id": .string(target.id)]
    }

    /// - Throws: `ZoshError.usage` when an object that refers to a record says something else of it than is known.
    private static func checkAgreement(
        _ given: FieldAssignment, _ name: String, _ known: String?, _ field: Field
    ) throws {
        guard let said = given.value.row?.string(name), let known, !known.isEmpty,
            said.trimmedOfUnseen.foldedForSearch != known.foldedForSearch
        else { return }
        throw ZoshError(
            .usage,
            "\(field.name) is ambiguous: its \(name) says '\(said.brief(60))', and its id is that of "
                + "'\(known.brief(60))'", at: given.span, remedy: "keep one of them, such as the id")
    }
}
