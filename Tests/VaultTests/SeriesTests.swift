internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct SeriesTests {
    @Test func `what was begun and appended is there for another process, in order`() async throws {
        let place = try Place()
        let series = SealedSeries(in: try await place.makeStore())
        let a = try await series.begin(.job, [1])
        let b = try await series.begin(.job, [2])
        #expect([a, b] == [1, 2])
        #expect(try await series.begin(.run, [9]) == 1, "each kind counts for itself")
        try await series.append([[10], []], to: a, .job)
        try await series.append([[20]], to: b, .job)
        try await series.append([[12, 13]], to: a, .job)
        try await series.append([], to: a, .job)
        try await series.setHeader([3], of: a, .job)
        let other = SealedSeries(in: try await place.openStore())
        #expect(try await bytes(other.entries(of: a, .job)) == [[10], [], [12, 13]])
        #expect(try await bytes(other.entries(of: b, .job)) == [[20]])
        #expect(try await other.headers(.job, last: 9).map(Seen.init) == [Seen(2, [2]), Seen(1, [3])])
        #expect(try await other.headers(.run, last: 9).map(Seen.init) == [Seen(1, [9])])
        #expect(try await place.openStore().verify().isIntact)
    }

    @Test func `a finished item keeps its header and entries and is never changed again`() async throws {
        let place = try Place()
        let series = SealedSeries(in: try await place.makeStore())
        let number = try await series.begin(.job, [1])
        try await series.append([[7]], to: number, .job)
        try await series.finish(number, .job, header: [2])
        for attempt in 0..<3 {
            await #expect(throws: VaultError.notUnfinished(.job, 1)) {
                switch attempt {
                case 0: try await series.append([[8]], to: number, .job)
                case 1: try await series.setHeader([8], of: number, .job)
                default: try await series.finish(number, .job, header: [8])
                }
            }
        }
        let other = SealedSeries(in: try await place.openStore())
        #expect(try await other.header(of: number, .job).map(Seen.init) == Seen(1, [2], isFinished: true))
        #expect(try await bytes(other.entries(of: number, .job)) == [[7]])
        #expect(try await other.unfinished(.job).isEmpty)
        #expect(try await other.begin(.job, []) == 2)
    }

    @Test func `an item that never began is none, and cannot be changed`() async throws {
        let store = try await Place().makeStore()
        let series = SealedSeries(in: store)
        let generation = try await store.status()?.generation
        for number in [-1, 0, 1, 2, .max] {
            #expect(try await series.header(of: number, .job) == nil ? true : false)
            #expect(try await series.entries(of: number, .job).isEmpty)
            await #expect(throws: VaultError.notUnfinished(.job, number)) {
                try await series.append([[1]], to: number, .job)
            }
        }
        #expect(try await series.headers(.run, last: .max).isEmpty)
        #expect(try await series.prune(.run, keeping: 0) { _ in true } == 0)
        #expect(try await store.status()?.generation == generation, "a refusal writes nothing")
        // One of another kind is no help.
        _ = try await series.begin(.run, [])
        await #expect(throws: VaultError.notUnfinished(.job, 1)) { try await series.append([[1]], to: 1, .job) }
    }

    @Test(arguments: [(3, nil, [7, 6, 5]), (99, 4, [3, 2, 1]), (2, 1, []), (0, nil, []), (-1, nil, []), (1, 99, [7])])
    func `headers come newest first, a page at a time`(last: Int, before: Int?, expected: [Int]) async throws {
        let series = SealedSeries(in: try await Place().makeStore())
        for number in 1...7 {
            _ = try await series.begin(.job, [UInt8(number)])
            if number != 5 { try await series.finish(number, .job, header: [UInt8(number)]) }
        }
        let found = try await series.headers(.job, last: last, before: before)
        #expect(found.map(Seen.init) == expected.map { Seen($0, [UInt8($0)], isFinished: $0 != 5) })
        #expect(try await series.unfinished(.job).map(\.number) == [5])
    }

    @Test func `the latest item can be taken back with its number, an earlier one leaves its header`() async throws {
        let place = try Place()
        let series = SealedSeries(in: try await place.makeStore())
        for number in 1...3 {
            _ = try await series.begin(.job, [UInt8(number)])
            try await series.append([[9]], to: number, .job)
        }
        try await series.finish(1, .job, header: [1])
        for number in [1, 4] {
            await #expect(throws: VaultError.notUnfinished(.job, number)) { try await series.discard(number, .job) }
        }
        try await series.discard(3, .job)
        #expect(try await series.header(of: 3, .job) == nil ? true : false)
        #expect(try await series.begin(.job, [30]) == 3)
        #expect(try await series.entries(of: 3, .job).isEmpty)
        try await series.discard(2, .job)
        let other = SealedSeries(in: try await place.openStore())
        #expect(try await other.header(of: 2, .job).map(Seen.init) == Seen(2, [2], isFinished: true))
        #expect(try await other.entries(of: 2, .job).isEmpty)
        try await other.discard(3, .job)
        #expect(try await other.prune(.job, keeping: 0) { _ in true } == 2)
        #expect(try await other.room(.job).count == 0)
        #expect(try await other.begin(.job, []) == 3)
        #expect(try await place.openStore().verify().isIntact)
    }

    @Test func `the room they take grows and shrinks with them`() async throws {
        let store = try await Place().makeStore()
        let series = SealedSeries(in: store)
        #expect(try await series.room(.job) == (0, 0))
        _ = try await series.begin(.job, [])
        _ = try await series.begin(.job, [])
        let before = try await series.room(.job)
        #expect(before.count == 2)
        try await series.append([[UInt8](repeating: 1, count: 5000)], to: 1, .job)
        try await series.finish(1, .job, header: [1])
        let full = try await series.room(.job)
        #expect(full.count == 2)
        #expect(full.bytes > before.bytes + 4900)
        #expect(try await store.status()?.series?[.job]?.bytes == full.bytes)
        #expect(try await series.prune(.job, keeping: 0) { _ in false } == 1)
        let after = try await series.room(.job)
        #expect(after.count == 1)
        #expect(after.bytes < before.bytes)
        await store.lock()
        #expect(try await store.status()?.series == nil, "only the key tells")
    }

    @Test func `they move to a new key, to the last byte`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let series = SealedSeries(in: store)
        for number in 1...3 {
            _ = try await series.begin(.job, [])
            try await series.append([[UInt8(number)], [0]], to: number, .job)
            try await series.append([[UInt8(number), 1]], to: number, .job)
        }
        for number in [1, 3] { try await series.finish(number, .job, header: [UInt8(number)]) }
        let room = try await series.room(.job)
        for _ in 0..<2 { _ = try await store.rekey(keeping: [.keyFile(place.keyFile)]) }
        let other = SealedSeries(in: try await place.openStore())
        for number in 1...3 {
            #expect(try await bytes(other.entries(of: number, .job)) == [[UInt8(number)], [0], [UInt8(number), 1]])
        }
        #expect(try await other.room(.job) == room)
        try await other.append([[9]], to: 2, .job)
        try await other.finish(2, .job, header: [2])
        #expect(
            try await other.headers(.job, last: 9).map(Seen.init)
                == (1...3).reversed().map {
                    Seen($0, [UInt8($0)], isFinished: true)
                })
        #expect(try await place.openStore().verify().isIntact)
    }
}

/// An item as it can be compared.
struct Seen: Equatable {
    let number: Int
    let header: [UInt8]
    let isFinished: Bool

    init(_ number: Int, _ header: [UInt8], isFinished: Bool = false) {
        (self.number, self.header, self.isFinished) = (number, header, isFinished)
    }

    init(_ item: SealedSeries.Item) {
        self.init(item.number, item.header.withUnsafeBytes { Array($0) }, isFinished: item.isFinished)
    }
}

func bytes(_ secrets: [Secret]) -> [[UInt8]] { secrets.map { $0.withUnsafeBytes { Array($0) } } }
