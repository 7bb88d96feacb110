import Testing
import ZohoEmulator

@Suite struct ListingTests {
    @Test func `four hundred and fifty users come in three pages and nobody twice`() async throws {
        try await withEmulator(configuration { $0.users = 450 }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            var ids: [String] = []
            for page in 1...3 {
                let reply = try await caller.get("users?page=\(page)&per_page=200")
                #expect(reply.status == 200)
                let info = try #require(reply.json["info"] as? JSON)
                #expect(info["more_records"] as? Bool == (page < 3))
                #expect(info["count"] as? Int == reply.ids.count)
                ids += reply.ids
            }
            #expect(ids.count == 450)
            #expect(Set(ids).count == 450)
            #expect(ids == ids.sorted())
            #expect(ids.allSatisfy { $0.count == 19 })
            #expect(emulator.requestCount(.listUsers) == 3)
        }
    }

    @Test func `a page after the last is empty, without a body, and still claims to be JSON`() async throws {
        try await withEmulator { emulator in
            let reply = try await LoggedIn.to(emulator).get("users?page=2")
            #expect(reply.status == 204)
            #expect(reply.body.isEmpty)
            #expect(reply.headers["content-type"] == "application/json")
            #expect(reply.headers["content-length"] == nil)
        }
    }
}
