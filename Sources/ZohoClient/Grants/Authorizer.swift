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

/// Supplies authorizations, and replacements for refused ones.
protocol Authorizer: Sendable {
    func authorization() async throws -> Authorization
    /// Another authorization after Zoho called this one's token dead; nil if none can be obtained.
    func renewal(of refused: Authorization) async throws -> Authorization?
    /// The same once Zoho issues another token, however long that takes; nil if waiting cannot help.
    func renewalAfterWaiting(of refused: Authorization) async throws -> Authorization?
    /// Called when Zoho accepts a token.
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
