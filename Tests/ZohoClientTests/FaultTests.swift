import Testing
import ZohoEmulator
import ZoshKit

@testable import ZohoClient

@Suite struct `With transient faults at ten per cent of every kind` {
    @Test(arguments: [UInt64(1), 2, 3])
    func `a listing gives exactly the world's users, none twice`(seed: UInt64) async throws {
        try await disturbed(seed) { stage in
            let rows = try await stage.service.list(.users, .users()).collect()
            #expect(rows.count == 3000)
            #expect(Set(ids(rows)).count == 3000)
            #expect(await stage.emulator.tokenRefreshes <= 1)
            #expect(stage.emulator.recentRequests.contains { $0.status != 200 })
        }
    }

    @Test(arguments: [UInt64(4), 5])
    func `a look-up gives everybody in order`(seed: UInt64) async throws {
        try await disturbed(seed) { (stage: Stage) async throws in
            var wanted: [String] = []
            for position in stride(from: 0, to: 3000, by: 2) { wanted.append(await stage.emulator.userID(position)) }
            #expect(try await ids(stage.service.lookup(.users, ids: wanted).collect()) == wanted)
        }
    }

    /// Signs in undisturbed; the faults are those of the CRM API's lists.
    private func disturbed(_ seed: UInt64, _ body: @Sendable (Stage) async throws -> Void) async throws {
        let kinds = ["latency=1..3", "500", "429", "401", "html", "reset", "truncate"]
        try await Stage.with(
            users: 3000,
            configure: {
                $0.seed = seed
                $0.faults = kinds.map { "\($0):10%@listUsers" }.joined(separator: ",")
            }, body)
    }
}
