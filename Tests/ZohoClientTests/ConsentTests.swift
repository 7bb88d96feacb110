import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

@Suite struct `A consent request` {
    private let redirect = "http://localhost:8080/api/auth_callback"

    @Test func `asks for offline access and consent each time, with a new state and no secret`() throws {
        let requests = try (0..<2).map { _ in
            ConsentRequest(
                clientID: "1000.A", redirect: try RedirectURI(redirect),
                scopes: ["ZohoCRM.users.READ", "ZohoCRM.org.READ"],
                at: DataCentre.known[0], proves: false)
        }
        let address = requests[0].address
        #expect(address.hasPrefix("https://accounts.zoho.com/oauth/v2/auth?response_type=code&client_id=1000.A&"))
        for part in [
            "access_type=offline", "prompt=consent", "scope=ZohoCRM.users.READ,ZohoCRM.org.READ",
            "redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fapi%2Fauth_callback", "state=",
        ] {
            #expect(address.contains(part), "\(part)")
        }
        #expect(!address.contains("secret") && !address.contains("code_challenge"))
        #expect(!requests[0].state.matches(requests[1].state))
        #expect(requests[0].state.count == 43)
        #expect(requests[0].verifier == nil)
    }

    /// RFC 7636, appendix B.
    @Test func `proves as RFC 7636 says`() {
        let verifier = Secret(copying: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(ConsentRequest.challenge(for: verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func `that proves is answered by its verifier and by nothing else`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            await stage.emulator.registerRedirectURI(redirect)
            let client = LoginClient(
                id: stage.grant.clientID, secret: stage.grant.clientSecret, kind: .mobile, source: "")
            let signIn = SignIn(transport: stage.transport, table: stage.table, clock: stage.clock)
            for isRight in [true, false] {
                let request = ConsentRequest(
                    clientID: client.id, redirect: try RedirectURI(redirect), scopes: ScopePreset.admin.scopes,
                    at: stage.emulator.home, proves: true)
                #expect(request.verifier?.count == 43)
                let code = try await consent(request, stage.transport)
                let proof = LoginProof.code(
                    code, redirectURI: redirect,
                    verifier: isRight ? request.verifier : Secret(copying: String(repeating: "x", count: 43)))
                let error = await zoshError {
                    let outcome = try await signIn.redeem(
                        proof, client: client, way: .browser, scopes: ScopePreset.admin.scopes, at: stage.emulator.home)
                    #expect(outcome.isProven)
                }
                #expect(error?.code == (isRight ? nil : "invalid_code"))
            }
        }
    }

    /// Accepts on the emulator's page and reads the redirect.
    private func consent(_ request: ConsentRequest, _ transport: HTTPTransport) async throws -> Secret {
        let halves = request.address.split(separator: "/oauth/v2/auth?", maxSplits: 1)
        let reply = try await transport.send(
            HTTPCall(
                method: .post, origin: String(halves[0]), target: "/oauth/v2/auth?" + halves[1],
                headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
                body: Array("decision=accept".utf8)))
        let answer = ConsentAnswer(pasted: try #require(reply.location))
        #expect(answer.belongs(to: request.state))
        return try answer.grantCode()
    }
}

@Suite struct `A redirect address` {
    @Test(arguments: [
        ("http://localhost:8080/api/auth_callback", "localhost", 8080, "/api/auth_callback", true),
        ("http://127.0.0.1:9000/", "127.0.0.1", 9000, "/", true), ("http://[::1]:9000/x", "[::1]", 9000, "/x", true),
        ("https://example.com/cb", "example.com", 443, "/cb", false), ("http://localhost", "localhost", 80, "/", true),
        ("http://localhost.evil.example:8080/x", "localhost.evil.example", 8080, "/x", false),
    ])
    func `is taken apart`(_ text: String, _ host: String, _ port: Int, _ path: String, _ isOurs: Bool) throws {
        let address = try RedirectURI(text)
        #expect(address.host == host && address.port == port && address.path == path && address.isOurs == isOurs)
    }

    @Test(arguments: [
        "", "localhost:8080", "ftp://x/y", "http://", "http://a:0/", "http://a:99999/", "http://u@localhost/",
        "http://localhost/?a=b", "http://[::1/",
    ])
    func `is refused when Zoho would refuse it`(_ text: String) {
        #expect(throws: ZoshError.self) { try RedirectURI(text) }
    }
}

@Suite struct `Scopes by preset or list` {
    @Test func `are read, and nonsense is told before Zoho is asked`() throws {
        #expect(try ScopePreset.scopes(of: "read-only").allSatisfy { $0.name.hasSuffix(".READ") })
        #expect(try ScopePreset.scopes(of: "full").contains("ZohoCRM.users.ALL"))
        #expect(try ScopePreset.scopes(of: "ZohoCRM.users.READ,ZohoCRM.org.READ").count == 2)
        for bad in ["", "everything", "ZohoCRM.users", "ZohoCRM..READ", "a.b.c;d", "ZohoCRM.users.READ,admin"] {
            #expect(throws: ZoshError.self, "\(bad)") { try ScopePreset.scopes(of: bad) }
        }
    }

    @Test func `are widened without repeating what is covered`() {
        let old: [Scope] = ["ZohoCRM.users.READ", "ZohoCRM.org.READ"]
        #expect(
            old.extended(by: ["ZohoCRM.users.ALL", "ZohoCRM.org.READ"]) == ["ZohoCRM.org.READ", "ZohoCRM.users.ALL"])
    }
}
