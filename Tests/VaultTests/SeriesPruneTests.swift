internal import Foundation
internal import GRDB
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct SeriesPruneTests {
    /// Items 1 to `count`, finished but for some; the header of each is its number.
    private func series(_ count: Int, unfinished: Set<Int> = []) async throws -> (Place, SealedStore, SealedSeries) {
        let place = try Place()
        let store = try await place.makeStore()
        try await store.write { transaction in
            var writer = SeriesWriter(transaction)
            for number in 1...count {
                _ = try writer.begin(.job, [UInt8(number % 256)])
                try writer.append([[1], [2]], to: number, .job)
                if !unfinished.contains(number) { try writer.finish(number, .job, header: [UInt8(number % 256)]) }
            }
            try writer.save()
        }
        return (place, store, SealedSeries(in: store))
    }

    private func numbers(_ series: SealedSeries) async throws -> [Int] {
        try await series.headers(.job, last: .max).map(\.number)
    }

    @Test func `the oldest go while there are too many`() async throws {
        let (_, store, series) = try await series(6)
        #expect(try await series.prune(.job, keeping: 4) { _ in false } == 2)
        #expect(try await numbers(series) == [6, 5, 4, 3])
        #expect(try await series.header(of: 2, .job) == nil ? true : false)
        #expect(try await series.entries(of: 2, .job).isEmpty)
        #expect(try await series.prune(.job, keeping: 4) { _ in false } == 0)
        #expect(try await series.prune(.job, keeping: -5) { _ in false } == 4)
        #expect(try await series.begin(.job, []) == 7, "a number is not given again")
        #expect(try await store.verify().isIntact)
    }

    @Test func `the old ones go, up to the first that is not`() async throws {
        let (_, store, series) = try await series(6)
        let removed = try await series.prune(.job, keeping: 10) { header in
            header.withUnsafeBytes { [1, 2, 5].contains($0[0]) }
        }
        #expect(removed == 2)
        #expect(try await numbers(series) == [6, 5, 4, 3])
        #expect(try await store.verify().isIntact)
    }

    @Test func `an unfinished one stays and keeps none after it from going`() async throws {
        let (_, store, series) = try await series(6, unfinished: [1, 3])
        #expect(try await series.prune(.job, keeping: 0) { _ in false } == 4)
        #expect(try await numbers(series) == [3, 1])
        #expect(try await series.unfinished(.job).map(\.number) == [1, 3])
        #expect(try await bytes(series.entries(of: 1, .job)) == [[1], [2]])
        #expect(try await series.room(.job).count == 2)
        #expect(try await store.verify().isIntact)
        // It goes on, ends, and is kept until it is pruned itself.
        try await series.append([[3]], to: 1, .job)
        try await series.finish(1, .job, header: [42])
        #expect(try await series.header(of: 1, .job).map(Seen.init) == Seen(1, [42], isFinished: true))
        #expect(try await series.begin(.job, []) == 7)
        #expect(try await numbers(series) == [7, 3, 1])
        #expect(try await series.headers(.job, last: 2, before: 7).map(\.number) == [3, 1])
        #expect(try await store.verify().isIntact)
        #expect(try await series.prune(.job, keeping: 1) { _ in false } == 0)
        #expect(try await series.prune(.job, keeping: 1) { $0.withUnsafeBytes { $0[0] == 42 } } == 1)
        #expect(try await numbers(series) == [7, 3])
        #expect(try await store.verify().isIntact)
    }

    @Test func `one that ended late and is young keeps no old one`() async throws {
        let (_, _, series) = try await series(5, unfinished: [1])
        #expect(try await series.prune(.job, keeping: 3) { _ in false } == 1)
        try await series.finish(1, .job, header: [200])
        #expect(try await series.prune(.job, keeping: 10) { $0.withUnsafeBytes { $0[0] < 100 } } == 3)
        #expect(try await numbers(series) == [1])
    }

    @Test func `nothing of what was pruned is left in the files, and the rest moves to a new key`() async throws {
        let (place, store, series) = try await series(3)
        let blobs: [Data] = try RawStore(place.database).rows("SELECT sealed FROM piece WHERE number = 1").map { $0[0] }
        func isAnywhere() throws -> Bool {
            try place.files().contains { file in
                let content = Data(try place.bytes(file))
                return blobs.contains { content.range(of: $0) != nil }
            }
        }
        #expect(try blobs.count == 2 && isAnywhere(), "positive control")
        #expect(try await series.prune(.job, keeping: 2) { _ in false } == 1)
        #expect(try !isAnywhere())
        _ = try await store.rekey(keeping: [.keyFile(place.keyFile)])
        #expect(try await numbers(series) == [3, 2])
        #expect(try await store.verify().isIntact)
    }

    @Test func `many go in several steps`() async throws {
        let (_, store, series) = try await series(501, unfinished: [250])
        #expect(try await series.prune(.job, keeping: 7) { _ in false } == 493)
        #expect(try await numbers(series) == [501, 500, 499, 498, 497, 496, 495, 250])
        #expect(try await store.verify().isIntact)
    }
}
