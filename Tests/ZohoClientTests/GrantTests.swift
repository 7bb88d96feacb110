import Testing
import ZoshKit
import ZoshTrust

@testable import ZohoClient

@Suite struct `A grant` {
    @Test func `survives being stored`() throws {
        var grant = Grant.example()
        grant.refreshedAt = 1_800_000_001
        let back = try Grant(decoding: grant.encoded())
        #expect(back.encoded() == grant.encoded())
        #expect(back.id == grant.id)
        #expect(back.clientSecret.matches(grant.clientSecret))
        #expect(back.accessToken?.revealed() == Grant.exampleToken)
        #expect(back.refreshedAt == 1_800_000_001)
        #expect(back.scopes == grant.scopes && back.tags == grant.tags && back.generation == 7)
        #expect(back.summary == grant.summary)
    }

    @Test func `ignores fields it does not know and is careful with those it misses`() throws {
        let text =
            #"{"id":"i","name":"n","client_id":"c","client_secret":"s","accounts":"a","#
            + #""api_domain":"d","dc":"eu","zuid":"1","zgid":"2","future":[1]}"#
        let grant = try Grant(decoding: Array(text.utf8))
        #expect(grant.refreshToken == nil && grant.accessToken == nil && grant.expiresAt == 0)
        #expect(grant.readOnly)
        #expect(grant.environment == .production)
    }

    @Test func `policy-lowered: keeps what it demands of approvals, and demands most when that cannot be read`() throws
    {
        var grant = Grant.example()
        #expect(grant.summary.approvals == 0)
        grant.approvals = 2
        #expect(try Grant(decoding: grant.encoded()).summary.approvals == 2)
        // A login of the same connection takes nothing back.
        #expect(Grant.example().succeeding(grant, name: nil).approvals == 2)
        let text = String(decoding: grant.encoded(), as: UTF8.self)
        for broken in ["null", "{}", #""two""#] {
            let edited = text.replacing(#""approvals":2"#, with: #""approvals":"# + broken)
            #expect(try Grant(decoding: Array(edited.utf8)).approvals == .max, "\(broken)")
        }
    }

    @Test(arguments: ["", "[]", "{}", #"{"id":"i"}"#, "\u{0}"])
    func `that is damaged is an error of this machine`(text: String) {
        let error = #expect(throws: ZoshError.self) { try Grant(decoding: Array(text.utf8)) }
        #expect(error?.kind == .local)
    }

    @Test func `is the same connection for the same person, organisation, environment and client`() {
        let grant = Grant.example()
        #expect(grant.isSameConnection(as: .example(name: "other")))
        #expect(!grant.isSameConnection(as: .example(zuid: "11")))
        #expect(!grant.isSameConnection(as: .example(zgid: "21")))
        #expect(!grant.isSameConnection(as: .example(client: "1000.OTHER")))
        #expect(grant.id.count == 32 && grant.id != Grant.example().id)
    }

    @Test func `shows no secret when printed`() {
        let text = String(reflecting: Grant.example()) + "\(Grant.example())"
        for secret in ["client-secret", "1000.refresh", Grant.exampleToken] { #expect(!text.contains(secret)) }
    }

    @Test func `keeps its refresh token when a renewal brings none, and takes a new one`() throws {
        let same = try #require(TokenReply(.row(["access_token": "n"])))
        #expect(Grant.example().renewed(by: same, at: 5).refreshToken?.revealed() == "1000.refresh")
        let other = try #require(TokenReply(.row(["access_token": "n", "refresh_token": "r"])))
        let renewed = Grant.example().renewed(by: other, at: 5)
        #expect(renewed.refreshToken?.revealed() == "r")
        #expect(renewed.expiresAt == 3605 && renewed.generation == 8 && renewed.refreshedAt == 5)
    }
}
