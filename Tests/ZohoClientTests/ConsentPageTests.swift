import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

@Suite struct `A consent page` {
    private let redirect = "http://localhost:8080/api/auth_callback"

    @Test(arguments: [
        (
            "<html><h1>Error</h1><p class=\"error\">Invalid Redirect Uri. It does not match.</p>",
            "invalid_redirect_uri", "Invalid Redirect Uri. It does not match"
        ),
        (
            "<title>ERROR_invalid_client</title><body>ERROR_invalid_client</body>", "invalid_client",
            "invalid_client ERROR_invalid_client"
        ),
        (
            "<STYLE>p { color: red }</STYLE><p>Invalid OAuth\n  Scope</p><p>Scope does not exist</p>", "invalid_scope",
            "Invalid OAuth Scope Scope does not exist"
        ),
        ("Scope does not exist", "invalid_scope", "Scope does not exist"),
        ("<p>Invalid response type.</p>", "invalid_response_type", "Invalid response type"),
        ("{\"error\":\"invalid_scope\"}", "invalid_scope", "invalid_scope\"}"),
        ("invalid client \u{1B}]0;x\u{7}", "invalid_client", "invalid client \u{FFFD}]0;x\u{FFFD}"),
    ])
    func `is read as its few words say`(page: String, code: String, said: String) {
        let mistake = ConsentMistake(page: page, of: "eu")
        #expect(mistake?.code == code)
        #expect(mistake?.said == said)
    }

    @Test(arguments: [
        "", "<", "<script", "<p>Sign in to your account</p>",
        "<script>var texts = ['Invalid client id']</script><form>Accept?</form>",
        "<p>invalid client</p>" + String(repeating: "<p>and everything else a sign-in page may hold</p>", count: 30),
    ])
    func `that says none of it is no mistake`(page: String) {
        #expect(ConsentMistake(page: page, of: "eu") == nil)
    }

    @Test func `of Zoho's is looked at without the state, and in the data centre it leads to`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            await stage.emulator.registerRedirectURI(redirect)
            let oauth = OAuthClient(transport: stage.transport, table: stage.table, clock: stage.clock)
            func look(_ id: String, _ redirect: String, _ scopes: [Scope]) async throws -> String? {
                let request = ConsentRequest(
                    clientID: id, redirect: try RedirectURI(redirect), scopes: scopes, at: stage.emulator.home,
                    proves: false)
                #expect(!request.probePath.contains(request.state.revealed()))
                return try await oauth.mistake(of: request)?.code
            }
            let id = stage.grant.clientID
            let scopes = ScopePreset.admin.scopes
            #expect(try await look(id, redirect, scopes) == nil)
            #expect(try await look("1000.NOBODY", redirect, scopes) == "invalid_client")
            #expect(try await look(id, "http://localhost:9/other", scopes) == "invalid_redirect_uri")
            #expect(try await look(id, redirect, scopes + ["ZohoCRM.users.NONSENSE"]) == "invalid_scope")
        }
    }
}
