import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

/// Attacks on a login that a hostile address, reply or clock can mount; each by the name docs/SECURITY.md gives it.
@Suite("Attacks on a login")
struct LoginAttackTests {
    private let table = DataCentreTable()

    private func home(_ query: String, asked: String = "us") throws -> DataCentre {
        try table.home(of: ConsentAnswer(query: query), asked: table.dataCentre(named: asked))
    }

    @Test(
        "accounts-server-lookalike",
        arguments: [
            "https://accounts.zoho.eu.evil.example", "https://accounts-zoho.eu", "http://accounts.zoho.eu",
            "https://accounts.zoho.eu:444",
            "https://accounts.zoho.eu@evil.example", "https://accounts.zoho.eu/oauth", "https://accounts.zohο.eu",
            "https://ACCOUNTS.ZOHO.CO",
            "//accounts.zoho.eu", "accounts.zoho.eu", "https://accounts.zoho.eu%2eevil.example",
            "https://accounts.zoho.eu\u{0}.evil",
        ])
    func lookalike(_ server: String) throws {
        let query = "code=c&location=eu&accounts-server=" + URLText.escaped(server)
        #expect(throws: ZoshError.self, "\(server)") { try home(query) }
    }

    @Test func `a location and an accounts server that contradict each other end the login`() throws {
        #expect(throws: ZoshError.self) {
            try home("code=c&location=in&accounts-server=https%3A%2F%2Faccounts.zoho.eu")
        }
        #expect(throws: ZoshError.self) { try home("code=c&location=mars") }
    }

    @Test func `a true answer names the home, in every documented form`() throws {
        #expect(try home("code=c&location=eu&accounts-server=https%3A%2F%2Faccounts.zoho.eu&").code == "eu")
        #expect(try home("code=c&location=eu").code == "eu")
        #expect(try home("code=c&accounts-server=https%3A%2F%2Faccounts.zoho.in").code == "in")
        #expect(try home("code=c&location=ca&accounts-server=https%3A%2F%2Faccounts.zohocloud.ca%2F").code == "ca")
        #expect(try home("code=c", asked: "jp").code == "jp")
    }

    @Test("redirect-leaks-token", arguments: [301, 302, 303, 307, 308])
    func redirectLeaksToken(_ status: Int) async throws {
        let thief = try LoopbackServer(LoopbackServer.reply(200, "{}"))
        let accounts = try LoopbackServer(
            LoopbackServer.reply(status, "", ["Location: \(thief.origin)/oauth/v2/token?x=1"]))
        let transport = HTTPTransport(deadline: .seconds(3600), connecting: .seconds(110))
        let centre = DataCentre(code: "own", accounts: accounts.origin, api: accounts.origin)
        let oauth = OAuthClient(transport: transport, table: DataCentreTable(own: centre))
        let error = await zoshError {
            _ = try await oauth.exchange(
                code: Secret(copying: "1000.code"),
                credentials: ClientCredentials(id: "1000.A", secret: Secret(copying: "secret")), at: centre)
        }
        #expect(error?.problem.contains("redirects") == true)
        #expect(accounts.requests.count == 1)
        #expect(thief.requests.isEmpty)
        accounts.close()
        thief.close()
        await transport.shutdown()
    }

    @Test("env-url-steals-grant")
    func environmentStealsGrant() async throws {
        try await Stage.with { (stage: Stage) async throws in
            // Another environment names another data centre; the stored grant goes on to its own.
            let thief = DataCentre(code: "own", accounts: "http://127.0.0.1:9", api: "http://127.0.0.1:9")
            let oauth = OAuthClient(transport: stage.transport, table: DataCentreTable(own: thief), clock: stage.clock)
            let tokens = TokenSource(stage.grant, store: stage.store, oauth: oauth, clock: stage.clock)
            stage.clock.advance(4000)
            let service = HTTPZohoService(tokens: tokens, transport: stage.transport, clock: stage.clock)
            _ = try await service.currentUser()
            #expect(await stage.emulator.tokenRefreshes == 1)
            let stored = try #require(await stage.store.grant(stage.grant.id))
            #expect(stored.accounts == stage.emulator.announcement.accounts)
            #expect(stored.apiDomain == stage.emulator.announcement.api)
        }
    }

    @Test("refresh-reply-lost")
    func refreshReplyLost() async throws {
        try await Stage.with(configure: { $0.faults = "lost:#2@token" }) { (stage: Stage) async throws in
            stage.clock.advance(4000)
            _ = try await stage.service.currentUser()
            // One acknowledged refresh, at the cost of one more.
            #expect(stage.emulator.requestCount(.token) == 2)
            #expect(await stage.store.saves == 1)
            _ = try await stage.service.currentUser()
            #expect(stage.emulator.requestCount(.token) == 2)
        }
    }

    @Test("clock-jump-refresh-storm")
    func clockJumps() async throws {
        try await Stage.with { (stage: Stage) async throws in
            for jump in [7200, -90_000, 500_000, -3600, 10_000_000] as [Int64] {
                stage.clock.jump(jump)
                for _ in 0..<20 { _ = try await stage.service.currentUser() }
            }
            #expect(stage.emulator.requestCount(.token) <= 1)
            #expect(stage.emulator.requestCount(.listUsers) == 100)
        }
    }

    @Test("revoke-same-token")
    func revokeSameToken() async throws {
        // What decides is in ConnectionAdmin; what it decides by is that a succeeded grant can hold the same token.
        try await Stage.with { (stage: Stage) async throws in
            let token = try #require(stage.grant.refreshToken)
            let body =
                #"{"access_token":"\#(try #require(stage.grant.accessToken).revealed())","#
                + #""refresh_token":"\#(token.revealed())","expires_in":3600}"#
            stage.emulator.script(200, body, for: .token)
            let client = LoginClient(
                id: stage.grant.clientID, secret: stage.grant.clientSecret, kind: .selfClient, source: "")
            let outcome = try await SignIn(transport: stage.transport, table: stage.table, clock: stage.clock).redeem(
                .code(Secret(copying: "c"), redirectURI: nil, verifier: nil), client: client, way: .selfClient,
                at: stage.emulator.home,
                existing: [stage.grant])
            #expect(outcome.replaced?.id == stage.grant.id)
            #expect(outcome.grant.refreshToken?.matches(token) == true)
            #expect(!outcome.endsOlder)
            // A different token of the same connection, proven: the older one is ended.
            let fresh = try await SignIn(transport: stage.transport, table: stage.table, clock: stage.clock).redeem(
                .code(Secret(copying: await stage.emulator.issueGrantCode()), redirectURI: nil, verifier: nil),
                client: client,
                way: .selfClient, at: stage.emulator.home, existing: [stage.grant])
            #expect(fresh.endsOlder)
        }
    }
}
