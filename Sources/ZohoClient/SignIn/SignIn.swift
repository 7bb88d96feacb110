public import ZoshKit
public import ZoshTrust

/// Turns a consent into a grant ready to be stored: tokens, where they hold, and whose they are.
///
/// A code dies with the first request, so everything that can be refused beforehand is. Nothing is stored here.
public struct SignIn: Sendable {
    /// A grant, not yet stored, and what storing it would replace.
    public struct Outcome: Sendable {
        public let grant: Grant
        /// The stored grant of the same person, organisation, environment and client.
        public let replaced: Grant?
        /// Whether CRM has answered a call with the new token: only then may an older grant be ended for it.
        public let isProven: Bool

        /// Whether the older grant is to be ended at Zoho: only when this login brought another refresh token for the
        /// same person, organisation, environment and client, and works. Revoking a token that both share would end
        /// the new login with the old one.
        public var endsOlder: Bool {
            guard isProven, let replaced, replaced.isSameConnection(as: grant), let before = replaced.refreshToken,
                let after = grant.refreshToken
            else { return false }
            return !before.matches(after)
        }
    }

    private let oauth: OAuthClient
    private let transport: HTTPTransport
    private let table: DataCentreTable
    private let clock: any ClientClock
    private let retry: RetryPolicy
    private let patience: RetryPatience?

    /// - Parameters:
    ///   - patience: waits out a throttle, or a new token that Zoho does not accept yet; nil reports both at once.
    ///   - wish: what the person typed, for the remedies that repeat it.
    public init(
        transport: HTTPTransport, table: DataCentreTable = DataCentreTable(), clock: any ClientClock = SystemClock(),
        retry: RetryPolicy = RetryPolicy(), patience: RetryPatience? = nil, wish: LoginOptions = LoginOptions()
    ) {
        self.patience = patience
        oauth = OAuthClient(transport: transport, table: table, clock: clock, login: wish.command)
        self.transport = transport
        self.table = table
        self.clock = clock
        self.retry = retry
    }

    /// Redeems a consent.
    /// - Parameters:
    ///   - scopes: what was asked for; kept beside what the reply says was granted, which may be nothing.
    ///   - name: what the connection shall be called; nil takes one from the organisation.
    ///   - existing: the stored grants; one of the same person, organisation, environment and client is succeeded:
    ///     the new grant has its id, and its name unless another was given.
    /// - Returns: the grant, its name unique among `existing`.
    /// - Throws: `ZoshError.auth` for what Zoho refuses, `.network` when there was no answer.
    public func redeem(
        _ proof: LoginProof, client: LoginClient, way: LoginWay, scopes: [Scope] = [], at centre: DataCentre,
        name: String? = nil,
        existing: [Grant] = []
    ) async throws -> Outcome {
        let reply = try await tokens(for: proof, client, scopes, at: centre)
        do {
            return try await outcome(of: reply, proof, client, way, scopes, at: centre, name, existing)
        } catch {
            await end(reply, client, at: centre, existing)
            throw Self.withoutRefresh(error)
        }
    }

    /// Whose the tokens are, and what they replace.
    private func outcome(
        of reply: TokenReply, _ proof: LoginProof, _ client: LoginClient, _ way: LoginWay, _ scopes: [Scope],
        at centre: DataCentre,
        _ name: String?, _ existing: [Grant]
    ) async throws -> Outcome {
        guard reply.refreshToken != nil || way == .clientCredentials else {
            throw ZoshError(
                .auth, "Zoho gave no refresh token, so this login would end within the hour",
                remedy: "make a new code; in a browser, consent again")
        }
        let home = try home(of: reply, asked: centre)
        let now = clock.now
        var organization = ""
        if case .client(let zgid) = proof { organization = zgid }
        let unnamed = Grant(
            name: name ?? "", clientID: client.id, clientSecret: client.secret, refreshToken: reply.refreshToken,
            accessToken: reply.accessToken, expiresAt: now + reply.expiresIn, accounts: home.accounts,
            apiDomain: home.api,
            dataCentreCode: home.code, environment: ZohoEnvironment(apiDomain: home.api), zuid: "", zgid: organization,
            userID: "", email: "", orgName: "", scopes: reply.scopes, asked: scopes, createdAt: now, way: way,
            clientSource: client.source, creations: [now])
        // A token can be dead on arrival; it is renewed as a stored one's would be.
        let tokens = TokenSource(unnamed, store: UnstoredGrant(unnamed), oauth: oauth, clock: clock, patience: patience)
        let who = try await identity(tokens, proof, client, at: home)
        let grant = await tokens.current.belonging(to: who)
        let old = existing.first { $0.isSameConnection(as: grant) }
        return Outcome(
            grant: named(grant, wish: name, old: old, existing: existing), replaced: old, isProven: who.isProven)
    }

