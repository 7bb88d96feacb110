internal import ZoshTrust

/// What a request to the CRM API needs: where to, and as whom.
struct Authorization: Sendable {
    let apiDomain: String
    let token: Secret
    /// The grant's generation the token belongs to.
    let generation: Int64
    /// The name of the connection; nil for a login that is not stored.
    var connection: String?
}

/// Gives authorizations, and better ones when Zoho refuses.
protocol Authorizer: Sendable {
    func authorization() async throws -> Authorization
    /// Another authorization after Zoho called this one's token dead; nil when there is no better one to be had.
    func renewal(of refused: Authorization) async throws -> Authorization?
    /// The same once Zoho gives another token, however long that takes; nil when nothing can be waited for.
    func renewalAfterWaiting(of refused: Authorization) async throws -> Authorization?
    /// Hears that Zoho has accepted a token.
    func noteAccepted() async
}

/// A token that cannot be renewed: that of a login not yet stored, or one that was pasted.
struct FixedAuthorizer: Authorizer {
    let fixed: Authorization

    func authorization() -> Authorization { fixed }
    func renewal(of refused: Authorization) -> Authorization? { nil }
    func renewalAfterWaiting(of refused: Authorization) -> Authorization? { nil }
    func noteAccepted() {}
}
