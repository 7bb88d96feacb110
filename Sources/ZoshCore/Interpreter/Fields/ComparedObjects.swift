internal import ZoshKit

/// What an object in a variable is compared as: `role == $boss.role`.
///
/// Where a field refers to another record, the object's id counts, which is looked up as a written one is: a profile is
/// not a role.
enum ComparedObjects {
    /// The value to compare with; nil when it is good as it is.
    /// - Parameter path: in API names, of users.
    /// - Throws: `ZoshError.usage` at an object that nothing in the field can be.
    static func meant(_ literal: Literal, by path: FieldPath, _ field: Field?, _ dates: DateReader) throws -> Literal? {
        guard case .row(let row) = literal.value else { return nil }
        func part(_ name: String) -> Literal? {
            row[name].flatMap(\.comparedText).map { Literal(.string($0), at: literal.span, dates: dates) }
        }
        let meant: Literal?
        switch field?.type {
        case .reference: meant = part("id") ?? part("name")
        case .email: meant = part("email")
        case .date, .dateTime, .checkbox, .integer, .decimal: meant = nil
        case .text, .list, .object, .unknown, nil:
            if path.names.last == "id" {
                meant = part("id")
            } else if path.names.count == 1, Resource.users.spelling[path.names[0]] != nil {
                meant = nil
            } else {
                return nil
            }
        }
        if let meant { return meant }
        let shown = row.string("name").map { "'\($0.brief(60))', which is an object" } ?? "an object"
        throw ZoshError(
            .usage, "\(path) is compared with \(shown)", at: literal.span,
            remedy: "name a part of it, as in $it.role.name")
    }
}
