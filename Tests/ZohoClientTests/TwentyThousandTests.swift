import Testing
import ZohoEmulator
import ZoshKit

@testable import ZohoClient

/// The promise of issue and README in one run: under faults of every kind and enforced limits, everybody once.
@Suite struct `Twenty thousand users under faults and limits` {
    @Test func `are listed exactly, none twice, within concurrency and credits`() async throws {
        let kinds = ["latency=1..3", "500", "429", "401", "html", "reset", "truncate"]
        try await Stage.with(
            users: 20_000,
            configure: {
                $0.seed = 11
                $0.concurrency = 5
                $0.credits = 400
                $0.faults = kinds.map { "\($0):10%@listUsers" }.joined(separator: ",")
            }
        ) { (stage: Stage) async throws in
            var seen: Set<String> = []
            var count = 0
            let listing = stage.service(edition: "Free").list(.users, .users())
            while let page = try await listing.next() {
                for row in page.rows { if let id = row["id"]?.text { seen.insert(id) } }
                count += page.rows.count
            }
            #expect(count == 20_000)
            #expect(seen.count == 20_000)
            // The free edition allows five; nothing is tried beyond what the edition allows.
            #expect(stage.emulator.highestConcurrency <= 5)
            // Every call the emulator really served cost a credit; the 401st would have been refused.
            #expect(stage.emulator.recentRequests.count { $0.route == .listUsers && $0.status == 200 } <= 400)
            #expect(await stage.emulator.tokenRefreshes <= 1)
        }
    }
}
