/// A user field that an organisation made itself, as a loaded world shows it: a key no documented user has.
///
/// Its type is that of the first value that is not null; text when there is none.
struct CustomField: Equatable, Sendable {
    /// Types of Fields Metadata (`data_type`).
    enum Kind: String, Sendable {
        case text, boolean, integer, double, date, datetime, multiselectpicklist
    }

    let name: String
    let kind: Kind

    /// The custom fields of loaded users, in the order they first come.
    static func all(of users: [JSONObject]) -> [CustomField] {
        var names: [String] = []
        var kinds: [String: Kind] = [:]
        for member in users.flatMap(\.members) where !DocumentedUserFields.documented.contains(member.key) {
            if !names.contains(member.key) { names.append(member.key) }
            if kinds[member.key] == nil { kinds[member.key] = kind(of: member.value) }
        }
        return names.map { CustomField(name: $0, kind: kinds[$0] ?? .text) }
    }

    private static func kind(of value: JSONValue) -> Kind? {
        switch value {
        case .null, .object: nil
        case .bool: .boolean
        case .number(let text): text.contains(where: { ".eE".contains($0) }) ? .double : .integer
        case .array: .multiselectpicklist
        case .string(let text):
            if text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil {
                .date
            } else if text.wholeMatch(of: /\d{4}-\d\d-\d\dT.*/) != nil {
                .datetime
            } else {
                .text
            }
        }
    }

    /// Whether Zoho would take the value; null clears a field of any type.
    func accepts(_ value: JSONValue) -> Bool {
        switch (kind, value) {
        case (_, .null), (.boolean, .bool), (.double, .number), (.multiselectpicklist, .array): true
        case (.integer, .number(let text)): !text.contains { ".eE".contains($0) }
        case (.text, .string): true
        case (.date, .string(let text)): text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
        case (.datetime, .string(let text)): text.wholeMatch(of: /\d{4}-\d\d-\d\dT.*/) != nil
        default: false
        }
    }

    /// What a refusal calls the type it wants.
    var expected: String { kind == .multiselectpicklist ? "jsonarray" : kind.rawValue }
}
