/// One thing a command can be given.
///
/// For example `limit` of `users list`: an option of type `.integer(1...)`.
public struct Parameter: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// `name=value` or `--name value`.
        case option
        /// `--name`, or `name=yes`.
        case flag
        /// By position, exactly one.
        case argument
        /// By position, may be absent.
        case optionalArgument
        /// By position, all that remain; at least `minimum`.
        case arguments(minimum: Int)
    }

    public let name: String
    public let kind: Kind
    public let type: ValueType
    /// What the command assumes when nothing is given, as the user would type it.
    public let defaultText: String?
    public let help: String
}

/// What a signature's builder accepts.
///
/// For example an `Option`, a `Flag` or an `Argument`.
public protocol SignatureElement: Sendable {
    var parameter: Parameter { get }
}

/// `name=value`.
///
/// For example `Option("limit", .integer(1...), "Stop after this many")`.
public struct Option: SignatureElement {
    public let parameter: Parameter

    public init(_ name: String, _ type: ValueType, default defaultText: String? = nil, _ help: String) {
        parameter = Parameter(name: name, kind: .option, type: type, defaultText: defaultText, help: help)
    }
}

/// `--name`.
///
/// For example `Flag("all", "Deleted users as well")`.
public struct Flag: SignatureElement {
    public let parameter: Parameter

    public init(_ name: String, _ help: String) {
        parameter = Parameter(name: name, kind: .flag, type: .boolean, defaultText: nil, help: help)
    }
}

/// A value by position.
///
/// For example `Argument("user", .user, .oneOrMore, "Whom")`.
public struct Argument: SignatureElement {
    public enum Count: Sendable { case one, optional, many, oneOrMore }

    public let parameter: Parameter

    public init(_ name: String, _ type: ValueType, _ help: String) { self.init(name, type, .one, help) }

    public init(_ name: String, _ type: ValueType, _ count: Count, _ help: String) {
        let kind: Parameter.Kind =
            switch count {
            case .one: .argument
            case .optional: .optionalArgument
            case .many: .arguments(minimum: 0)
            case .oneOrMore: .arguments(minimum: 1)
            }
        parameter = Parameter(name: name, kind: kind, type: type, defaultText: nil, help: help)
    }
}

/// For example the braces behind `Signature("users list", "List users")`.
@resultBuilder
public enum SignatureBuilder {
    public static func buildExpression(_ element: any SignatureElement) -> [Parameter] { [element.parameter] }
    /// Parameters several commands share.
    public static func buildExpression(_ shared: [Parameter]) -> [Parameter] { shared }
    public static func buildBlock(_ parts: [Parameter]...) -> [Parameter] { parts.flatMap { $0 } }
}
