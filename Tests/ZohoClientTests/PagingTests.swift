import Testing
import ZohoEmulator
import ZoshKit

@testable import ZohoClient

@Suite struct `Listing users` {
    /// Users, pages that exist, count calls allowed.
    @Test(arguments: [
        (1, 1, 0), (25, 1, 0), (200, 1, 0), (201, 2, 0), (400, 2, 0), (450, 3, 0), (600, 3, 0), (601, 4, 1),
        (2000, 10, 1),
    ])
    func `costs exactly its pages, and a count only when there are more than three`(
        users: Int, pages: Int, counts: Int
    ) async throws {
        try await Stage.with(users: users) { stage in
            let stream = stage.service.list(.users, .users())
            let rows = try await stream.collect()
            #expect(rows.count == users)
            #expect(Set(ids(rows)).count == users)
            #expect(stage.emulator.requestCount(.listUsers) == pages)
            #expect(stage.emulator.requestCount(.countUsers) == counts)
            #expect(await stream.outcome() == RowOutcome())
            #expect(stage.progress.reading.calls == pages + counts)
            #expect(stage.progress.reading.rows == users)
        }
    }

    @Test func `gives the rows in the order of the pages`() async throws {
        try await Stage.with(users: 1500) { stage in
            let together = ids(try await stage.service.list(.users, .users()).collect())
            var alone: [String] = []
            for page in 1...8 { alone += ids(try await stage.service.list(.users, .users(page: page)).collect()) }
            #expect(together == alone)
        }
    }

    @Test func `has as many pages under way as the governor allows once the count is known`() async throws {
        try await Stage.with(users: 3000) { stage in
            let stream = stage.service.list(.users, .users())
            for _ in 0..<3 { _ = try await stream.next() }
            let gate = stage.emulator.hold(.listUsers)
            async let rest = stream.collect()
            await gate.arrivals(RateGovernor.start)
            gate.release()
            let rows = try await rest
            #expect(rows.count == 2400)
            #expect(stage.emulator.highestConcurrency <= Edition.calls(atOnce: stage.grant.edition))
        }
    }

    @Test func `wastes at most two calls when Zoho does not count`() async throws {
        try await Stage.with(users: 1450) { (stage: Stage) async throws in
            stage.emulator.script(
                403, #"{"code":"NO_PERMISSION","details":{},"message":"no","status":"error"}"#, for: .countUsers)
            #expect(try await stage.service.list(.users, .users()).collect().count == 1450)
            #expect(stage.emulator.requestCount(.listUsers) <= 8 + 2)
        }
    }

    @Test func `makes one call when one page is pulled`() async throws {
        try await Stage.with(users: 2000) { (stage: Stage) async throws in
            let stream = stage.service.list(.users, .users())
            #expect(try await pull(stream) == 200)
            #expect(stage.emulator.requestCount() == 1)
        }
    }

    @Test func `makes three calls when three pages are pulled`() async throws {
        try await Stage.with(users: 2000) { (stage: Stage) async throws in
            let stream = stage.service.list(.users, .users())
            for _ in 0..<3 { _ = try await stream.next() }
            #expect(stage.emulator.requestCount() == 3)
        }
    }

    @Test func `asks page by page, and never counts, for a reader that may want no more than a page`() async throws {
        try await Stage.with(users: 3000) { (stage: Stage) async throws in
            let stream = stage.service.list(.users, .users())
            for page in 1...6 {
                _ = try await stream.next(for: .onePage)
                #expect(stage.emulator.requestCount() == page)
            }
            #expect(await stream.outcome() == RowOutcome())
        }
    }

    @Test(arguments: [(5, 1), (200, 1), (201, 2), (500, 3)])
    func `stops at a limit, one page at a time`(limit: Int, pages: Int) async throws {
        try await Stage.with(users: 900) { (stage: Stage) async throws in
            #expect(try await stage.service.list(.users, .users(limit: limit)).collect().count == limit)
            #expect(stage.emulator.requestCount() == pages)
        }
    }

    @Test func `gives one page when one is asked for`() async throws {
        try await Stage.with(users: 900) { stage in
            let rows = try await stage.service.list(.users, .users(page: 2, perPage: 50)).collect()
            #expect(rows.count == 50)
            let record = try #require(stage.emulator.recentRequests.last)
            #expect(record.query.contains { $0.name == "page" && $0.value == "2" })
            #expect(record.query.contains { $0.name == "per_page" && $0.value == "50" })
        }
    }

    @Test func `is nothing for an empty set and for nothing changed since`() async throws {
        try await Stage.with(users: 3) { (stage: Stage) async throws in
            #expect(try await stage.service.list(.users, .users(page: 9)).collect().count == 0)
            let since = ListQuery.users(modifiedSince: "2099-01-01T00:00:00+00:00")
            #expect(try await stage.service.list(.users, since).collect().count == 0)
            #expect(stage.emulator.recentRequests.map(\.status) == [204, 304])
        }
    }

    @Test(arguments: APIVersion.allCases)
    func `speaks every version`(version: APIVersion) async throws {
        try await Stage.with(users: 3) { (stage: Stage) async throws in
            #expect(try await stage.service(version).list(.users, .users()).collect().count == 3)
            #expect(stage.emulator.recentRequests.last?.path == "/crm/\(version.rawValue)/users")
        }
    }

    @Test func `gives what had arrived when Zoho goes away`() async throws {
        try await Stage.with(users: 2000) { (stage: Stage) async throws in
            let stream = stage.service.list(.users, .users())
            #expect(try await stream.next()?.rows.count == 200)
            #expect(try await stream.next()?.rows.count == 200)
            await stage.emulator.stop()
            let error = try #require(await zoshError { while try await stream.next() != nil {} })
            #expect(error.kind == .network)
            #expect(ExitStatus(error.kind) == .unavailable)
        }
    }

    @Test func `drops a row that moved to the next page`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            func page(_ ids: [Int], more: Bool) -> String {
                let users = ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
                return #"{"users":[\#(users)],"info":{"more_records":\#(more)}}"#
            }
            stage.emulator.script(200, page([1, 2], more: true), for: .listUsers)
            stage.emulator.script(200, page([2, 3], more: true), for: .listUsers)
            stage.emulator.script(200, page([3], more: false), for: .listUsers)
            #expect(try await ids(stage.service.list(.users, .users()).collect()) == ["1", "2", "3"])
        }
    }

    @Test func `reports a count that moved`() async throws {
        try await Stage.with(users: 700) { (stage: Stage) async throws in
            stage.emulator.script(200, #"{"count":"702"}"#, for: .countUsers)
            let stream = stage.service.list(.users, .users())
            #expect(try await stream.collect().count == 700)
            #expect(
                await stream.outcome().notes == ["Zoho counted 702 users and listed 700: the list changed meanwhile"])
        }
    }

    @Test func `reads roles, profiles, fields, the caller, the organisation and the count`() async throws {
        try await Stage.with(users: 30) { (stage: Stage) async throws in
            #expect(try await stage.service.list(.roles).collect().count > 0)
            #expect(try await stage.service.list(.profiles).collect().count > 0)
            #expect(try await stage.service.list(.fields, .userFields).collect().count > 0)
            #expect(try await stage.service.count(.users, .users(.all)) == 30)
            #expect(try await stage.service.currentUser().string("id") == stage.grant.userID)
            #expect(try await stage.service.organization().string("zgid") == stage.grant.zgid)
        }
    }
}
