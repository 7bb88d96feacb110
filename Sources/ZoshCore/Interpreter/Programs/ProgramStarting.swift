internal import ZoshKit

/// Starts other programs for `!prog`: in a session of their own, without anything secret in their environment.
public protocol ProgramStarting: Sendable {
    /// - Parameters:
    ///   - words: the program's name or path, then its arguments, exactly as it is to get them.
    ///   - hasInput: whether something will be written to it; else it reads nothing.
    /// - Throws: `ZoshError` when there is no such program or it cannot be started.
    func start(_ words: [String], hasInput: Bool) throws -> any RunningProgram
}

/// A program that was started. Dropping the last reference ends it.
public protocol RunningProgram: Sendable {
    /// Writes to its standard input.
    /// - Returns: false once it reads no more.
    func write(_ bytes: [UInt8]) async throws -> Bool
    func closeInput() async
    /// The next bytes of its standard output; empty at the end.
    func read() async throws -> [UInt8]
    /// Waits for its end.
    /// - Returns: its exit status, or 128 + the signal that ended it.
    func end() async -> Int
    /// Asks it to end, and its children.
    func stop()
}

/// Where no other program can be started.
public struct NoPrograms: ProgramStarting {
    public init() {}

    public func start(_ words: [String], hasInput: Bool) throws -> any RunningProgram {
        throw ZoshError(.local, "no other program can be started here")
    }
}
