internal import ZoshKit

/// Whether the values that rows of roles and profiles are compared with are names and ids of such.
extension DirectoryValues {
    /// - Parameter path: in API names, of the noun.
    /// - Returns: the value as the noun has it; nil where it is not a field with names or ids of roles or profiles.
    /// - Throws: `ZoshError.usage` at a value to leave out that none has.
    func has(_ literal: Literal, of path: FieldPath, _ field: Field?, _ noun: Resource, _ isNegated: Bool) async throws
        -> String?
    {
        guard let text = literal.value.comparedText, !text.isEmpty, let target = Self.target(path, field, noun) else {
            return nil
        }
        guard let now = try await current(target.name), !now.isEmpty else { return nil }
        if now.contains(where: { $0.name == text || $0.id == text }) { return text }
        if let name = Self.alike(text, now.map(\.name)) { return name }
        // Nothing has it: the filter says so itself.
        guard isNegated else { return nil }
        throw refusal(text, called: target.noun, among: now.map(\.name), at: literal.span)
    }

    private static func target(_ path: FieldPath, _ field: Field?, _ noun: Resource) -> Resource? {
        let listed = [Resource.roles, .profiles]
        if path.names == ["name"] || path.names == ["id"] { return listed.first { $0 == noun } }
        guard path.names.count == 1 || path.names.count == 2 && ["name", "id"].contains(path.names[1]),
            case .field(let head) = noun.fieldNames.meaning(of: path.names[0]),
            case .reference(let name) = head.type
        else { return nil }
        return listed.first { $0.name == name }
    }
}
