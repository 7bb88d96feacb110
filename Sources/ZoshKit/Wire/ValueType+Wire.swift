/// `"user"`, `{"integer": [1, 9]}`, `{"choice": ["on", "off"]}`, `{"list": "user"}`.
extension ValueType: WireForm {
    /// Those that are a word alone.
    private static let plain: [ValueType] = [
        .string, .boolean, .user, .userID, .connection, .dataCentre, .organization, .role, .profile, .field,
        .file, .date, .time, .duration, .apiVersion, .command, .setting, .settingValue, .alias, .apiPath,
        .errorCode, .variable, .expression, .pipeline,
    ]

    /// Nil for one that has parts.
    private var word: String? {
        switch self {
        case .string: "string"
        case .boolean: "boolean"
        case .user: "user"
        case .userID: "user_id"
        case .connection: "connection"
        case .dataCentre: "data_centre"
        case .organization: "organization"
        case .role: "role"
        case .profile: "profile"
        case .field: "field"
        case .file: "file"
        case .date: "date"
        case .time: "time"
        case .duration: "duration"
        case .apiVersion: "api_version"
        case .command: "command"
        case .setting: "setting"
        case .settingValue: "setting_value"
        case .alias: "alias"
        case .apiPath: "api_path"
        case .errorCode: "error_code"
        case .variable: "variable"
        case .expression: "expression"
        case .pipeline: "pipeline"
        case .integer, .choice, .list: nil
        }
    }

    public var wire: Value {
        switch self {
        case .integer(let range):
            .row(["integer": .list([.integer(range.lowerBound), .integer(range.upperBound)])])
        case .choice(let words): .row(["choice": .texts(words)])
        case .list(let element): .row(["list": element.wire])
        default: Value(word)
        }
    }

    public init(wire: Value) throws(ZoshError) {
        if let word = wire.string {
            guard let found = Self.plain.first(where: { $0.word == word }) else {
                throw ZoshError(.usage, "'\(word.neutralised)' is not a type of values")
            }
            self = found
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
