internal import ZoshKit

/// Ends a grant at Zoho. Removing it from the store is the caller's, after this.
public struct SignOut: Sendable {
    public enum Outcome: Sendable, Equatable {
        /// Zoho ended it.
        case revoked
        /// Zoho no longer knew it: revoked elsewhere, or pushed out by a later login.
        case alreadyGone
    }

    private let oauth: OAuthClient

    public init(transport: HTTPTransport, clock: any ClientClock = SystemClock()) {
        oauth = OAuthClient(transport: transport, clock: clock)
    }

    /// Revokes the refresh token and with it every access token made from it.
    /// - Throws: `ZoshError.network` when Zoho could not be asked; the grant is then still alive.
    public func revoke(_ grant: Grant) async throws -> Outcome {
        guard let token = grant.refreshToken ?? grant.accessToken else { return .alreadyGone }
        return
            switch try await oauth.revoke(
                token, of: ClientCredentials(id: grant.clientID, secret: grant.clientSecret), at: grant.accounts)
        {
        case .revoked: .revoked
        case .unknownToZoho: .alreadyGone
        }
    }
}
