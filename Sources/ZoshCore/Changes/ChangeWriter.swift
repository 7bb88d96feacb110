public import ZoshKit

/// Whoever really changes things: Zoho for users, the store for connections. Only the gate holds one, so that no
/// command and no module can write past it.
public protocol ChangeWriter: Sendable {
    /// Does it, once. A writer never retries by itself: only the gate knows what may be repeated.
    func perform(_ change: Change) async -> ChangeResult

    /// Users as Zoho shows them now, by id; who does not exist is absent.
    /// - Parameter ids: at most 100, the limit of `ids=`.
    func reread(users ids: [String]) async throws -> [String: Row]

    /// Users that changed since a time and have one of these addresses, by address in lower case.
    /// - Parameter since: seconds since 1970.
    func users(withEmails emails: Set<String>, changedSince since: Int64) async throws -> [String: Row]

    /// What people call the things that fields refer to by id, by field (`role`, `profile`, `reporting_to`) and id. An
    /// id whose name cannot be had is absent.
    func names(of references: [String: Set<String>]) async -> [String: [String: String]]
}

extension ChangeWriter {
    public func names(of references: [String: Set<String>]) async -> [String: [String: String]] { [:] }
}

/// What became of one change.
public enum ChangeResult: Sendable {
    /// - Parameters:
    ///   - id: what it is called now; for a new user, the id Zoho gave.
    ///   - row: the subject afterwards, when the reply showed it.
    ///   - message: what Zoho said, when that says more than "done".
    case done(id: String?, row: Row?, message: String?)
    /// It was so already; `code` is Zoho's name for that (`ALREADY_ACTIVE`).
    case unchanged(code: String?)
    /// Zoho understood and said no.
    case refused(ZoshError)
    /// It did not happen, and the reason has nothing to do with the data.
    case failed(ZoshError)
    /// It may have happened: the request left and no reply came.
    case uncertain(reason: String)
}
