internal import Dispatch
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct SeriesCommitTests {
    @Test func `changes that come while the disk is busy are committed together, to jobs and runs alike`() async throws
    {
        let store = try await Place().makeStore()
        let series = SealedSeries(in: store)
        let (job, run) = (try await series.begin(.job, []), try await series.begin(.run, []))
        let before = try #require(try await store.status()?.generation)
        // The store is busy until told otherwise.
        let (isBusy, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let holding = Task {
            try await store.read { _ in
                isBusy.signal()
                mayGoOn.wait()
            }
        }
        await Task.detached { Self.wait(for: isBusy) }.value
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await series.append([[0]], to: job, .job) }
            // Others that came before it was taken up would be committed with it.
            while await !series.isTaken { await Task.yield() }
            for number in 1..<100 {
                group.addTask {
                    if number.isMultiple(of: 2) {
                        try await series.append([[UInt8(number)]], to: job, .job)
                    } else {
                        try await series.append([[UInt8(number)]], to: run, .run)
                    }
                }
            }
            group.addTask { _ = try await series.begin(.job, [1]) }
            while await series.waitingCount < 100 { await Task.yield() }
            mayGoOn.signal()
            try await group.waitForAll()
        }
        try await holding.value
        #expect(try await store.status()?.generation == before + 2, "the first alone, the other 100 at once")
        let entries = try await bytes(series.entries(of: job, .job)) + bytes(series.entries(of: run, .run))
        #expect(Set(entries.map { $0[0] }) == Set(0..<100))
        #expect(try await series.unfinished(.job).map(\.number) == [1, 2])
    }

    @Test func `a change that cannot be made fails alone`() async throws {
        let store = try await Place().makeStore()
        let series = SealedSeries(in: store)
        let number = try await series.begin(.job, [])
        let (isBusy, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let holding = Task {
            try await store.read { _ in
                isBusy.signal()
                mayGoOn.wait()
            }
        }
        await Task.detached { Self.wait(for: isBusy) }.value
        async let first: Void = series.append([[0]], to: number, .job)
        while await !series.isTaken { await Task.yield() }
        async let good: Void = series.append([[1]], to: number, .job)
        let bad = Task { try await series.append([[2]], to: 99, .job) }
        async let alsoGood: Int = series.begin(.run, [7])
        while await series.waitingCount < 3 { await Task.yield() }
        mayGoOn.signal()
        try await holding.value
        _ = try await (first, good)
        #expect(try await alsoGood == 1)
        await #expect(throws: VaultError.notUnfinished(.job, 99)) { try await bad.value }
        #expect(try await bytes(series.entries(of: number, .job)) == [[0], [1]])
    }

    @Test func `a locked store acknowledges nothing`() async throws {
        let store = try await Place().makeStore()
        let series = SealedSeries(in: store)
        let number = try await series.begin(.job, [])
        await store.lock()
        await #expect(throws: VaultError.locked) { try await series.append([[1]], to: number, .job) }
        await #expect(throws: VaultError.locked) { _ = try await series.begin(.job, []) }
        await #expect(throws: VaultError.locked) { try await series.finish(number, .job, header: []) }
        await #expect(throws: VaultError.locked) { _ = try await series.prune(.job, keeping: 0) { _ in true } }
    }

    @Test func `a cancelled caller waits all the same, and what it said is there`() async throws {
        let series = SealedSeries(in: try await Place().makeStore())
        let number = try await series.begin(.job, [])
        let caller = Task {
            while !Task.isCancelled { await Task.yield() }
            try await series.append([[1]], to: number, .job)
        }
        caller.cancel()
        try await caller.value
        #expect(try await bytes(series.entries(of: number, .job)) == [[1]])
    }

    @Test func `several stores at one file give each number once and lose nothing`() async throws {
        let place = try Place()
        var all = [SealedSeries(in: try await place.makeStore())]
        for _ in 0..<3 { all.append(SealedSeries(in: try await place.openStore())) }
        let shared = try await all[0].begin(.run, [])
        let numbers = try await withThrowingTaskGroup(of: [Int].self) { group in
            for (place, series) in all.enumerated() {
                group.addTask {
                    var numbers: [Int] = []
                    for step in 0..<8 {
                        let number = try await series.begin(.job, [UInt8(place)])
                        numbers.append(number)
                        try await series.append([[UInt8(place), UInt8(step)]], to: number, .job)
                        try await series.append([[UInt8(place), UInt8(step)]], to: shared, .run)
                        if step.isMultiple(of: 2) { try await series.finish(number, .job, header: [UInt8(place)]) }
                    }
                    return numbers
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(numbers.sorted() == Array(1...32))
        let series = SealedSeries(in: try await place.openStore())
        #expect(try await series.unfinished(.job).count == 16)
        for item in try await series.headers(.job, last: .max) {
            let entries = try await bytes(series.entries(of: item.number, .job))
            #expect(entries.map { $0[0] } == [Seen(item).header[0]])
        }
        // What each appended to the same item is there in its own order.
        let entries = try await bytes(series.entries(of: shared, .run))
        for place in 0..<4 { #expect(entries.filter { $0[0] == UInt8(place) }.map { $0[1] } == Array(0..<8)) }
        #expect(try await place.openStore().verify().isIntact)
    }

    private static func wait(for semaphore: DispatchSemaphore) { semaphore.wait() }
}
