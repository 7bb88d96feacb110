/// What a parameter accepts: read by the binder (check), the completer (candidates), help and other programs.
///
/// For example `.choice(["on", "off"])`, `.list(.user)`.
public indirect enum ValueType: Sendable, Hashable {
    case string
    case integer(ClosedRange<Int64>)
    case boolean
    /// One of these words.
    case choice([String])
    /// A user: id, e-mail, or (at the prompt) a name.
    case user
    case userID
    case connection
    case dataCentre
    case organization
    case role
    case profile
    /// The API name of a field of the rows or of the user module.
    case field
    /// A path on this machine.
    case file
    /// `2026-01-31`, an RFC 3339 time, `30d ago`, `yesterday`.
    case date
    /// A time to come: `2026-12-31 17:00 Europe/Berlin`, or an RFC 3339 time.
    case time
    /// A length of time: `2h`.
    case duration
    /// An API version, `v2` … `v8`.
    case apiVersion
    /// The name of a command, for `help`.
    case command
    /// The name of a setting.
    case setting
    /// What the setting named before it can be set to.
    case settingValue
    /// The name of an alias.
    case alias
    /// A path of the CRM API.
    case apiPath
    /// A documented error code, for `explain`.
    case errorCode
    /// A variable's name, without `$`.
    case variable
    /// The rest of the stage as a condition: `status == active and role.name ~ '^Sales'`.
    case expression
    /// The rest of the stage as a command line: `{ users deactivate $it.id }` or a pipeline after `=`.
    case pipeline
    /// Comma-separated values of one type.
    case list(ValueType)

    /// How help and errors call such a value.
    public var noun: String {
        switch self {
        case .string, .settingValue, .alias, .apiPath: "text"
        case .integer: "number"
        case .boolean: "yes|no"
        case .choice(let words): words.joined(separator: "|")
        case .user: "user"
        case .userID: "user id"
        case .connection: "connection"
        case .dataCentre: "data centre"
        case .organization: "organisation"
        case .role: "role"
        case .profile: "profile"
        case .field: "field"
        case .file: "file"
        case .date: "date"
        case .time: "time"
        case .duration: "duration"
        case .apiVersion: "v2…v8"
        case .command: "command"
        case .setting: "setting"
        case .errorCode: "code"
        case .variable: "name"
        case .expression: "condition"
        case .pipeline: "pipeline"
        case .list(let element): "\(element.noun),…"
        }
    }
}

extension ValueType {
    /// The type of one element of a list, else the type itself.
    package var element: ValueType { if case .list(let element) = self { element } else { self } }

    /// `a user id`, `an organisation`: as errors say what a text is not.
    public var nounWithArticle: String { (noun.first.map { "aeio".contains($0) } == true ? "an " : "a ") + noun }

    /// Choices out of an enumeration, so that a command and its signature cannot disagree.
    public static func choice<T: CaseIterable & RawRepresentable>(_ type: T.Type) -> ValueType
    where T.RawValue == String {
        .choice(type.allCases.map(\.rawValue))
    }

    public static func integer(_ range: PartialRangeFrom<Int64>) -> ValueType { .integer(range.lowerBound...Int64.max) }
}
