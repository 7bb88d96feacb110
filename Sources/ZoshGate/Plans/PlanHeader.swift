internal import ZoshKit

/// What a plan says of itself as a whole: which line, by whom, where, until when.
struct PlanHeader: Sendable {
    /// Random, so that no two plans have one digest.
    let id: String
    let line: String
    let connection: String
    let organisation: String
    /// The organisation's `zgid`.
    let org: String
    let dataCentre: String
    let environment: String
    /// The e-mail address of who made it.
    let author: String
    /// Seconds since 1970.
    let made: Int64
    let expires: Int64
    /// The number of the job that it takes back.
    let undoes: Int?
    let cost: PlanCost
    /// How many approvals the connection demanded of what needs one.
    let policy: Int
    /// Whether this plan needs them.
    let needsApproval: Bool

    init(
        line: String, on connection: ConnectionSummary, at now: Int64, undoing job: Int?, needsApproval: Bool,
        _ cost: PlanCost
    ) {
        var generator = SystemRandomNumberGenerator()
        id = String(generator.next() as UInt64, radix: 36) + String(generator.next() as UInt64, radix: 36)
        self.line = line
        self.connection = connection.name
        organisation = connection.orgName
        org = connection.orgID
        dataCentre = connection.dataCentre
        environment = connection.environment.rawValue
        author = connection.email
        made = now
        expires = now + PlanMark.lifetime
        undoes = job
        policy = connection.approvals
        self.needsApproval = needsApproval
        self.cost = cost
    }

    /// Nil for what is not a header.
    init?(_ row: Row) {
        guard let id = row.string("id"), let line = row.string("line"), let connection = row.string("connection"),
            let organisation = row.string("organisation"), let org = row.string("org"), let dc = row.string("dc"),
            let environment = row.string("environment"), let author = row.string("author"),
            let made = row.string("made").flatMap(Timestamp.init)?.instant,
            let expires = row.string("expires").flatMap(Timestamp.init)?.instant, let cost = PlanCost(row["cost"]?.row),
            let policy = row["policy"]?.integer.flatMap({ Int(exactly: $0) }),
            let needsApproval = row["needs_approval"]?.bool
        else { return nil }
        self.id = id
        self.line = line
        self.connection = connection
        self.organisation = organisation
        self.org = org
        dataCentre = dc
        self.environment = environment
        self.author = author
        self.made = made
        self.expires = expires
        undoes = row["undoes"]?.integer.flatMap { Int(exactly: $0) }
        self.cost = cost
        self.policy = policy
        self.needsApproval = needsApproval
    }

    var row: Row {
        [
            "id": .string(id), "line": .string(line), "connection": .string(connection),
            "organisation": .string(organisation), "org": .string(org), "dc": .string(dataCentre),
            "environment": .string(environment), "author": .string(author),
            "made": .string(Timestamp.rfc3339(made)), "expires": .string(Timestamp.rfc3339(expires)),
            "undoes": undoes.map { .integer(Int64($0)) } ?? .null, "policy": .integer(Int64(policy)),
            "needs_approval": .bool(needsApproval), "cost": .row(cost.row),
        ]
    }
}
