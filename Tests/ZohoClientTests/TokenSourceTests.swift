import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

@Suite struct `The access token` {
    @Test func `is used as it is while it lives`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.clock.advance(3600 - TokenSource.margin)
            _ = try await stage.service.currentUser()
            #expect(await stage.emulator.tokenRefreshes == 0)
        }
    }

    @Test func `is renewed when less than two minutes remain, and saved before it is used`() async throws {
        try await Stage.with { stage in
            stage.clock.advance(3600 - TokenSource.margin + 1)
            let gate = stage.emulator.hold(.listUsers)
            async let user = stage.service.currentUser()
            await gate.arrivals()
            let stored = try #require(await stage.store.grant(stage.grant.id))
            #expect(stored.generation == stage.grant.generation + 1)
            #expect(stored.expiresAt == stage.clock.now + 3600)
            gate.release()
            _ = try await user
            #expect(await stage.emulator.tokenRefreshes == 1)
            #expect(stored.refreshToken?.revealed() == stage.grant.refreshToken?.revealed())
        }
    }

    @Test func `is renewed once when Zoho calls it dead, and the request repeated`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            await stage.emulator.expireAccessTokens()
            _ = try await stage.service.currentUser()
            #expect(await stage.emulator.tokenRefreshes == 1)
            #expect(stage.emulator.recentRequests.map(\.status) == [401, 200, 200])
            #expect(await stage.store.saves == 1)
        }
    }

    @Test func `is renewed once for fifty requests that find it expired`() async throws {
        try await Stage.with { stage in
            stage.clock.advance(4000)
            try await stage.fiftyRequests()
            #expect(await stage.emulator.tokenRefreshes == 1)
        }
    }

    @Test func `is renewed once for fifty requests that Zoho refuses`() async throws {
        try await Stage.with { stage in
            await stage.emulator.expireAccessTokens()
            try await stage.fiftyRequests()
            #expect(await stage.emulator.tokenRefreshes == 1)
        }
    }

    @Test func `is renewed once for ten processes`() async throws {
        try await Stage.with { stage in
            stage.clock.advance(4000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<10 {
                    let process = try await stage.anotherProcess()
                    group.addTask { _ = try await process.authorization() }
                }
                try await group.waitForAll()
            }
            #expect(await stage.emulator.tokenRefreshes == 1)
        }
    }

    @Test func `is not renewed again within a minute, whatever the clock says`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.clock.advance(4000)
            _ = try await stage.service.currentUser()
            for hours in [5, -20, 300] {
                stage.clock.jump(Int64(hours) * 3600)
                _ = try await stage.service.currentUser()
            }
            #expect(await stage.emulator.tokenRefreshes == 1)
            stage.clock.advance(61)
            _ = try await stage.service.currentUser()
            #expect(await stage.emulator.tokenRefreshes == 2)
        }
    }

    @Test func `that dies right after it was renewed is reported, not renewed again`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.clock.advance(4000)
            _ = try await stage.service.currentUser()
            await stage.emulator.expireAccessTokens()
            let error = await zoshError { _ = try await stage.service.currentUser() }
            #expect(error?.code == "INVALID_TOKEN")
            #expect(error?.kind == .auth)
            #expect(await stage.emulator.tokenRefreshes == 1)
        }
    }

    @Test func `of another process is taken from the store`() async throws {
        try await Stage.with { stage in
            stage.clock.advance(4000)
            let other = try await stage.anotherProcess()
            _ = try await other.authorization()
            _ = try await stage.service.currentUser()
            #expect(await stage.emulator.tokenRefreshes == 1)
            #expect(await stage.tokens.current.generation == stage.grant.generation + 1)
        }
    }

    @Test func `is renewed to the end although everybody who waits leaves`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.clock.advance(4000)
            let gate = stage.emulator.hold(.token)
            let waiter = Task { await zoshError { _ = try await stage.tokens.authorization() } }
            await gate.arrivals()
            waiter.cancel()
            // Zoho has not answered yet, and the one who waited is free.
            #expect(await waiter.value?.kind == .cancelled)
            gate.release()
            _ = try await stage.tokens.authorization()
            #expect(await stage.store.grant(stage.grant.id)?.generation == stage.grant.generation + 1)
            #expect(await stage.emulator.tokenRefreshes == 1)
        }
    }

    @Test func `keeps the grant when Zoho throttles`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.clock.advance(4000)
            stage.emulator.script(
                400,
                #"{"error":"Access Denied","error_description":"You have made too many requests","status":"failure"}"#,
                for: .token)
            let error = await zoshError { _ = try await stage.service.currentUser() }
            #expect(error?.kind == .rateLimited)
            #expect(await stage.store.grant(stage.grant.id) != nil)
            // The answer stands for a minute; nobody asks again meanwhile.
            #expect(await zoshError { _ = try await stage.service.currentUser() } == error)
            #expect(stage.emulator.requestCount(.token) == 1)
            stage.clock.advance(61)
            _ = try await stage.service.currentUser()
        }
    }

    @Test(arguments: [(400, #"{"error":"Access Denied","status":"failure"}"#), (503, "<html>maintenance</html>")])
    func `serves its last two minutes when it cannot be renewed`(status: Int, body: String) async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.clock.advance(3600 - 60)
            for _ in 0..<2 { stage.emulator.script(status, body, for: .token) }
            _ = try await stage.service.currentUser()
            #expect(await stage.emulator.tokenRefreshes == 0)
        }
    }

    @Test func `costs one more when the reply was lost`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.clock.advance(4000)
            stage.emulator.script(200, #"{"access_tok"#, for: .token)
            _ = try await stage.service.currentUser()
            #expect(stage.emulator.requestCount(.token) == 2)
        }
    }

    @Test func `does not undo what changed in the store while Zoho thought`() async throws {
        try await Stage.with { stage in
            stage.clock.advance(4000)
            let gate = stage.emulator.hold(.token)
            async let authorization = stage.tokens.authorization()
            await gate.arrivals()
            var renamed = stage.grant
            renamed.name = "renamed"
            await stage.store.save(renamed)
            gate.release()
            _ = try await authorization
            let stored = try #require(await stage.store.grant(stage.grant.id))
            #expect(stored.name == "renamed")
            #expect(stored.generation == stage.grant.generation + 1)
        }
    }

    @Test func `does not bring back a connection removed while Zoho thought`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            stage.clock.advance(4000)
            let gate = stage.emulator.hold(.token)
            let waiter = Task { await zoshError { _ = try await stage.tokens.authorization() } }
            await gate.arrivals()
            await stage.store.remove(stage.grant.id)
            gate.release()
            #expect(await waiter.value?.kind == .auth)
            #expect(await stage.store.grants().isEmpty)
        }
    }

    @Test func `of a connection removed meanwhile is not renewed`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            await stage.store.remove(stage.grant.id)
            stage.clock.advance(4000)
            let error = await zoshError { _ = try await stage.service.currentUser() }
            #expect(error?.kind == .auth)
            #expect(stage.emulator.requestCount(.token) == 0)
        }
    }

    @Test func `can be renewed on demand, once a minute`() async throws {
        try await Stage.with { stage in
            let renewed = try await stage.tokens.refreshNow()
            #expect(renewed.generation == stage.grant.generation + 1)
            #expect(await zoshError { _ = try await stage.tokens.refreshNow() }?.kind == .rateLimited)
            #expect(await stage.emulator.tokenRefreshes == 1)
        }
    }

    @Test func `whose refresh token was revoked asks for a login`() async throws {
        try await Stage.with { stage in
            stage.emulator.script(200, #"{"error":"invalid_code"}"#, for: .token)
            stage.clock.advance(4000)
            let error = await zoshError { _ = try await stage.service.currentUser() }
            #expect(error?.kind == .auth)
            #expect(error?.code == "invalid_code")
            #expect(error?.remedy?.contains("auth login") == true)
        }
    }
}

extension Stage {
    fileprivate func fiftyRequests() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await service.currentUser() } }
            try await group.waitForAll()
        }
    }
}
