internal import ZoshKit

/// A column of rows from elsewhere that is called as a field of users is: `role` of a file, `status_2` of a join.
///
/// Its values decide whether it is that field. A file's own `status` has values that users never have, and then users
/// have no say in it.
struct ColumnOfUsers {
    /// What it is called as, in API names.
    let users: (path: FieldPath, field: Field?)?
    private let isOutcome: Bool
    /// Whether it may be that of a list of roles or profiles.
    private let isListed: Bool

    /// - Parameter former: what the column was called before `select … as` gave it another name.
    init(_ path: FieldPath, _ former: FieldPath?) {
        let names = Resource.users.fieldNames
        var found: (path: FieldPath, field: Field?)?
        var isOutcome = false
        for path in [path, former].compactMap(\.self).flatMap(Self.spellings) where found == nil {
            if path == "outcome" { isOutcome = true }
            if case .path(let meant, let field) = names.meaning(of: path) { found = (meant, field) }
            if found == nil, let field = path.names.last.flatMap({ PersonHeading($0) }) {
                found = field == .email ? ("email", Field("email", .email)) : ("id", Field("id", .text))
            }
        }
        users = found
        isListed = path == "name" || former == "name"
        self.isOutcome = isOutcome
    }

    /// `role_2` is what a join calls the other side's `role`.
    private static func spellings(_ path: FieldPath) -> [FieldPath] { [path] + [path.beforeJoin].compactMap(\.self) }

    /// Whether each row has another value, of a person: names and the like resemble each other.
    var namesOne: Bool {
        guard let users, users.path.names.count == 1 else { return false }
        return ["id", "email", "full_name", "first_name", "last_name", "phone", "mobile", "zuid", "alias"].contains(
            users.path.names[0])
    }

    /// - Parameters:
    ///   - values: those the rows have.
    ///   - mayAsk: whether it is worth a call to learn which users there are.
    /// - Returns: whether users have the value, here or elsewhere.
    /// - Throws: `ZoshError.usage` at a value that this field cannot have.
    func check(
        _ literal: Literal, _ sought: SoughtValues, _ values: [String], mayAsk: Bool,
        _ places: () async throws -> RowPlaces
    ) async throws -> Bool {
        guard !values.isEmpty, let text = literal.value.comparedText, !text.isEmpty else { return false }
        let part: Condition.Part?
        switch sought.kind {
        case .value: part = nil
        case .part where sought.isNegated, .pattern where sought.isNegated: part = sought.part(literal)
        case .part, .pattern, .order, .field, .nothing: return false
        }
        if isOutcome, values.allSatisfy(KnownFields.outcomes.contains) {
            let listed = ListedValues(path: sought.field.path, values: KnownFields.outcomes)
            if let part { try listed.check(part) } else { try listed.check(literal) }
            return true
        }
        guard let (path, field) = users else {
            return isListed && part == nil ? try await checkNames(literal, values, places) : false
        }
        if path.names.count == 1, let spelling = Resource.users.spelling[path.names[0]] {
            guard values.allSatisfy({ spelling.shown($0) != nil }) else { return false }
            return try await checkListed(literal, part, sought, path, DirectoryValues(try await places()))
        }
        let directory = DirectoryValues(try await places())
        if let target = directory.target(path), target != Resource.users.name {
            guard let names = try await names(target, directory), values.allSatisfy(names.contains) else {
                return false
            }
            return try await checkListed(literal, part, sought, path, directory)
        }
        guard part == nil, let field else { return false }
        if try checkKind(literal, text, path, field, values, directory), !sought.isNegated,
            Self.isMeasure(field.type)
        {
            return true
        }
        let isPerson = ComparedPeople.isPerson(path, field)
        guard isPerson || [["id"], ["email"], ["full_name"]].contains(path.names) else { return false }
        let people = try await people(directory, at: literal.span, mayAsk: mayAsk)
        let id = WrittenID(text).digits
        return people.contains {
            $0.id == id && (isPerson || path == "id") || $0.name == text && path != "id"
                || EmailAddress.folded($0.email) == EmailAddress.folded(text)
        }
    }

