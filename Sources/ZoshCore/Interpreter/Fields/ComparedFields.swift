internal import ZoshKit

/// Whether two fields of users can ever be equal: `full_name != $it.role` is true of every row.
enum ComparedFields {
    /// What a field's values can equal; nil for a text, which can equal anything.
    private static func comparableKinds(_ path: FieldPath, _ field: Field) -> Set<String>? {
        if path.names.count == 2, ["name", "id"].contains(path.names[1]),
            case .field(let head) = Resource.users.fieldNames.meaning(of: path.names[0]),
            case .reference(let target) = head.type
        {
            return ["\(target).\(path.names[1])"]
        }
        guard path.names.count == 1 else { return nil }
        if Resource.users.spelling[path.names[0]] != nil { return [path.names[0]] }
        switch field.type {
        case .reference(let target): return ["\(target).name", "\(target).id"]
        case .email: return ["email"]
        case .integer, .decimal: return ["number"]
        case .checkbox: return ["checkbox"]
        case .date, .dateTime: return ["date"]
        case .text, .list, .object, .unknown:
            return switch path.names[0] {
            case "id": ["users.id"]
            case "full_name": ["users.name"]
            default: nil
            }
        }
    }

    /// Whether the values of two fields can be the same; nil where one may hold anything.
    static func areOfOneKind(
        _ one: (path: FieldPath, field: Field), _ other: (path: FieldPath, field: Field)
    ) -> Bool? {
        guard let a = comparableKinds(one.path, one.field), let b = comparableKinds(other.path, other.field) else {
            return nil
        }
        return !a.isDisjoint(with: b)
    }

    /// - Throws: `ZoshError.usage` at the second field when the two are of different kinds.
    static func check(
        _ one: (path: FieldPath, field: Field), _ other: (path: FieldPath, field: Field), at span: Span
    ) throws {
        guard areOfOneKind(one, other) == false else { return }
        if ComparedPeople.isPerson(one.path, one.field), other.field.type == .email {
            throw ZoshError(
                .usage, "\(one.path) has a name and an id to compare, not an e-mail", at: span,
                remedy: "\(one.path.names[0]) == $it.id")
        }
        throw ZoshError(
            .usage, "\(one.path) and \(other.path) hold different kinds of values, which are never the same", at: span,
            remedy:
                "compare fields of one kind, or look into the values: users list | select \(one.path), \(other.path)")
    }
}
