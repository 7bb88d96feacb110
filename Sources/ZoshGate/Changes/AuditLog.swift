public import ZoshKit

/// Records what the gate is about to change and how that ended, in a chain of lines of which none is ever changed.
public protocol AuditLog: Sendable {
    /// Seconds since 1970.
    var now: Int64 { get }

    /// Takes a line down. It is written with the next thing that is written of a job, or by `save`.
    func note(_ line: AuditLine)

    /// Every line noted is on the disk when this returns; nothing of the effects has begun.
    /// - Throws: `ZoshError` when that cannot be, so that nothing may be done.
    func save(before effects: [any Effect]) async throws

    /// Writes what can be written without a question; the rest waits.
    func saveIfOpen() async
}

/// One line of the audit log.
public struct AuditLine: Sendable {
    /// What it says, asked for while it is written: its end may name the number of its beginning.
    public let row: @Sendable () -> Row
    /// Called with the line's number once it is written.
    public let written: @Sendable (Int64) -> Void

    public init(row: @escaping @Sendable () -> Row, written: @escaping @Sendable (Int64) -> Void = { _ in }) {
        self.row = row
        self.written = written
    }
}
