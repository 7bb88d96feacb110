/// A JSON value that keeps what decoding into dictionaries loses: key order and number spelling.
///
/// Worlds loaded from a saved reply must come back as they were saved. Invariant: a number is the
/// text it was read from.
enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    var object: JSONObject? {
        if case .object(let members) = self { members } else { nil }
    }

    var isNull: Bool { self == .null }

    static func integer(_ value: Int) -> JSONValue { .number(String(value)) }

    /// A string, or null for nil.
    static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
}

/// The members of a JSON object in their order.
struct JSONObject: Equatable, Sendable {
    /// A key with its value.
    struct Member: Equatable, Sendable {
        var key: String
        var value: JSONValue
    }

    var members: [Member] = []

    init() {}

    init(_ pairs: KeyValuePairs<String, JSONValue>) {
        members = pairs.map { Member(key: $0.key, value: $0.value) }
    }

    /// The value of a key; setting keeps the key's place, a new key goes last, nil removes.
    subscript(key: String) -> JSONValue? {
        get { members.first { $0.key == key }?.value }
        set {
            let place = members.firstIndex { $0.key == key }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        object.members = elements.map { JSONObject.Member(key: $0.0, value: $0.1) }
        self = .object(object)
    }

    init(stringLiteral value: String) { self = .string(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
}