    /// Roles and profiles as `api get` shows them are known by their names.
    private func checkNames(
        _ literal: Literal, _ values: [String], _ places: () async throws -> RowPlaces
    ) async throws -> Bool {
        guard values.count > 1 else { return false }
        let directory = DirectoryValues(try await places())
        for noun in [Resource.roles, .profiles] {
            guard let names = try await names(noun.name, directory), values.allSatisfy(names.contains) else { continue }
            guard let name = try await directory.has(literal, of: "name", nil, noun, true) else { return false }
            try checkCase(literal, name, of: "name")
            return true
        }
        return false
    }

    private func checkListed(
        _ literal: Literal, _ part: Condition.Part?, _ sought: SoughtValues, _ path: FieldPath,
        _ directory: DirectoryValues
    ) async throws -> Bool {
        if let part {
            return try await PartsOfValues(values: directory).check(part, of: path, isQuiet: true) == .found
        }
        if let name = try await directory.check(literal, of: path) {
            try checkCase(literal, name, of: sought.field.path)
        }
        guard let spelling = Resource.users.spelling[path.names[0]], let text = literal.value.comparedText,
            let shown = spelling.shown(text), !sought.field.isStatus
        else { return true }
        try checkCase(literal, shown, of: sought.field.path)
        return true
    }

    /// - Throws: `ZoshError.usage` at another spelling than the one that rows from elsewhere are compared with.
    private func checkCase(_ literal: Literal, _ name: String, of path: FieldPath) throws {
        guard let text = literal.value.comparedText, text != name else { return }
        throw ZoshError(
            .usage, "there is no \(path) '\(text.brief(60))'", at: literal.span, remedy: "did you mean '\(name)'?")
    }

    /// The users there are, as far as they can be had.
    private func people(_ directory: DirectoryValues, at span: Span, mayAsk: Bool) async throws -> [Person] {
        guard mayAsk else { return directory.kept.flatMap(\.people) }
        do { return try await directory.people(within: 3600, at: span)?.flatMap(\.self) ?? [] } catch let error
            as ZoshError where error.kind != .cancelled
        { return [] }
    }

    /// The names and ids of a noun; nil where they cannot be had.
    private func names(_ resource: String, _ directory: DirectoryValues) async throws -> Set<String>? {
        do {
            guard let now = try await directory.current(resource), !now.isEmpty else { return nil }
            return Set(now.flatMap { [$0.name, $0.id] })
        } catch let error as ZoshError where error.kind != .cancelled { return nil }
    }

    /// - Returns: whether the column is of the kind its name says, by all its values.
    /// - Throws: `ZoshError.usage` at a value that is not of that kind.
    private func checkKind(
        _ literal: Literal, _ text: String, _ path: FieldPath, _ field: Field, _ values: [String],
        _ directory: DirectoryValues
    ) throws -> Bool {
        let areOfKind: (String) -> Bool
        switch field.type {
        case .email: areOfKind = Likeness.isEmailAddress
        case .checkbox: areOfKind = { ["true", "false"].contains($0) }
        case .date, .dateTime: areOfKind = { $0.wholeMatch(of: /\d{4}-\d\d-\d\d.*/) != nil }
        case .integer, .decimal: areOfKind = { Number(.string($0)) != nil }
        case .text, .reference, .list, .object, .unknown:
            guard path.names.last == "id" else { return false }
            areOfKind = { WrittenID($0).digits.map { ZohoID.isID(amongNumbers: $0) } == true }
        }
        guard values.allSatisfy(areOfKind) else { return false }
        try directory.checkType(literal, of: path, field)
        if field.type == .email, !text.contains("@") {
            throw ZoshError(
                .usage, "\(path) is compared with '\(text.brief(60))', which is not an e-mail address",
                at: literal.span, remedy: "\(path) != ada@example.com")
        }
        if path.names.last == "id", WrittenID(text).digits == nil {
            throw ZoshError(
                .usage, "\(path) is compared with '\(text.brief(60))', which is not an id", at: literal.span)
        }
        return true
    }

    /// Whether values need no list to be valid: a date that no user has is a date.
    private static func isMeasure(_ type: FieldType) -> Bool {
        [.checkbox, .date, .dateTime, .integer, .decimal].contains(type)
    }
}

extension SoughtValues {
    /// One of its values as a part or a pattern that is looked for.
    fileprivate func part(_ literal: Literal) -> Condition.Part {
        if case .pattern = kind {
            return Condition.Part(field: field, value: literal, isPattern: true, isNegated: true)
        }
        return Condition.Part(field: field, value: literal, isPattern: false, isNegated: true)
    }
}
