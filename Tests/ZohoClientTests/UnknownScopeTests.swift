import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

/// Replies that list no scopes: what is not said is unknown, and stays so until Zoho says it.
@Suite struct `Scopes that Zoho does not list` {
    private func redeem(_ way: LoginWay, _ stage: Stage, scope: String?) async throws -> Grant {
        let token = try #require(stage.grant.accessToken).revealed()
        let listed = scope.map { #","scope":"\#($0)""# } ?? ""
        stage.emulator.script(
            200, #"{"access_token":"\#(token)","refresh_token":"1000.r","expires_in":3600\#(listed)}"#, for: .token)
        let client = LoginClient(id: stage.grant.clientID, secret: stage.grant.clientSecret, kind: .server, source: "")
        let signIn = SignIn(transport: stage.transport, table: stage.table, clock: stage.clock)
        return try await signIn.redeem(
            .code(Secret(copying: "c"), redirectURI: nil, verifier: nil), client: client, way: way,
            scopes: ["ZohoCRM.users.READ"],
            at: stage.emulator.home
        ).grant
    }

    @Test("are unknown, and what was asked for is kept as a hint", arguments: [LoginWay.selfClient, .browser, .paste])
    func areUnknown(_ way: LoginWay) async throws {
        try await Stage.with { (stage: Stage) async throws in
            for scope in [nil, "", "  "] as [String?] {
                let grant = try await redeem(way, stage, scope: scope)
                #expect(grant.scopes == nil)
                #expect(grant.asked == ["ZohoCRM.users.READ"])
                #expect(grant.summary.scopes == nil)
            }
            #expect(
                try await redeem(way, stage, scope: "ZohoCRM.org.READ,ZohoCRM.users.ALL").scopes == [
                    "ZohoCRM.org.READ", "ZohoCRM.users.ALL",
                ])
        }
    }

    @Test func `stay unknown when the grant is stored, read again and renewed`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let grant = try await redeem(.browser, stage, scope: nil)
            let stored = try Grant(decoding: grant.encoded())
            #expect(stored.scopes == nil)
            #expect(stored.asked == ["ZohoCRM.users.READ"])
            let reply = try #require(TokenReply(.row(["access_token": "1000.n"])))
            #expect(stored.renewed(by: reply, at: stage.clock.now).scopes == nil)
            #expect(stored.succeeding(stage.grant, name: nil).scopes == nil)
        }
    }

    @Test func `are unknown in a store that holds an empty list of them, or none`() throws {
        var row = try #require(try JSONReader.value(of: Grant.example().encoded()).row)
        for value in [.list([]), .null] as [Value] {
            row["scopes"] = value
            row["asked"] = nil
            var writer = JSONWriter()
            writer.write(row)
            let grant = try Grant(decoding: writer.drain())
            #expect(grant.scopes == nil)
            #expect(grant.asked.isEmpty)
        }
    }
}
