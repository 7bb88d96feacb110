/// `"user"`, `{"integer": [1, 9]}`, `{"choice": ["on", "off"]}`, `{"list": "user"}`.
extension ValueType: WireForm {
    private static let words: [(word: String, type: ValueType)] = [
        ("string", .string), ("boolean", .boolean), ("user", .user), ("user_id", .userID),
        ("connection", .connection), ("data_centre", .dataCentre), ("organization", .organization), ("role", .role),
        ("profile", .profile), ("field", .field), ("file", .file), ("date", .date), ("time", .time),
        ("duration", .duration),
        ("api_version", .apiVersion),
        ("command", .command), ("setting", .setting), ("setting_value", .settingValue), ("alias", .alias),
        ("api_path", .apiPath), ("error_code", .errorCode), ("variable", .variable), ("expression", .expression),
        ("pipeline", .pipeline),
    ]

    public var wire: Value {
        switch self {
        case .integer(let range):
            .row(["integer": .list([.integer(range.lowerBound), .integer(range.upperBound)])])
        case .choice(let words): .row(["choice": .texts(words)])
        case .list(let element): .row(["list": element.wire])
        default: .string(Self.words.first { $0.type == self }?.word ?? "string")
        }
    }

    public init(wire: Value) throws(ZoshError) {
        if let word = wire.string {
            guard let found = Self.words.first(where: { $0.word == word }) else {
                throw ZoshError(.usage, "'\(word.neutralised)' is not a type of values")
            }
            self = found.type
            return
        }
        let fields = try WireFields(wire, of: "type of values")
        if let words = try fields.texts("choice") {
            self = .choice(words)
        } else if let element: ValueType = try fields.form("list") {
            self = .list(element)
        } else {
            let bounds = try fields.required("integer", try fields.list("integer")).compactMap(\.integer)
            guard bounds.count == 2, bounds[0] <= bounds[1] else { throw fields.mismatch("integer") }
            self = .integer(bounds[0]...bounds[1])
        }
    }
}
