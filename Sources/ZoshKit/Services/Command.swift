/// One thing a user can type: a signature that is data, and a function from a bound call to rows.
///
/// Commands return rows and throw `ZoshError`. They never print, never exit, and reach the world only through the
/// `ShellContext` they are handed.
///
/// ```swift
/// struct RolesCount: Command {
///     let signature = Signature("roles count", "Count the roles")
///     let examples = [Example("roles count", "one row")]
///
///     func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
///         let roles = try await shell.zoho.list(.roles).collect()
///         return RowStream(Columns(["count"]), rows: [["count": .integer(Int64(roles.count))]])
///     }
/// }
/// ```
public protocol Command: Sendable {
    var signature: Signature { get }
    var examples: [Example] { get }
    /// What Tab offers for a parameter's value where its type says too little; nil leaves it to the type.
    ///
    /// Asked at a key press: the answer comes from memory, at once.
    func candidates(for parameter: Parameter) -> [OfferedValue]?
    /// Checks the words before anything of their line or script runs: reports what `run` would refuse by them alone.
    ///
    /// Called when no variable and no file has a part in them. The call has neither fields nor input.
    /// - Throws: `ZoshError` at a word that the command will refuse.
    func check(_ call: Call) throws
    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream
}

extension Command {
    public var examples: [Example] { [] }
    public func candidates(for parameter: Parameter) -> [OfferedValue]? { nil }
    public func check(_ call: Call) throws {}
}

/// A value that a command offers itself.
///
/// For example `OfferedValue("backward-word", "to the beginning of the word")`.
public struct OfferedValue: Sendable, Hashable {
    public let text: String
    /// In a few words; may be empty.
    public let meaning: String

    public init(_ text: String, _ meaning: String = "") {
        self.text = text
        self.meaning = meaning
    }
}

/// A line shown in help and executed by the tests.
///
/// For example `Example("users list limit=5", "the first five")`.
public struct Example: Sendable, Hashable {
    public let line: String
    public let meaning: String

    public init(_ line: String, _ meaning: String = "") {
        self.line = line
        self.meaning = meaning
    }
}

/// A built-in module: a name and its commands.
///
/// ```swift
/// public struct AccessModule: ShellModule {
///     public let name = "access"
///     public let summary = "Roles and profiles"
///     public let commands: [any Command] = [RolesList()]
/// }
/// ```
public protocol ShellModule: Sendable {
    var name: String { get }
    var summary: String { get }
    var commands: [any Command] { get }
}
