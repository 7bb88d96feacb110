import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

@Suite struct `Signing in` {
    private func signIn(_ stage: Stage) -> SignIn {
        SignIn(transport: stage.transport, table: stage.table, clock: stage.clock, retry: RetryPolicy(jitter: { 0 }))
    }

    @Test func `gives a grant that knows who, where and for how long`() async throws {
        try await Stage.with { stage in
            let grant = stage.grant
            let user = try await stage.service.currentUser()
            #expect(grant.userID == user.string("id"))
            #expect(grant.email == user.string("email"))
            #expect(grant.zuid == user["zuid"]?.text)
            #expect(await grant.zgid == stage.emulator.zgid())
            #expect(grant.apiDomain == stage.emulator.announcement.api)
            #expect(grant.accounts == stage.emulator.announcement.accounts)
            #expect(grant.dataCentreCode == "us")
            #expect(grant.environment == .production)
            #expect(grant.expiresAt == stage.clock.now + 3600)
            #expect(grant.refreshedAt == nil)
            #expect(grant.scopes?.contains("ZohoCRM.users.ALL") == true)
            #expect(!grant.name.isEmpty && grant.name == ConnectionName.kebab(grant.name))
        }
    }

    @Test func `sends secrets in the body, never in the address`() async throws {
        let lines = try await Stage.with { (stage: Stage) async throws in
            _ = try await signIn(stage).redeem(
                code: Secret(copying: await stage.emulator.issueGrantCode()), credentials: stage.emulator.credentials,
                at: stage.emulator.home)
            return stage.emulator.recentRequests.filter { $0.route == .token }
        }
        #expect(lines.allSatisfy { $0.query.isEmpty && $0.method == "POST" })
    }

    @Test func `succeeds an older login of the same connection and keeps what people chose`() async throws {
        try await Stage.with { stage in
            var old = stage.grant
            old.name = "mine"
            old.tags = ["emea"]
            old.readOnly = true
            let next = try await signIn(stage).redeem(
                code: Secret(copying: await stage.emulator.issueGrantCode()), credentials: stage.emulator.credentials,
                at: stage.emulator.home, existing: [old])
            #expect(next.id == old.id)
            #expect(next.name == "mine")
            #expect(next.tags == ["emea"])
            #expect(next.readOnly)
            #expect(next.generation == old.generation + 1)
            #expect(next.isSameConnection(as: old))
        }
    }

    @Test func `names another organisation of the same person apart`() async throws {
        try await Stage.with(configure: { $0.orgs = 2 }) { stage in
            let other = try await signIn(stage).redeem(
                code: Secret(copying: await stage.emulator.issueGrantCode(org: 1)),
                credentials: stage.emulator.credentials,
                at: stage.emulator.home, name: stage.grant.name, existing: [stage.grant])
            #expect(other.zgid != stage.grant.zgid)
            #expect(!other.isSameConnection(as: stage.grant))
            #expect(other.name == stage.grant.name + "-2")
            #expect(other.id != stage.grant.id)
        }
    }

    @Test(arguments: [
        ["ZohoCRM.org.READ", "AaaServer.profile.READ"], ["AaaServer.profile.READ"],
        ["ZohoCRM.users.READ", "AaaServer.profile.READ"],
    ])
    func `asks the accounts server where CRM may not be asked`(scopes: [String]) async throws {
        try await Stage.with(scopes: scopes, configure: { $0.userInfoOrganisationKeys = ["ZGID", "company_name"] }) {
            (stage: Stage) async throws in
            #expect(!stage.grant.zuid.isEmpty)
            #expect(await stage.grant.zgid == stage.emulator.zgid())
            #expect(stage.grant.email.contains("@"))
            #expect(!stage.grant.orgName.isEmpty)
        }
    }

    @Test func `takes the person for the organisation when none is named`() async throws {
        try await Stage.with(scopes: ["AaaServer.profile.READ"]) { (stage: Stage) async throws in
            #expect(stage.grant.zgid == stage.grant.zuid)
            #expect(stage.grant.orgName == AccountIdentity.domain(of: stage.grant.email))
        }
    }

