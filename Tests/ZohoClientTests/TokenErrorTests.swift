import Testing
import ZoshKit

@testable import ZohoClient

@Suite struct `Refusals of the token endpoint` {
    private func error(_ body: String, _ purpose: TokenError.Purpose) throws -> ZoshError {
        let table = DataCentreTable()
        let us = try table.dataCentre(named: "us")
        return TokenError(try JSONReader.value(of: body), purpose: purpose, asked: us, others: table.others(than: us))
            .zoshError
    }

    @Test(arguments: [
        (
            #"{"error":"invalid_client"}"#, TokenError.Purpose.exchange, ZoshError.Kind.auth,
            "accounts.zoho.com (us) does not know this client id"
        ),
        (
            #"{"error":"invalid_client_secret"}"#, .exchange, .auth,
            "accounts.zoho.com (us) knows the client id but not this secret"
        ),
        (
            #"{"error":"invalid_redirect_uri"}"#, .exchange, .auth,
            "the redirect address is not the one registered with this client"
        ),
        (#"{"error":"invalid_code"}"#, .exchange, .auth, "Zoho does not accept this grant code"),
        (#"{"error":"invalid_grant"}"#, .exchange, .auth, "Zoho does not accept this grant code"),
        (
            #"{"error":"invalid_code"}"#, .refresh, .auth,
            "Zoho no longer accepts the stored login (revoked, pushed out by the 21st login, or the password changed)"
        ),
        (
            #"{"error":"access_denied"}"#, .exchange, .declined,
            "the consent was declined, or too many codes were asked for"
        ),
        (#"{"error":"access_denied"}"#, .refresh, .rateLimited, "Zoho gives no token just now"),
        (
            #"{"error":"Access Denied","error_description":"You have made too many requests continuously. "#
                + #"Please try again after some time.","status":"failure"}"#,
            .refresh, .rateLimited, "too many tokens were asked for; Zoho gives ten in ten minutes"
        ),
        (#"{"error":"general_error"}"#, .refresh, .auth, "accounts.zoho.com (us) refused with general_error"),
        (#"{"error":"brand_new"}"#, .exchange, .auth, "accounts.zoho.com (us) refused with brand_new"),
        ("{}", .exchange, .network, "accounts.zoho.com answered without a token and without a reason"),
        ("null", .exchange, .network, "accounts.zoho.com answered without a token and without a reason"),
    ])
    func `each have a kind, a sentence and a remedy`(
        body: String, purpose: TokenError.Purpose, kind: ZoshError.Kind, problem: String
    ) throws {
        let error = try error(body, purpose)
        #expect(error.kind == kind)
        #expect(error.problem == problem)
        #expect(error.remedy?.isEmpty == false)
    }

    @Test func `name the data centres the account could live in`() throws {
        let remedy = try #require(try error(#"{"error":"invalid_client"}"#, .exchange).remedy)
        #expect(remedy.contains("(eu, in, au, jp, ca, sa, cn)"))
        #expect(remedy.hasPrefix("auth login dc="))
    }
}

@Suite struct `Token replies` {
    private func read(_ body: String) throws -> TokenReply? { TokenReply(try JSONReader.value(of: body)) }

    @Test(arguments: [
        (#"{"access_token":"a","expires_in":3600}"#, Int64(3600)),
        (#"{"access_token":"a","expires_in":"1800"}"#, 1800),
        (#"{"access_token":"a"}"#, 3600),
        (#"{"access_token":"a","expires_in":3600000,"expires_in_sec":3600}"#, 3600),
        (#"{"access_token":"a","expires_in":-5}"#, 3600),
        (#"{"access_token":"a","expires_in":99999999999}"#, 3600),
    ])
    func `live for the seconds they say, else an hour`(body: String, seconds: Int64) throws {
        #expect(try read(body)?.expiresIn == seconds)
    }

    @Test(arguments: [#"{"error":"invalid_code"}"#, #"{"access_token":""}"#, #"{"access_token":null}"#, "[]", "null"])
    func `are none without an access token`(body: String) throws {
        #expect(try read(body) == nil)
    }

    @Test func `list scopes with spaces or commas`() throws {
        #expect(try read(#"{"access_token":"a","scope":"A.b.READ C.d.ALL"}"#)?.scopes == ["A.b.READ", "C.d.ALL"])
        #expect(try read(#"{"access_token":"a","scope":"A.b.READ,C.d.ALL"}"#)?.scopes == ["A.b.READ", "C.d.ALL"])
        #expect(try read(#"{"access_token":"a"}"#)?.scopes == nil)
    }
}
