internal import ZoshKit

/// Checks that the ids a condition compares with are ids, and that a user, a role or a profile has them.
///
/// `id != ann@x.example` and `role.id != Manager` are true of every row.
struct ComparedIDs {
    let values: DirectoryValues
    /// Ids of users by the age they may have; nil where this login may not list them.
    private var people: [Int64: Set<String>?] = [:]

    init(values: DirectoryValues) { self.values = values }

    /// - Parameters:
    ///   - path: in API names, of users.
    ///   - lookUp: whether the ids of people are looked up too.
    /// - Throws: `ZoshError.usage` at a value that is not an id, or one that nothing of its kind has. To look for a
    ///   user who is gone matches no row; to exclude them matches every row, and is refused.
    mutating func check(_ compared: Condition.Equality, _ literal: Literal, of path: FieldPath, lookUp: Bool)
        async throws
    {
        // Without a connection there are no users to choose.
        guard values.isSignedIn, let kind = Self.kind(of: path),
            let text = literal.value.comparedText, !text.isEmpty
        else { return }
        let written = WrittenID(text)
        guard let digits = written.digits else {
            // A reference alone is compared by names too, of which others know.
            guard path.names.last == "id", Self.several(text) == nil else { return }
            throw written.isDamaged
                ? damaged(text, path, literal.span) : try await notAnID(text, compared, path, kind, literal.span)
        }
        guard try await !isKnown(digits, kind, lookUp && compared.isNegated, literal.span) else { return }
        if written.isDamaged { throw damaged(text, path, literal.span) }
        throw try await unknownID(digits, compared, path, kind, literal.span)
    }

    /// The ids in a text that is several; nil when it is not.
    static func several(_ text: String) -> [String]? {
        let several = text.split { $0 == "," || $0 == ";" || $0.isWhitespace }.compactMap {
            WrittenID(String($0)).digits
        }
        // Groups of three digits are one number.
        return several.count > 1 && several.contains { $0.utf8.count > 3 } ? several : nil
    }

    /// The noun that the ids at a path belong to: `id`, `role.id`, `Modified_By`.
    private static func kind(of path: FieldPath) -> Resource? {
        if path.names == ["id"] { return .users }
        guard path.names.count == 1 || path.names.count == 2 && path.names[1] == "id",
            case .field(let head) = Resource.users.fieldNames.meaning(of: path.names[0]),
            case .reference(let target) = head.type
        else { return nil }
        // `DirectoryValues` knows what roles and profiles are compared with by name or id.
        return path.names.count == 2 || target == Resource.users.name ? Resource.named(target) : nil
    }

    private mutating func isKnown(_ id: String, _ kind: Resource, _ lookUp: Bool, _ span: Span) async throws -> Bool {
        guard kind == .users else {
            let kept = values.kept
            if kept.contains(where: { $0.named(kind.name).contains { $0.id == id } }) {
                return true
            }
            guard let now = try await values.current(kind.name), !now.isEmpty else { return true }
            return now.contains { $0.id == id }
        }
        guard lookUp else { return true }
        // What is kept may be older than the person.
        for age in [Int64(3600), 30] {
            guard let ids = try await ids(within: age, at: span), !ids.isEmpty, !ids.contains(id) else { return true }
        }
        return false
    }

    private mutating func ids(within age: Int64, at span: Span) async throws -> Set<String>? {
        if let known = people[age] { return known }
        let ids = try await values.people(within: age, at: span).map { Set($0.joined().map(\.id)) }
        people[age] = .some(ids)
        return ids
    }

    // MARK: Refusals

    private func damaged(_ text: String, _ path: FieldPath, _ span: Span) -> ZoshError {
        let field = path.names == ["id"] ? "email" : path.names[0]
        return ZoshError(
            .usage, "\(path) is compared with '\(text.brief(60))', an id that a spreadsheet changed", at: span,
            remedy: "compare \(field) instead, or export the ids as text")
    }

    private func notAnID(
        _ text: String, _ compared: Condition.Equality, _ path: FieldPath, _ kind: Resource, _ span: Span
    ) async throws -> ZoshError {
        ZoshError(
            .usage, "\(path) is compared with '\(text.brief(60))', which is not an id", at: span,
            remedy: try await other(text, path, kind, span).map { compared.rewritten($0.field, $0.value) }
                ?? Self.listing(kind))
    }

    /// The field that a text is a value of.
    private func other(_ text: String, _ path: FieldPath, _ kind: Resource, _ span: Span) async throws -> (
        field: String, value: String
    )? {
        guard kind == .users else {
            let names = (try await values.current(kind.name) ?? []).map(\.name)
            return (names.first { $0 == text } ?? Suggestion.nearest(to: text, among: names)).map {
                (path.names[0], $0)
            }
        }
        let isOwn = path.names == ["id"]
        if text.contains("@") { return (isOwn ? "email" : path.names[0], text) }
        let people = (try await values.people(within: 3600, at: span) ?? []).joined()
        if people.contains(where: { $0.name == text }) { return (isOwn ? "full_name" : path.names[0], text) }
        guard isOwn else { return nil }
        if values.kept.contains(where: { $0.roles.contains { $0.name == text } }) { return ("role", text) }
        return values.kept.contains { $0.profiles.contains { $0.name == text } } ? ("profile", text) : nil
    }

    private func unknownID(
        _ id: String, _ compared: Condition.Equality, _ path: FieldPath, _ kind: Resource, _ span: Span
    ) async throws -> ZoshError {
        _ = try await values.people(within: 3600, at: span)
        let meant: String? =
            switch values.kept.lazy.compactMap({ $0.record(withID: id) }).first {
            case .person where kind != .users: "id"
            case .role where kind != .roles: "role.id"
            case .profile where kind != .profiles: "profile.id"
            case .person, .role, .profile, nil: nil
            }
        return ZoshError(
            .usage, "\(path) is compared with '\(id.brief(60))', and no \(kind.noun) has this id", at: span,
            remedy: meant.map { compared.rewritten($0, id) } ?? Self.listing(kind))
    }

    private static func listing(_ kind: Resource) -> String {
        kind == .users ? "users list | select id, email" : "\(kind.name) list | select id, name"
    }
}

extension Value {
    /// A single value as text; nil of nothing, of a list and of an object.
    var comparedText: String? {
        switch self {
        case .null, .list, .row: nil
        case .bool, .integer, .decimal, .string: text
        }
    }
}
