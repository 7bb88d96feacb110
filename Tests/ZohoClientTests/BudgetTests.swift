import Synchronization
import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

/// Ten access tokens in ten minutes, twenty live grants: counted, told, respected.
@Suite struct `The budgets of a grant` {
    @Test func `count what was made in ten minutes, and nothing of a clock set back`() {
        #expect(TokenBudget.recent([100, 400, 699, 701], at: 700) == [400, 699])
        #expect(TokenBudget.wait([0, 1, 2, 3, 4, 5, 6, 7, 8], at: 10) == nil)
        #expect(TokenBudget.wait([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], at: 10) == 590)
        #expect(TokenBudget.wait([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], at: 600) == nil)
    }

    @Test func `stop the eleventh token before Zoho must`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            // The login made the first one, others nine more.
            #expect(stage.grant.creations == [stage.clock.now])
            var spent = stage.grant
            spent.creations += (0..<9).map { stage.clock.now + $0 }
            await stage.store.save(spent)
            stage.clock.advance(400)
            let error = await zoshError { _ = try await stage.tokens.refreshNow() }
            #expect(error?.problem.contains("for 200 s") == true)
            #expect(error?.kind == .rateLimited)
            #expect(error?.code == "Access Denied")
            #expect(stage.emulator.requestCount(.token) == 0)
            #expect(await stage.store.grant(stage.grant.id) != nil)
            stage.clock.advance(201)
            #expect(try await stage.tokens.refreshNow().creations.count == 8)
        }
    }

    @Test func `a throttle is waited out in sight, and the grant stays`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.clock.advance(4000)
            for _ in 0..<2 {
                stage.emulator.script(400, #"{"error":"Access Denied","status":"failure"}"#, for: .token)
            }
            let told = Told()
            let tokens = TokenSource(
                stage.grant, store: stage.store, oauth: stage.oauth, clock: stage.clock,
                patience: RetryPatience { told.add($0) })
            let service = HTTPZohoService(tokens: tokens, transport: stage.transport, clock: stage.clock)
            _ = try await service.currentUser()
            #expect(stage.emulator.requestCount(.token) == 3)
            let seconds = told.all
            #expect(seconds.first == TokenSource.guess)
            #expect(seconds.count { $0 == 0 } == 2)
            #expect(seconds.count == 2 * Int(TokenSource.guess) + 2)
            #expect(await stage.store.grant(stage.grant.id)?.generation == stage.grant.generation + 1)
        }
    }

    /// Somebody else makes tokens with the same refresh token, as another machine would.
    private func elsewhere(_ count: Int, _ stage: Stage) async throws {
        let token = try #require(stage.grant.refreshToken)
        for _ in 0..<count {
            _ = try await stage.oauth.renew(token, stage.emulator.credentials, at: stage.emulator.home)
        }
    }

    @Test func `Zoho's own throttle, ten tokens by whomever, is waited out to the end of its window`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            try await elsewhere(9, stage)
            stage.clock.advance(4000)
            let told = Told()
            let tokens = TokenSource(
                stage.grant, store: stage.store, oauth: stage.oauth, clock: stage.clock,
                patience: RetryPatience { left in
                    told.add(left)
                    if left > 0 { stage.emulator.clock.advance(by: .seconds(1)) }
                })
            let service = HTTPZohoService(tokens: tokens, transport: stage.transport, clock: stage.clock)
            let begun = stage.emulator.clock.secondsSince1970
            #expect(try await service.currentUser()["id"] != nil)
            #expect(stage.emulator.recentRequests.contains { $0.route == .token && $0.status == 400 })
            // Zoho's time, of which a slow machine's own is a part.
            #expect(stage.emulator.clock.secondsSince1970 - begun >= 450 && told.all.count { $0 > 0 } <= 600)
            #expect(
                await stage.store.grant(stage.grant.id)?.refreshToken?.matches(try #require(stage.grant.refreshToken))
                    == true)
        }
    }

    @Test func `the sixteenth live token ends the first, which is renewed without a word`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            try await elsewhere(9, stage)
            stage.emulator.clock.advance(by: .seconds(601))
            try await elsewhere(6, stage)
            stage.emulator.forgetRequests()
            let service = HTTPZohoService(tokens: stage.tokens, transport: stage.transport, clock: stage.clock)
            #expect(try await service.currentUser()["id"] != nil)
            #expect(stage.emulator.recentRequests.map(\.status) == [401, 200, 200])
        }
    }

    @Test func `a throttle that does not end is told in the end, and the grant stays`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.clock.advance(4000)
            for _ in 0..<20 {
                stage.emulator.script(400, #"{"error":"Access Denied","status":"failure"}"#, for: .token)
            }
            let tokens = TokenSource(
                stage.grant, store: stage.store, oauth: stage.oauth, clock: stage.clock,
                patience: RetryPatience { _ in })
            let error = await zoshError { _ = try await tokens.authorization() }
            #expect(error?.kind == .rateLimited)
            #expect(await stage.store.grant(stage.grant.id) != nil)
        }
    }

    @Test func `name the person who holds most, the oldest grant first`() {
        var grants: [Grant] = []
        for number in 0..<20 {
            var grant = Grant.example(name: "c\(number)", zgid: "\(number)")
            grant.grantedAt = Int64(1000 - number)
            grants.append(grant)
        }
        grants.append(Grant.example(name: "other", zuid: "99"))
        grants.append(Grant.example(name: "elsewhere", client: "1000.OTHER"))
        let live = TokenBudget.live(grants, client: "1000.CLIENT")
        #expect(live.count == TokenBudget.liveGrants)
        #expect(live.first?.name == "c19")
        #expect(TokenBudget.siblings(of: grants[0], among: grants).count == 20)
    }

    @Test func `outlive the store's own format`() throws {
        var grant = Grant.example()
        grant.creations = [1, 2, 3]
        grant.way = .device
        grant.clientSource = "client work"
        grant.grantedAt = 77
        let read = try Grant(decoding: grant.encoded())
        #expect(read.creations == [1, 2, 3])
        #expect(read.way == .device)
        #expect(read.clientSource == "client work")
        #expect(read.grantedAt == 77)
    }

    private final class Told: Sendable {
        private let heard = Mutex<[Int64]>([])
        var all: [Int64] { heard.withLock { $0 } }
        func add(_ seconds: Int64) { heard.withLock { $0.append(seconds) } }
    }
}
