/// One value of a row: JSON's kinds, with numbers kept exactly.
///
/// Zoho's ids exceed 2^53, so nothing here passes through `Double`: whole numbers are `Int64`, every other number
/// keeps the text it was written in.
///
/// For example `Value.integer(5)`, or `.row(["name": "CEO"])`, whose `shownText` is "CEO".
public enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A number that is not a whole `Int64`, as written (`1.50`, `1e9`).
    case decimal(String)
    case string(String)
    case list([Value])
    case row(Row)
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
}

extension Value {
    /// A string or null, for the many Zoho fields that are one or the other.
    public init(_ text: String?) { self = text.map(Value.string) ?? .null }

    public var isNull: Bool { if case .null = self { true } else { false } }

    /// The text of a string value; nil for every other kind.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    public var row: Row? {
        if case .row(let row) = self { row } else { nil }
    }

    public var list: [Value]? {
        if case .list(let values) = self { values } else { nil }
    }

    public var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// A whole number, also when Zoho sends it as a string (counts do both).
    public var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// The text of one cell: scalars plainly, null as nothing, lists and rows as compact JSON.
    public var text: String {
        switch self {
        case .null: ""
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .decimal(let text), .string(let text): text
        case .list, .row: JSONWriter.text(self)
        }
    }

    /// The value at a path of field names; null where the path leads nowhere, as Zoho's nullable objects do. Through a
    /// list it leads to the values of all elements, without those that have none.
    public subscript(path: FieldPath) -> Value { self[path.names[...]] }

    subscript(names: ArraySlice<String>) -> Value {
        guard let name = names.first else { return self }
        switch self {
        case .row(let row): return row[name].map { $0[names.dropFirst()] } ?? .null
        case .list(let elements): return Value.through(elements) { $0[names] }
        default: return .null
        }
    }

    /// The value of a path that leads through a list: a list again, or null when no element can have such a field.
    public static func through(_ elements: [Value], _ read: (Value) -> Value) -> Value {
        guard elements.isEmpty || elements.contains(where: { $0.row != nil || $0.list != nil }) else { return .null }
        var found: [Value] = []
        for element in elements {
            switch read(element) {
            case .null: continue
            case .list(let inner): found += inner
            case let value: found.append(value)
            }
        }
        return .list(found)
    }

    /// What stands for the value where it is shown to a person: an object with a name is its name, a list its elements.
    public var shownText: String {
        switch self {
        case .row(let row): row.string("name") ?? text
        case .list(let elements): elements.map(\.shownText).joined(separator: ", ")
        default: text
        }
    }
}
