public import ZoshKit

/// Turns a grant code into a grant ready to be stored: tokens, where they hold, and whose they are.
///
/// The code dies with the first request, so everything that can be refused beforehand is. Nothing is stored here.
public struct SignIn: Sendable {
    private let oauth: OAuthClient
    private let transport: HTTPTransport
    private let table: DataCentreTable
    private let clock: any ClientClock
    private let retry: RetryPolicy

    public init(
        transport: HTTPTransport, table: DataCentreTable = DataCentreTable(), clock: any ClientClock = SystemClock(),
        retry: RetryPolicy = RetryPolicy()
    ) {
        oauth = OAuthClient(transport: transport, table: table, clock: clock)
        self.transport = transport
        self.table = table
        self.clock = clock
        self.retry = retry
    }

    /// Redeems a grant code.
    /// - Parameters:
    ///   - redirectURI: the registered one; nil for a Self Client.
    ///   - name: what the connection shall be called; nil takes one from the organisation.
    ///   - existing: the stored grants; one of the same person, organisation, environment and client is succeeded:
    ///     the new grant has its id, and its name unless another was given.
    /// - Returns: the grant, not yet stored. Its name is unique among `existing`.
    /// - Throws: `ZoshError.auth` for what Zoho refuses, `.network` when there was no answer.
    public func redeem(
        code: Secret, credentials: ClientCredentials, redirectURI: String? = nil, at centre: DataCentre, name: String? = nil,
        existing: [Grant] = []
    ) async throws -> Grant {
        let reply = try await oauth.exchange(code: code, credentials: credentials, redirectURI: redirectURI, at: centre)
        guard reply.refreshToken != nil else {
            throw ZoshError(
                .auth, "Zoho gave no refresh token, so this login would end within the hour",
                remedy: "make a new code; in a browser the consent must be asked for anew")
        }
        let home = try home(of: reply, asked: centre)
        let who = try await WhoIsIt(oauth: oauth, transport: transport, clock: clock, retry: retry).identify(reply, at: home)
        let now = clock.now
        let grant = Grant(
            name: name ?? "", clientID: credentials.id, clientSecret: credentials.secret, refreshToken: reply.refreshToken,
            accessToken: reply.accessToken, expiresAt: now + reply.expiresIn, accounts: home.accounts, apiDomain: home.api,
            dataCentreCode: home.code, environment: ZohoEnvironment(apiDomain: home.api), zuid: who.zuid, zgid: who.zgid,
            userID: who.userID, email: who.email, orgName: who.orgName, scopes: reply.scopes, createdAt: now)
        return named(grant, wish: name, existing: existing)
    }

    /// The data centre the account turns out to live in, with the reply's own API address.
    private func home(of reply: TokenReply, asked: DataCentre) throws(ZoshError) -> DataCentre {
        guard let domain = reply.apiDomain else { return asked }
        guard let found = table.dataCentre(ofAPIDomain: domain), let origin = Origin(domain) else {
            throw ZoshError(
                .auth, "Zoho names an API address zosh does not know: '\(PlainText.shown(domain, limit: 80))'",
                remedy: "if it is right, set ZOSH_ACCOUNTS_URL and ZOSH_API_URL and sign in again")
        }
        // The server that issued the token is the one that renews it, whatever the account's data centre.
        return DataCentre(code: found.code, accounts: asked.accounts, api: origin.text)
    }

    private func named(_ grant: Grant, wish: String?, existing: [Grant]) -> Grant {
        let old = existing.first { $0.isSameConnection(as: grant) }
        let taken = Set(existing.filter { $0.id != old?.id }.map(\.name))
        if let old {
            let free = wish.map { ConnectionName.suggested(for: $0, taken: taken) }
            return grant.succeeding(old, name: wish.map { taken.contains($0) ? free ?? $0 : $0 })
        }
        var named = grant
        if let wish, !taken.contains(wish) {
            named.name = wish
        } else {
            let fallback = AccountIdentity.domain(of: grant.email).map { String($0.prefix { $0 != "." }) } ?? ""
            named.name = ConnectionName.suggested(for: wish ?? grant.orgName, fallback: fallback, taken: taken)
        }
        return named
    }
}
