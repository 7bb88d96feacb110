internal import ZoshKit

/// The types a script's parameter can have: `param leaver: user`.
enum ScriptType {
    private static let table: [(name: String, type: ValueType)] = [
        ("text", .string), ("number", .integer(Int64.min...Int64.max)), ("yesno", .boolean), ("user", .user),
        ("id", .userID),
        ("role", .role), ("profile", .profile), ("date", .date), ("file", .file), ("field", .field),
        ("connection", .connection),
    ]

    static var names: [String] { table.map(\.name) }

    static func named(_ name: String) -> ValueType? { table.first { $0.name == name }?.type }
}
