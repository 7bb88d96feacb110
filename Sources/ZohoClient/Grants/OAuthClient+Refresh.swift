internal import ZoshKit
internal import ZoshTrust

extension OAuthClient {
    /// A new access token for a grant. Repeated once when no answer came or the answer made no sense: that costs at
    /// most one of the ten tokens in ten minutes.
    func refresh(_ grant: Grant) async throws(ZoshError) -> TokenReply {
        if grant.way == .clientCredentials {
            return try await clientCredentials(
                id: grant.clientID, secret: grant.clientSecret, organization: grant.zgid,
                scopes: grant.scopes ?? grant.asked,
                at: grant.dataCentre)
        }
        guard let refreshToken = grant.refreshToken else {
            throw ZoshError(
                .auth, "the login of '\(grant.name)' has ended and holds no refresh token",
                remedy: "auth login \(grant.name)")
        }
        let credentials = ClientCredentials(id: grant.clientID, secret: grant.clientSecret)
        do {
            return try await renew(refreshToken, credentials, at: grant.dataCentre)
        } catch {
            guard error.kind == .network else { throw error }
            try await pause()
            return try await renew(refreshToken, credentials, at: grant.dataCentre)
        }
    }
}
