import Synchronization
import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

/// Zoho calls a token dead that is not a minute old: that says nothing about the login.
@Suite struct `A dead token` {
    /// A token source whose waits let the clocks run, and the seconds it told.
    private func patient(_ stage: Stage) -> (tokens: TokenSource, told: Seconds) {
        let told = Seconds()
        let patience = RetryPatience { left in
            told.add(left)
            if left > 0 { stage.clock.jump(1) }
        }
        return (
            TokenSource(stage.grant, store: stage.store, oauth: stage.oauth, clock: stage.clock, patience: patience),
            told
        )
    }

    /// A renewal Zoho accepts, and the token of it dead again.
    private func killTwice(_ stage: Stage, _ tokens: TokenSource) async throws {
        stage.clock.advance(4000)
        _ = try await tokens.authorization()
        await stage.emulator.expireAccessTokens()
    }

    @Test func `a second one within the minute is waited out in sight by a read`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let (tokens, told) = patient(stage)
            try await killTwice(stage, tokens)
            let service = HTTPZohoService(
                tokens: tokens, transport: stage.transport, clock: stage.clock, retry: RetryPolicy(jitter: { 0 }))
            #expect(try await service.currentUser()["id"] != nil)
            #expect(await stage.emulator.tokenRefreshes == 2)
            #expect(told.all.first.map { (30...TokenSource.pause).contains($0) } == true)
            #expect(told.all.last == 0)
        }
    }

    @Test func `and by a write, which is sent once it may be`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let (tokens, told) = patient(stage)
            let writer = ResourceWriter(
                tokens: tokens, transport: stage.transport, clock: stage.clock, retry: RetryPolicy(jitter: { 0 }))
            let id = try #require(try await stage.service.currentUser()["id"]?.text)
            try await killTwice(stage, tokens)
            guard case .done = await writer.update(id: id, fields: ["city": "Roma"]) else {
                Issue.record("the write was not done")
                return
            }
            #expect(!told.all.isEmpty)
            #expect(stage.emulator.recentRequests.filter { $0.route == .updateUser && $0.status == 200 }.count == 1)
        }
    }

    @Test func `that only one of Zoho's servers calls dead costs no wait`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let (tokens, told) = patient(stage)
            stage.clock.advance(4000)
            _ = try await tokens.authorization()
            for _ in 0..<2 {
                stage.emulator.script(
                    401, #"{"code":"INVALID_TOKEN","details":{},"message":"m","status":"error"}"#, for: .listUsers)
            }
            let service = HTTPZohoService(
                tokens: tokens, transport: stage.transport, clock: stage.clock, retry: RetryPolicy(jitter: { 0 }))
            #expect(try await service.currentUser()["id"] != nil)
            #expect(told.all.isEmpty)
            #expect(await stage.emulator.tokenRefreshes == 1)
        }
    }

    @Test func `at a login is renewed with the refresh token in hand, and the grant lives on`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.emulator.forgetRequests()
            stage.emulator.script(
                401, #"{"code":"INVALID_TOKEN","details":{},"message":"m","status":"error"}"#, for: .listUsers)
            let client = LoginClient(
                id: stage.grant.clientID, secret: stage.grant.clientSecret, kind: .selfClient, source: "")
            let outcome = try await SignIn(transport: stage.transport, table: stage.table, clock: stage.clock).redeem(
                .code(Secret(copying: await stage.emulator.issueGrantCode()), redirectURI: nil, verifier: nil),
                client: client,
                way: .selfClient, at: stage.emulator.home)
            #expect(outcome.isProven)
            #expect(outcome.grant.creations.count == 2)
            #expect(outcome.grant.refreshedAt != nil)
            #expect(stage.emulator.requestCount(.token) == 2)
            #expect(stage.emulator.requestCount(.revoke) == 0)
        }
    }

    @Test(
        "at a login whose renewal Zoho throttles, the throttle is waited out",
        arguments: [
            (400, #"{"error":"Access Denied","status":"failure"}"#), (200, #"{"error":"access_denied"}"#),
            (429, "<html>slow down</html>"),
            (429, #"{"code":"TOO_MANY_REQUESTS"}"#), (400, #"{"error":"too_many_requests"}"#),
        ])
    func throttledRenewal(_ status: Int, _ body: String) async throws {
        try await Stage.with { (stage: Stage) async throws in
            let told = Seconds()
            let refresh = try #require(stage.grant.refreshToken).revealed()
            let tokens = LoginProof.tokens(
                Secret(copying: #"{"access_token":"1000.dead","refresh_token":"\#(refresh)","expires_in":3600}"#))
            stage.emulator.script(
                status, body, contentType: body.hasPrefix("<") ? "text/html" : "application/json", for: .token)
            let client = LoginClient(
                id: stage.grant.clientID, secret: stage.grant.clientSecret, kind: .device, source: "")
            let signIn = SignIn(
                transport: stage.transport, table: stage.table, clock: stage.clock, retry: RetryPolicy(jitter: { 0 }),
                patience: RetryPatience { told.add($0) })
            let outcome = try await signIn.redeem(tokens, client: client, way: .device, at: stage.emulator.home)
            #expect(outcome.isProven)
            #expect(told.all.first == TokenSource.guess)
            #expect(stage.emulator.requestCount(.token) == 2)
            #expect(stage.emulator.requestCount(.revoke) == 0)
        }
    }
}

/// Seconds somebody was told.
private final class Seconds: Sendable {
    private let seconds = Mutex<[Int64]>([])

    var all: [Int64] { seconds.withLock { $0 } }
    func add(_ left: Int64) { seconds.withLock { $0.append(left) } }
}
