internal import ZoshKit

/// Whether the values a condition compares with exist, where there is a list of them: roles, profiles, statuses.
///
/// `role != Manger` is true of every row, and a write after it would change every user.
struct DirectoryValues {
    /// The connections the rows are of.
    let places: RowPlaces
    /// What was asked for already, where many values are checked at once.
    var asked: AskedLists?

    var isSignedIn: Bool { places.shells.contains { $0.session.connection != nil } }
    /// What is kept of each connection.
    var kept: [DirectorySnapshot] { places.shells.map(\.directory.snapshot) }

    init(_ places: RowPlaces, asked: AskedLists? = nil) {
        self.places = places
        self.asked = asked
    }

    init(shell: ShellContext, asked: AskedLists? = nil) { self.init(RowPlaces([shell]), asked: asked) }

    /// - Throws: `ZoshError.usage` at the value when none of the organisations has one of that name or
    ///   id.
    /// - Parameter people: whether people are looked up too.
    /// - Returns: the name as Zoho has it, where the value is written in another case.
    @discardableResult
    func check(_ literal: Literal, of path: FieldPath, people: Bool = true) async throws -> String? {
        guard let text = literal.value.comparedText, !text.isEmpty else { return nil }
        if path.names.count == 1, let spelling = Resource.users.spelling[path.names[0]] {
            guard spelling.shown(text) == nil else { return nil }
            throw refusal(text, called: path.names[0], among: spelling.shown, at: literal.span)
        }
        if path.names == ["connection"] {
            let known = try await places.shells[0].connections.all().map(\.name)
            guard known.contains(text) else {
                throw refusal(text, called: path.names[0], among: known, at: literal.span)
            }
            return nil
        }
        guard let target = target(path) else { return nil }
        if target == Resource.users.name {
            return people ? try await checkPerson(text, of: path, at: literal.span) : nil
        }
        try checkPresent(at: literal.span)
        if places.shells.contains(where: { Self.has(text, $0.directory.snapshot.named(target)) }) { return nil }
        // What is kept may be older than the role.
        guard let now = try await current(target), !now.isEmpty, !Self.has(text, now) else { return nil }
        if let name = Self.alike(text, now.map(\.name)) { return name }
        if WrittenID(text).digits != nil { _ = try await self.people(within: 3600, at: literal.span) }
        if let record = kept.lazy.compactMap({ $0.record(withID: text) }).first {
            throw ZoshError(
                .usage, "no \(path.names[0]) has the id '\(text.neutralised)'", at: literal.span,
                remedy: "it is the id of \(record.portable.neutralised): compare a field that holds it")
        }
        throw refusal(text, called: path.names[0], among: now.map(\.name), at: literal.span)
    }

    /// A slip in the name of a user would match no row, and its negative every row.
    /// - Returns: the name as Zoho has it, where it is written in another case.
    private func checkPerson(_ text: String, of path: FieldPath, at span: Span) async throws -> String? {
        // `ComparedPeople` knows addresses.
        guard !text.contains("@"), WrittenID(text).digits == nil else { return nil }
        // What is kept may be older than the person.
        for age in [Int64(3600), 30] {
            guard let people = try await people(within: age, at: span), people.allSatisfy({ !$0.isEmpty }) else {
                return nil
            }
            let all = people.flatMap(\.self)
            if all.contains(where: { $0.name == text }) { return nil }
            guard age == 30 else { continue }
            if let name = Self.alike(text, all.map(\.name)) { return name }
            let names = all.map { $0.name.neutralised }
            throw ZoshError(
                .usage, "\(path) is compared with '\(text.neutralised)', and no user has this name", at: span,
                remedy: Suggestion.remedy(for: text, among: names) ?? "look for them: users find \(Syntax.quoted(text))"
            )
        }
        return nil
    }

    /// The people of each connection; nil when one of the logins may not list users.
    func people(within seconds: Int64, at span: Span) async throws -> [[Person]]? {
        try checkPresent(at: span)
        var all: [[Person]] = []
        for shell in places.shells {
            guard shell.session.connection != nil else { return nil }
            do { all.append(try await shell.directory.fresh(within: seconds).people) } catch let error as ZoshError
                where [.permission, .refused, .auth].contains(error.kind)
            { return nil }
        }
        return all
    }

