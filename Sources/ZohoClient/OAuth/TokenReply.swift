internal import ZoshKit
internal import ZoshTrust

/// What the token endpoint returns: an access token, and whatever comes with it.
struct TokenReply: Sendable {
    /// Seconds an access token lives when the reply does not say; Zoho's documented value.
    static let usualLife: Int64 = 3600

    let accessToken: Secret
    /// Only when Zoho issued a new one; a refresh normally brings none and the old one stays.
    let refreshToken: Secret?
    let apiDomain: String?
    /// Seconds.
    let expiresIn: Int64
    /// Nil when Zoho did not list them, as older replies do not.
    let scopes: [Scope]?

    /// Reads a success; nil when there is no access token, whatever else the reply holds. Zoho sends token errors with
    /// HTTP 200, so this is the only test.
    init?(_ body: Value) {
        guard let row = body.row, let token = row.string("access_token"), !token.isEmpty else { return nil }
        accessToken = Secret(copying: token)
        refreshToken = row.string("refresh_token").flatMap { $0.isEmpty ? nil : Secret(copying: $0) }
        apiDomain = row.string("api_domain").flatMap { $0.isEmpty ? nil : $0 }
        expiresIn = Self.life(row)
        let listed = (row.string("scope") ?? "").split { $0.isWhitespace || $0 == "," }.map { Scope(String($0)) }
        scopes = listed.isEmpty ? nil : listed
    }

    /// Before December 2019 `expires_in_sec` held the seconds and `expires_in` milliseconds.
    private static func life(_ row: Row) -> Int64 {
        let seconds = row["expires_in_sec"]?.integer ?? row["expires_in"]?.integer ?? usualLife
        return (1...86_400).contains(seconds) ? seconds : usualLife
    }
}
