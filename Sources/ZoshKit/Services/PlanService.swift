/// Plans in files: changes that were decided on, written down for review, and not begun.
public protocol PlanService: Sendable {
    /// Reads a plan that may be applied now through a connection: made by this store for this connection, as it was
    /// written, not expired and not applied before.
    /// - Throws: `ZoshError` naming what is wrong with it.
    func open(_ path: String, on connection: ConnectionSummary) async throws -> OpenedPlan
}

/// A plan whose seal and place were checked.
public struct OpenedPlan: Sendable {
    /// In order. Each one is refused whole when a field that it sets has another value by now than when it was planned.
    public let changes: [Change]
    /// The line it was made of.
    public let line: String
    /// The e-mail address of the person who made it.
    public let author: String
    /// Seconds since 1970.
    public let made: Int64
    public let expires: Int64
    package let mark: PlanMark
    /// The number of the job that the plan takes back; nil for other plans.
    package let undoes: Int?

    package init(
        changes: [Change], line: String, author: String, made: Int64, expires: Int64, mark: PlanMark, undoes: Int?
    ) {
        self.changes = changes
        self.line = line
        self.author = author
        self.made = made
        self.expires = expires
        self.mark = mark
        self.undoes = undoes
    }
}

/// What a job keeps of the plan it applies, so that no plan is applied twice.
package struct PlanMark: Sendable, Hashable {
    /// Of everything in the plan, in hexadecimal digits.
    package let digest: String
    /// Seconds since 1970.
    package let expires: Int64

    package init(digest: String, expires: Int64) {
        self.digest = digest
        self.expires = expires
    }
}

/// The plan that is made of a line while the line runs.
package protocol LinePlan: Sendable {
    /// Writes the plan down, unless the line has failed.
    /// - Returns: what is to be said of it.
    func lineEnded(after status: ExitStatus) async throws -> [String]
}