    /// - Throws: at a value that would have to be looked up in a connection that is not there any more.
    private func checkPresent(at span: Span) throws {
        guard let absent = places.absent else { return }
        throw ZoshError(
            absent.kind, "this cannot be looked up where the rows come from: \(absent.problem)", at: span,
            remedy: absent.remedy)
    }

    /// - Throws: `ZoshError.usage` at a value that no value of the field's type can be compared with: it would be
    ///   compared as a text, and its negative would be true of every row.
    func checkType(_ literal: Literal, of path: FieldPath, _ field: Field) throws {
        guard case .string(let text) = literal.value, !text.isEmpty else { return }
        switch field.type {
        case .date, .dateTime:
            guard literal.moment == nil else { return }
            throw ZoshError(
                .usage, "\(path) is compared with '\(text.neutralised)', which is not a date", at: literal.span,
                remedy: "write a date: 2026-01-31, yesterday or 30d ago")
        case .checkbox:
            guard !["true", "false", "yes", "no"].contains(text.lowercased()) else { return }
            throw ZoshError(
                .usage, "\(path) is compared with '\(text.neutralised)', which is neither yes nor no", at: literal.span,
                remedy: "\(path) == yes")
        case .integer, .decimal:
            try Self.checkNumber(literal, of: path)
        case .text, .email, .reference, .list, .object, .unknown: return
        }
    }

    /// - Throws: `ZoshError.usage` at a value that is not a number.
    static func checkNumber(_ literal: Literal, of path: FieldPath) throws {
        guard literal.value != .null, Number(literal.value) == nil else { return }
        throw ZoshError(
            .usage, "\(path) is compared with '\(literal.value.text.neutralised)', which is not a number",
            at: literal.span)
    }

    /// The noun that the values of a path are names of: `role` and `role.name`.
    func target(_ path: FieldPath) -> String? {
        guard path.names.count == 1 || path.names.count == 2 && path.names[1] == "name" else { return nil }
        let head = Resource.users.fieldNames.meaning(of: path.names[0])
        guard case .field(let head) = head, case .reference(let name) = head.type else { return nil }
        return name
    }

    private static func has(_ text: String, _ names: [NamedID]) -> Bool {
        names.contains { $0.id == text || $0.name == text }
    }

    /// The only name that is the same in another case.
    static func alike(_ text: String, _ names: [String]) -> String? {
        let alike = Set(names.filter { $0.lowercased() == text.lowercased() })
        return alike.count == 1 ? alike.first : nil
    }

    /// The names there are now in all the connections; nil when one of the logins may not read them.
    func current(_ resource: String) async throws -> [NamedID]? {
        var all: [NamedID] = []
        for shell in places.shells {
            guard let names = try await current(resource, in: shell) else { return nil }
            all += names
        }
        return all
    }

    private func current(_ resource: String, in shell: ShellContext) async throws -> [NamedID]? {
        guard let asked else { return try await Self.read(resource, in: shell) }
        let key = AskedLists.Key(connection: shell.session.connection?.name, resource: resource)
        return try await asked.names(of: key) { try await Self.read(resource, in: shell) }
    }

    private static func read(_ resource: String, in shell: ShellContext) async throws -> [NamedID]? {
        guard shell.session.connection != nil else { return nil }
        do {
            guard let resource = Resource.named(resource) else { return nil }
            return try await shell.zoho.list(resource).collect().map {
                NamedID(id: $0["id"]?.text ?? "", name: $0["name"]?.text ?? "")
            }
        } catch let error as ZoshError where [.permission, .refused, .auth].contains(error.kind) { return nil }
    }

    func refusal(_ text: String, called noun: String, among names: [String], at span: Span) -> ZoshError {
        let sorted = Set(names.map(\.neutralised)).sorted()
        let some = sorted.prefix(12).listedNames + (sorted.count > 12 ? ", …" : "")
        return ZoshError(
            .usage, "there is no \(noun) '\(text.neutralised)'", at: span,
            remedy: Suggestion.remedy(for: text, among: sorted) ?? "there are: \(some)")
    }
}

/// Roles and profiles as Zoho listed them once.
actor AskedLists {
    struct Key: Hashable {
        let connection: String?
        let resource: String
    }

    private var lists: [Key: [NamedID]?] = [:]

    func names(of key: Key, _ read: @Sendable () async throws -> [NamedID]?) async throws -> [NamedID]? {
        if let known = lists[key] { return known }
        let names = try await read()
        lists[key] = .some(names)
        return names
    }
}
