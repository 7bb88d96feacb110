/// Plans in files: changes that were decided on, written down for review, and not begun.
///
/// For example `users update city=Bern --plan plan.json`, then `apply plan.json`.
public protocol PlanService: Sendable {
    /// Reads a plan that may be applied now through a connection: made by this store for this connection, as it was
    /// written, not expired and not applied before.
    /// - Throws: `ZoshError` naming what is wrong with it.
    func open(_ path: String, on connection: ConnectionSummary) async throws -> OpenedPlan

    /// Reads a plan that another person has made, for this one to approve.
    func review(_ path: String) async throws -> ReviewedPlan

    /// The key of this store, and the text by which others get it, for a person with this e-mail address.
    func ownKey(as email: String) async throws -> (approver: Approver, text: String)

    /// The people whose approvals count here.
    func approvers() async throws -> [Approver]

    /// A person whose key came as text.
    /// - Throws: `ZoshError` for a text that is not a key, and for a name or a key that is here already.
    func approver(named name: String, key text: String) async throws -> Approver
}

/// Another person's plan as an approver sees it; its words are derived from what it would do.
///
/// For example the plan that `approve plan.json` shows before it asks.
public struct ReviewedPlan: Sendable {
    public let line: String
    /// The e-mail address of the person who made it.
    public let author: String
    public let connection: String
    public let organisation: String
    /// `production, eu`.
    public let place: String
    /// Seconds since 1970.
    public let made: Int64
    public let expires: Int64
    /// How many approvals the author's connection demands.
    public let policy: Int
    public let digest: String
    /// A sentence for each row.
    public let rows: [String]
    /// How many of them are changes.
    public let planned: Int
    /// Whether this store made it.
    public let isOwn: Bool

    package init(
        line: String, author: String, connection: String, organisation: String, place: String, made: Int64,
        expires: Int64, policy: Int, digest: String, rows: [String], planned: Int, isOwn: Bool
    ) {
        self.line = line
        self.author = author
        self.connection = connection
        self.organisation = organisation
        self.place = place
        self.made = made
        self.expires = expires
        self.policy = policy
        self.digest = digest
        self.rows = rows
        self.planned = planned
        self.isOwn = isOwn
    }
}

/// A plan whose seal and place were checked.
///
/// For example what `apply plan.json` works from.
public struct OpenedPlan: Sendable {
    /// In order. Each one is refused whole when a field that it sets has another value by now than when it was planned.
    public let changes: [Change]
    /// Those others whose approvals count.
    public let approvers: [Approver]
    /// How many signatures under it do not count here.
    public let uncounted: Int
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
        changes: [Change], approvers: [Approver], uncounted: Int, line: String, author: String, made: Int64,
        expires: Int64,
        mark: PlanMark, undoes: Int?
    ) {
        self.changes = changes
        self.approvers = approvers
        self.uncounted = uncounted
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
    /// How long a plan can be applied; seconds.
    package static let lifetime: Int64 = 86_400

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