    @Test func `says which scopes it needs when no question may be asked`() async throws {
        let error = await zoshError {
            try await Stage.with(scopes: ["ZohoCRM.settings.roles.READ"]) { (_: Stage) async throws in }
        }
        #expect(error?.code == "OAUTH_SCOPE_MISMATCH")
        #expect(
            error?.remedy
                == "sign in with the scopes ZohoCRM.users.READ and ZohoCRM.org.READ, or AaaServer.profile.READ")
    }

    @Test func `does not accept a code twice, and says so`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let code = Secret(copying: await stage.emulator.issueGrantCode())
            _ = try await signIn(stage).redeem(
                code: code, credentials: stage.emulator.credentials, at: stage.emulator.home)
            let error = await zoshError {
                _ = try await signIn(stage).redeem(
                    code: code, credentials: stage.emulator.credentials, at: stage.emulator.home)
            }
            #expect(error?.code == "invalid_code")
            #expect(error?.kind == .auth)
            #expect(error?.problem.contains(code.revealed()) == false)
        }
    }

    @Test(arguments: [
        (-330, "; also, this machine's clock is 5 min ahead of Zoho's"),
        (330, "; also, this machine's clock is 5 min behind Zoho's"), (0, ""),
    ])
    func `tells of a clock that is wrong when it is refused`(skew: Int, besides: String) async throws {
        try await Stage.with(configure: { $0.faults = "skew=\(skew)" }) { stage in
            let signIn = SignIn(transport: stage.transport, table: stage.table, clock: SystemClock())
            let error = await zoshError {
                _ = try await signIn.redeem(
                    code: Secret(copying: "1000.mistyped"), credentials: stage.emulator.credentials,
                    at: stage.emulator.home)
            }
            #expect(error?.code == "invalid_code")
            #expect(error?.problem == "Zoho does not accept this grant code" + besides)
        }
    }

    @Test func `tells a wrong data centre from a wrong secret`() async throws {
        try await Stage.with(configure: {
            $0.dataCentres = ["us", "eu"]
            $0.clientDataCentres = ["us"]
        }) { (stage: Stage) async throws in
            let eu = stage.emulator.announcement.data_centres[1]
            let code = Secret(copying: await stage.emulator.issueGrantCode())
            let elsewhere = DataCentre(code: "eu", accounts: eu.accounts, api: eu.api)
            let wrongPlace = await zoshError {
                _ = try await signIn(stage).redeem(code: code, credentials: stage.emulator.credentials, at: elsewhere)
            }
            #expect(wrongPlace?.code == "invalid_client")
            #expect(wrongPlace?.problem.contains("(eu)") == true)
            #expect(wrongPlace?.remedy?.contains("us") == true)
            let wrongSecret = ClientCredentials(id: stage.emulator.credentials.id, secret: Secret(copying: "nonsense"))
            let error = await zoshError {
                _ = try await signIn(stage).redeem(code: code, credentials: wrongSecret, at: stage.emulator.home)
            }
            #expect(error?.code == "invalid_client_secret")
            #expect(error?.problem.contains("nonsense") == false)
        }
    }

    @Test(arguments: [
        "https://www.zohoapis.evil", "https://www.zohoapis.com.evil.example", "http://www.zohoapis.com",
        "https://www.zohoapis.com:444",
        "https://user@www.zohoapis.com", "https://www.zohoapis.com/x", "javascript:alert(1)",
    ])
    func `sends no token to an unknown API address`(domain: String) async throws {
        try await Stage.with { (stage: Stage) async throws in
            let body = #"{"access_token":"a","refresh_token":"b","api_domain":"\#(domain)","expires_in":3600}"#
            stage.emulator.script(200, body, for: .token)
            let error = await zoshError {
                _ = try await signIn(stage).redeem(
                    code: Secret(copying: "c"), credentials: stage.emulator.credentials, at: stage.emulator.home)
            }
            #expect(error?.kind == .auth)
            #expect(error?.problem.contains("an unknown API address") == true)
            #expect(stage.emulator.requestCount() == 3, "the code, and the two addresses that end the grant")
        }
    }

    @Test func `refuses a login that would end within the hour`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.emulator.script(200, #"{"access_token":"a","expires_in":3600}"#, for: .token)
            let error = await zoshError {
                _ = try await signIn(stage).redeem(
                    code: Secret(copying: "c"), credentials: stage.emulator.credentials, at: stage.emulator.home)
            }
            #expect(error?.problem.contains("no refresh token") == true)
        }
    }

    @Test func `ends with the grant dead at Zoho, and once more is no error`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let signOut = SignOut(transport: stage.transport, clock: stage.clock)
            #expect(try await signOut.revoke(stage.grant) == .revoked)
            #expect(await stage.emulator.liveTokens.refresh == 0)
            #expect(try await signOut.revoke(stage.grant) == .alreadyGone)
        }
    }

    @Test func `knows the data centres an accounts server names, and only those of the table`() async throws {
        try await Stage.with { stage in
            let named =
                #"{"result":"success","locations":{"us":"\#(stage.grant.accounts)","#
                + #""xx":"https://evil.example","eu":"https://accounts.zoho.eu/"}}"#
            stage.emulator.script(200, named, for: .serverInfo)
            let centres = try await stage.oauth.serverInfo(at: stage.emulator.home)
            #expect(centres.map(\.code) == ["us", "eu"])
        }
    }

    @Test func `asks for the newer way to revoke when the older one is refused`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.emulator.script(404, #"{"error":"invalid_url"}"#, for: .revoke)
            #expect(try await SignOut(transport: stage.transport, clock: stage.clock).revoke(stage.grant) == .revoked)
            #expect(stage.emulator.recentRequests.map(\.path) == ["/oauth/v2/token/revoke", "/oauth/v2/revoke/token"])
        }
    }
}
