import Synchronization
import Testing
import ZohoEmulator
import ZoshKit

@testable import ZohoClient

@Suite struct `Looking users up by id` {
    @Test(arguments: [(1, 1), (100, 1), (101, 2), (250, 3), (1000, 10)])
    func `takes one call a hundred and keeps the order`(count: Int, calls: Int) async throws {
        try await Stage.with(users: 1000) { stage in
            var wanted = ids(try await stage.service.list(.users, .users()).collect())
            wanted = Array(wanted.shuffled().prefix(count))
            stage.emulator.forgetRequests()
            let stream = stage.service.lookup(.users, ids: wanted)
            #expect(try await ids(stream.collect()) == wanted)
            #expect(stage.emulator.requestCount() == calls)
            #expect(await stream.outcome() == RowOutcome())
            #expect(stage.emulator.highestConcurrency <= Edition.calls(atOnce: stage.grant.edition))
        }
    }

    @Test func `asks once for an id given twice and names what is missing in order`() async throws {
        try await Stage.with(users: 5) { stage in
            let first = await stage.emulator.userID(0)
            let second = await stage.emulator.userID(1)
            let stream = stage.service.lookup(.users, ids: ["77", second, first, "x'; drop", second, "11"])
            #expect(try await ids(stream.collect()) == [second, first])
            #expect(await stream.outcome().missing == ["77", "x'; drop", "11"])
            #expect(await stream.outcome().status == .partial)
            let sent = try #require(stage.emulator.recentRequests.last?.query.first { $0.name == "ids" }?.value)
            #expect(sent == "77,\(second),\(first),11")
        }
    }

    @Test func `makes no call when there is nothing to ask`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let stream = stage.service.lookup(.users, ids: ["ada", ""])
            #expect(try await stream.collect().count == 0)
            #expect(await stream.outcome().missing == ["ada", ""])
            #expect(try await stage.service.lookup(.users, ids: []).collect().count == 0)
            #expect(stage.emulator.requestCount() == 0)
        }
    }

    @Test func `asks chunk by chunk for a reader that may want no more than a page`() async throws {
        try await Stage.with(users: 900) { stage in
            let wanted = ids(try await stage.service.list(.users, .users()).collect())
            stage.emulator.forgetRequests()
            let stream = stage.service.lookup(.users, ids: wanted)
            for call in 1...4 {
                _ = try await stream.next(for: .onePage)
                #expect(stage.emulator.requestCount() == call)
            }
        }
    }

    @Test func `sends a full chunk before the input has ended`() async throws {
        try await Stage.with(users: 150) { stage in
            let all = ids(try await stage.service.list(.users, .users()).collect())
            let input = OpenInput([Array(all.prefix(60)), Array(all.dropFirst(60))])
            let stream = stage.service.lookup(.users, ids: { await input.next() }, version: nil)
            // The input is still open: only a chunk that leaves when full can answer this pull.
            #expect(try await pull(stream) == 100)
            await input.end()
            #expect(try await pull(stream) == 50)
            #expect(try await pull(stream) == nil)
        }
    }

    @Test func `gives what was answered before an input that fails`() async throws {
        try await Stage.with(users: 5) { (stage: Stage) async throws in
            let first = await stage.emulator.userID(0)
            let turn = Mutex(0)
            let stream = stage.service.lookup(
                .users,
                ids: {
                    let now = turn.withLock { turn in
                        turn += 1
                        return turn
                    }
                    if now == 1 { return [first] }
                    throw ZoshError(.local, "the file ends strangely")
                }, version: nil)
            #expect(try await pull(stream) == 1)
            #expect(await zoshError { _ = try await stream.next() }?.problem == "the file ends strangely")
        }
    }
}

/// Input that arrives in batches and stays open until it is ended.
private actor OpenInput {
    private var batches: [[String]]
    private var isEnded = false
    private var waiting: CheckedContinuation<Void, Never>?

    init(_ batches: [[String]]) { self.batches = batches }

    func next() async -> [String]? {
        if !batches.isEmpty { return batches.removeFirst() }
        if !isEnded { await withCheckedContinuation { waiting = $0 } }
        return nil
    }

    func end() {
        isEnded = true
        waiting?.resume()
        waiting = nil
    }
}
