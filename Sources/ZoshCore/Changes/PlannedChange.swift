internal import ZoshKit

/// A change on its way through the gate: what was asked, who it would hit, and the result if that is settled already.
struct PlannedChange: Sendable {
    let change: Change
    /// The user as Zoho showed them a moment ago; nil for other subjects.
    var current: Row?
    /// Set by the stage that decided that nothing more will be done.
    var settled: ChangeReport?
    /// When an earlier attempt may have sent the same request, its reply unknown; seconds since 1970.
    var pendingSince: Int64?
    /// What people call the roles, profiles and managers that are set by id, by field.
    var names: [String: String] = [:]
    /// What an earlier attempt called the subject.
    var name: String?

    init(_ change: Change) { self.change = change }

    /// The id of an existing user, when that is what changes.
    var userID: String? {
        if case .user(let id, _) = change.subject { id } else { nil }
    }

    /// The user as well as known: now, else as the person saw them.
    var known: Row? {
        if let current { return current }
        if case .user(_, let seen) = change.subject { return seen }
        return nil
    }

    /// What the row calls the subject: an e-mail where there is one, since scripts name people by it.
    var label: String {
        if let name { return name }
        return switch change.subject {
        case .user(let id, _): known?.string("email") ?? id
        case .newUser(let email): email
        case .connection(let name), .client(let name): name
        case .store: "the store"
        case .resource(let path): path
        }
    }
}

/// What happened to one change, as the row the person gets.
struct ChangeReport: Sendable {
    enum Outcome: String, Sendable, CaseIterable {
        case done, planned, unchanged, refused, failed, unverified
        case notStarted = "not started"

        var isFailure: Bool {
            switch self {
            case .done, .planned, .unchanged: false
            case .refused, .failed, .unverified, .notStarted: true
            }
        }
    }

    var outcome: Outcome
    var id: String?
    var code: String?
    var message: String?
    /// The fields as they were and as they would be; a dry run shows them.
    var before: Row?
    var after: Row?

    init(_ outcome: Outcome, id: String? = nil, code: String? = nil, message: String? = nil) {
        self.outcome = outcome
        self.id = id
        self.code = code
        self.message = message
    }

    init(_ outcome: Outcome, id: String? = nil, _ error: ZoshError) {
        self.init(outcome, id: id, code: error.code, message: error.problem)
    }

    /// `outcome`, not `status`: the rows can be piped into the next write, and a person's status is another thing.
    static let columns = Columns(
        ["subject", "action", "outcome", "message", "code", "id"],
        fields: .exactly(["subject", "action", "outcome", "message", "code", "id", "before", "after"]))

    func row(for planned: PlannedChange) -> Row {
        var row = Row([
            ("subject", .string(planned.label)), ("action", .string(planned.change.action)),
            ("outcome", .string(outcome.rawValue)), ("id", Value(id ?? planned.userID)), ("code", Value(code)),
            ("message", Value(message)),
        ])
        if let before { row["before"] = .row(before) }
        if let after { row["after"] = .row(after) }
        return row
    }
}
