/// The audit log of this machine: a chained line for every write and local change before it begins and when it is
/// over.
///
/// For example `try await audit.lines(last: 20, where: nil)` are the latest twenty.
public protocol AuditService: Sendable {
    /// Seconds since 1970, by the clock that the lines have their times from.
    var now: Int64 { get }

    /// The lines as they were written, the oldest first.
    /// - Parameters:
    ///   - count: only so many of the latest; nil for all.
    ///   - isWanted: which of them; nil for all. The others are not held.
    func lines(last count: Int?, where isWanted: (@Sendable (Row) -> Bool)?) async throws -> [Row]

    /// Checks that every line is what and where it was.
    /// - Parameter head: the hash of a line that must be there, noted earlier.
    /// - Throws: `ZoshError` that names the first line that is not.
    func check(lookingFor head: String?) async throws -> AuditHead

    /// Checks a file that `export` made, without the store.
    func check(file: String, lookingFor head: String?) async throws -> AuditHead

    /// Writes all lines to a file that only its owner may read.
    /// - Parameter replacing: whether a file there is replaced.
    func export(to file: String, replacing: Bool) async throws -> AuditHead
}

/// Where the log ends: what to note elsewhere.
///
/// For example 1204 lines and the hash of the last one, to be kept on another machine.
public struct AuditHead: Sendable, Hashable {
    public let lines: Int64
    /// The hash of the last line; zeros when there is none.
    public let hash: String

    public init(lines: Int64, hash: String) {
        self.lines = lines
        self.hash = hash
    }
}
