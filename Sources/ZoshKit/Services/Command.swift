/// One thing a user can type: a signature that is data, and a function from a bound call to rows.
///
/// Commands return rows and throw `ZoshError`. They never print, never exit, and reach the world only through the
/// `ShellContext` they are handed.
public protocol Command: Sendable {
    var signature: Signature { get }
    var examples: [Example] { get }
    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream
}

extension Command {
    public var examples: [Example] { [] }
}

/// A line shown in help and executed by the tests.
public struct Example: Sendable, Hashable {
    public let line: String
    public let meaning: String

    public init(_ line: String, _ meaning: String = "") {
        self.line = line
        self.meaning = meaning
    }
}

/// A built-in module: a name and its commands.
public protocol ShellModule: Sendable {
    var name: String { get }
    var summary: String { get }
    var commands: [any Command] { get }
}