    /// Ends a grant that will not be stored, unless a stored one lives by the same token. Best effort, and interrupts
    /// wait for it: no command could end it later but by Zoho's own page.
    private func end(_ reply: TokenReply, _ client: LoginClient, at centre: DataCentre, _ existing: [Grant]) async {
        guard let token = reply.refreshToken, !existing.contains(where: { $0.refreshToken?.matches(token) == true })
        else { return }
        let credentials = ClientCredentials(id: client.id, secret: client.secret)
        await Task { [oauth] in _ = try? await oauth.revoke(token, of: credentials, at: centre.accounts) }.value
    }

    /// There is no stored login yet that could be refreshed.
    private static func withoutRefresh(_ error: any Error) -> any Error {
        let dead: Set<String> = ["INVALID_TOKEN", "INVALID_OAUTHTOKEN", "invalid_code", "invalid_grant"]
        guard var explained = error as? ZoshError, let code = explained.code, dead.contains(code) else { return error }
        if code.hasPrefix("invalid_") { explained.problem = "Zoho gave a login and no longer accepts it" }
        explained.remedy = "sign in again; nothing was stored"
        return explained
    }

    private func tokens(
        for proof: LoginProof, _ client: LoginClient, _ scopes: [Scope], at centre: DataCentre
    ) async throws -> TokenReply {
        switch proof {
        case .code(let code, let redirectURI, let verifier):
            return try await oauth.exchange(
                code: code, credentials: ClientCredentials(id: client.id, secret: client.secret),
                redirectURI: redirectURI,
                verifier: verifier, at: centre)
        case .tokens(let body):
            let value = try? body.withUnsafeBytes { try JSONReader.value(of: Array($0)) }
            guard let reply = value.flatMap({ TokenReply($0) }) else {
                throw ZoshError(.bug, "a device login brought no token")
            }
            return reply
        case .client(let organization):
            return try await oauth.clientCredentials(
                id: client.id, secret: client.secret, organization: organization, scopes: scopes, at: centre)
        }
    }

    private func identity(
        _ tokens: TokenSource, _ proof: LoginProof, _ client: LoginClient, at home: DataCentre
    ) async throws -> WhoIsIt.Answer {
        let question = WhoIsIt(oauth: oauth, transport: transport, clock: clock, retry: retry)
        guard case .client(let organization) = proof else { return try await question.identify(tokens, at: home) }
        do {
            var answer = try await question.identify(tokens, at: home)
            answer.zgid = organization
            return answer
        } catch let error as ZoshError where error.kind == .auth || error.kind == .permission {
            // There is no person behind it: the client stands for itself.
            return WhoIsIt.Answer(
                zuid: client.id, zgid: organization, userID: "", email: "", orgName: "organisation \(organization)",
                isProven: false)
        }
    }

    /// The data centre the account turns out to live in, with the reply's own API address.
    private func home(of reply: TokenReply, asked: DataCentre) throws(ZoshError) -> DataCentre {
        guard let domain = reply.apiDomain else { return asked }
        guard let found = table.dataCentre(ofAPIDomain: domain), let origin = WebOrigin(domain) else {
            throw ZoshError(
                .auth, "Zoho returned an unknown API address: '\(PlainText.shown(domain, limit: 80))'",
                remedy: "if it is right, name the data centre in zosh's data-centres file and sign in again")
        }
        // The server that issued the token is the one that renews it, whatever the account's data centre.
        return DataCentre(code: found.code, accounts: asked.accounts, api: origin.text)
    }

    private func named(_ grant: Grant, wish: String?, old: Grant?, existing: [Grant]) -> Grant {
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

extension Grant {
    /// The grant of a login under way, now that it is known whose it is.
    fileprivate func belonging(to who: WhoIsIt.Answer) -> Grant {
        Grant(
            id: id, name: name, clientID: clientID, clientSecret: clientSecret, refreshToken: refreshToken,
            accessToken: accessToken,
            expiresAt: expiresAt, refreshedAt: refreshedAt, accounts: accounts, apiDomain: apiDomain,
            dataCentreCode: dataCentreCode,
            environment: environment, zuid: who.zuid, zgid: who.zgid, userID: who.userID, email: who.email,
            orgName: who.orgName,
            scopes: scopes, asked: asked, createdAt: createdAt, generation: generation, way: way,
            clientSource: clientSource,
            edition: who.edition, creations: creations)
    }
}
