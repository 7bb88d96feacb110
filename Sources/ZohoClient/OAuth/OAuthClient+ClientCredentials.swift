internal import ZoshKit
internal import ZoshTrust

extension OAuthClient {
    /// An access token for the client itself in one organisation; there is no refresh token, the client asks again.
    ///
    /// Zoho's CRM pages send this to `/oauth/v2/auth`, other documents to the token endpoint: the second is asked when
    /// the first one answers with something that is not a verdict. `soid` is `ZohoCRM.<zgid>`.
    func clientCredentials(
        id: String, secret: Secret, organization: String, scopes: [Scope], at centre: DataCentre
    ) async throws(ZoshError) -> TokenReply {
        let fields = [
            ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret.revealed()),
            ("scope", scopes.map(\.name).joined(separator: ",")), ("soid", "ZohoCRM.\(organization)"),
        ]
        var last: ZoshError?
        for path in ["/oauth/v2/token", "/oauth/v2/auth"] {
            let reply: ZohoReply
            do { reply = try await post(path, fields, at: centre.accounts) } catch {
                guard error.kind == .network else { throw error }
                last = last ?? error
                continue
            }
            if let token = TokenReply(reply.body) { return token }
            let refused = await refusal(reply, for: .clientCredentials, at: centre)
            // The secret is known to be wrong, or the limit reached: a second address would say the same.
            guard [nil, "invalid_client", "invalid_request"].contains(refused.code) else { throw refused }
            last = last ?? refused
        }
        throw last ?? ZoshError(.network, "no answer from the accounts server", remedy: "try again")
    }
}
