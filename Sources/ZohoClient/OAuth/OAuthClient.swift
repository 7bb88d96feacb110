internal import ZoshKit
internal import ZoshTrust

/// Speaks to an accounts server: grant codes and refresh tokens in, access tokens out.
///
/// Secrets travel in form bodies, never in a URL. Success is an `access_token` in the reply and nothing else: Zoho
/// sends `{"error":…}` with HTTP 200.
public struct OAuthClient: Sendable {
    let transport: HTTPTransport
    let clock: any ClientClock
    let table: DataCentreTable
    /// The command that signs in, as a remedy spells it.
    private let login: String

    /// - Parameter login: the command that signs in, as a remedy spells it.
    public init(
        transport: HTTPTransport, table: DataCentreTable = DataCentreTable(), clock: any ClientClock = SystemClock(),
        login: String = "auth login"
    ) {
        self.transport = transport
        self.table = table
        self.clock = clock
        self.login = login
    }

    /// Redeems a grant code. It works once, so this is never repeated after the request may have left.
    /// - Parameter redirectURI: the registered one; nil for a Self Client.
    /// - Throws: `ZoshError.auth` for a refusal, `.network` when there was no usable answer.
    func exchange(
        code: Secret, credentials: ClientCredentials, redirectURI: String? = nil, verifier: Secret? = nil,
        at centre: DataCentre
    ) async throws(ZoshError) -> TokenReply {
        var fields = [
            ("grant_type", "authorization_code"), ("client_id", credentials.id), ("code", code.revealed()),
        ]
        if !credentials.secret.isEmpty { fields.append(("client_secret", credentials.secret.revealed())) }
        if let redirectURI { fields.append(("redirect_uri", redirectURI)) }
        if let verifier { fields.append(("code_verifier", verifier.revealed())) }
        do {
            let reply = try await token(fields, for: .exchange, at: centre)
            // The code is spent: what it was spent for is not thrown away.
            Withdrawal.current?.end()
            return reply
        } catch {
            throw [.network, .usage].contains(error.kind) && error.code == nil ? Self.withFateOfCode(error) : error
        }
    }

    /// Whether the code is spent: it works once, and is when the request may have reached Zoho.
    private static func withFateOfCode(_ error: ZoshError) -> ZoshError {
        var explained = error
        explained.remedy =
            error.fact == .nothingSent || error.kind == .usage
            ? "\(error.remedy ?? ""); the grant code is not spent"
            : "the grant code is probably spent: make a new one, then auth login; an unknown grant may stay among "
                + "Zoho's connected apps"
        return explained
    }

    /// One new access token from a refresh token.
    func renew(
        _ refreshToken: Secret, _ credentials: ClientCredentials, for purpose: TokenError.Purpose = .refresh,
        at centre: DataCentre
    ) async throws(ZoshError) -> TokenReply {
        var fields = [
            ("grant_type", "refresh_token"), ("client_id", credentials.id), ("refresh_token", refreshToken.revealed()),
        ]
        if !credentials.secret.isEmpty { fields.append(("client_secret", credentials.secret.revealed())) }
        return try await token(fields, for: purpose, at: centre)
    }

    func pause() async throws(ZoshError) {
        let clock = clock
        do { try await Withdrawal.waiting { try await clock.sleep(for: .milliseconds(300)) } } catch {
            throw .interrupted
        }
    }

    private func token(
        _ fields: [(String, String)], for purpose: TokenError.Purpose, at centre: DataCentre
    ) async throws(ZoshError) -> TokenReply {
        let reply = try await post("/oauth/v2/token", fields, at: centre.accounts)
        if let token = TokenReply(reply.body) { return token }
        throw await refusal(reply, for: purpose, at: centre)
    }

    /// Why there is no token. Where the client is unknown the server itself is asked which data centres there are, and
    /// no secret goes to any of them. A wrong clock makes tokens seem to end too early or too late: the error names it.
    func refusal(_ reply: ZohoReply, for purpose: TokenError.Purpose, at centre: DataCentre) async -> ZoshError {
        // A server that fails has judged no client.
        guard reply.status < 500 else {
            return ZoshError(.network, "the accounts server failed (HTTP \(reply.status))", remedy: "try again later")
        }
        var refused = TokenError(
            reply.body, purpose: purpose, asked: centre, others: table.others(than: centre), login: login)
        if refused.code == "invalid_client",
            let named = try? await serverInfo(at: centre).filter({ $0.code != centre.code }), !named.isEmpty
        {
            refused.others = named
        }
        if let skew = ClockSkew(now: clock.now, date: reply.date), !skew.isHarmless { refused.skew = skew }
        return refused.zoshError
    }

    func post(
        _ path: String, _ fields: [(String, String)], headers: [(name: String, value: String)] = [], at accounts: String
    ) async throws(ZoshError) -> ZohoReply {
        let form = [(name: "Content-Type", value: "application/x-www-form-urlencoded")]
        return try await send(
            HTTPCall(
                method: .post, origin: accounts, target: path, headers: headers + form, body: HTTPCall.form(fields)))
    }

    func send(_ call: HTTPCall) async throws(ZoshError) -> ZohoReply {
        let host = WebOrigin(call.origin)?.host ?? call.origin
        do {
            let reply = try await transport.send(call)
            try Redirect.refuse(reply, from: host)
            if let throttle = Throttle(reply, from: host) { throw throttle.ofTokens }
            return try ZohoReply(reply, from: host)
        } catch let failure as TransportFailure {
            guard failure.stage == .afterSending, await transport.speaksTLS(at: call.origin) else {
                throw failure.zoshError
            }
            // Nothing of the request was understood.
            throw ZoshError(
                .usage, "\(host) requires HTTPS".neutralised,
                remedy: "write its address with https://")
        } catch let error as ZoshError {
            throw error
        } catch {
            throw ZoshError(.bug, "unexpected: \(PlainText.sentence("\(error)"))")
        }
    }
}
