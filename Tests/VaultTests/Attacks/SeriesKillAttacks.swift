internal import Foundation
internal import Glibc
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// The process dies at any moment while it keeps jobs.
@Suite struct SeriesKillAttacks {
    @Test func `a process killed among its jobs loses nothing it was told is kept`() async throws {
        var acknowledgedInAll = 0
        for round in 0..<Campaign.rounds(10, nightly: 1000) {
            let place = try Place()
            _ = try await place.makeStore()
            let path = place.path
            let clock = Victim.Clock(round: round)
            await #expect(processExitsWith: .signal(clock.signal)) { [path = path as String, round = round as Int] in
                try await Victim(path: path).keepJobs(
                    dyingAfter: 10_000 + 79_190 * round % 150_000, of: .init(round: round))
            }
            acknowledgedInAll += try await expectWhole(place, round: round)
        }
        #expect(acknowledgedInAll > 0, "some work must be done, or this test shows nothing")
    }

    @Test func `what was acknowledged is there though the process dies at the next instruction`() async throws {
        let place = try Place()
        _ = try await place.makeStore()
        let path = place.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = SealedStore(at: path + "/store")
            try await store.unlock(with: .keyFile(path + "/key"))
            let series = SealedSeries(in: store)
            for number in 1...3 { _ = try await series.begin(.job, [UInt8(number)]) }
            try await series.finish(1, .job, header: [1])
            _ = try await series.prune(.job, keeping: 0) { _ in false }
            try await series.setHeader([22], of: 2, .job)
            try await series.finish(3, .job, header: [33])
            try await series.append([[7]], to: 2, .job)
            kill(getpid(), SIGKILL)
            while true { await Task.yield() }
        }
        let series = SealedSeries(in: try await place.openStore())
        #expect(
            try await series.headers(.job, last: 9).map(Seen.init) == [Seen(3, [33], isFinished: true), Seen(2, [22])])
        #expect(try await bytes(series.entries(of: 2, .job)) == [[7]])
        #expect(try await place.openStore().verify().isIntact)
    }

    /// Nothing acknowledged is missing, at most the one step under way is there beyond it.
    private func expectWhole(_ place: Place, round: Int) async throws -> Int {
        let acknowledged =
            Int(String(decoding: (try? place.bytes(place.path + "/acknowledged")) ?? [], as: UTF8.self)) ?? 0
        let store = try await place.openStore()
        #expect(try await store.verify().isIntact, "round \(round)")
        let series = SealedSeries(in: store)
        let items = try await series.headers(.job, last: .max)
        guard let latest = items.first else {
            #expect(acknowledged == 0)
            return 0
        }
        let entries = try await series.entries(of: latest.number, .job)
        let steps = latest.header.text == "begun" ? 1 + entries.count : Victim.steps
        let done = (latest.number - 1) * Victim.steps + steps
        #expect([acknowledged, acknowledged + 1].contains(done), "round \(round)")
        for item in items.dropFirst() {
            let text = item.isFinished ? "ended \(item.number)" : "left \(item.number)"
            #expect(item.header.text == text && item.isFinished == !Victim.leaves(item.number), "round \(round)")
            let entries = try await series.entries(of: item.number, .job)
            #expect(entries.map(\.text) == (1...3).map { "row \($0) of \(item.number)" })
        }
        // One prunes after each job that ended, so one more may be there.
        #expect(items.count { $0.isFinished } <= Victim.most + 1, "round \(round)")
        #expect(items.filter { !$0.isFinished && $0.number < latest.number }.count == (latest.number - 1) / 4)
        return acknowledged
    }
}

extension Victim {
    /// A job begins, has three entries, and ends or is left.
    static let steps = 5
    static let most = 6

    /// Every fourth job stays unfinished.
    static func leaves(_ number: Int) -> Bool { number.isMultiple(of: 4) }

    func keepJobs(dyingAfter microseconds: Int, of clock: Clock) async throws {
        let store = SealedStore(at: path + "/store")
        let key = KeySource.keyFile(path + "/key")
        try await store.unlock(with: key)
        let series = SealedSeries(in: store)
        let file = open(path + "/acknowledged", O_WRONLY | O_CREAT, 0o600)
        var count = 0
        func acknowledge() {
            count += 1
            let text = Array("\(count)".utf8)
            pwrite(file, text, text.count, 0)
        }
        die(after: microseconds, of: clock)
        while true {
            let number = try await series.begin(.job, Array("begun".utf8))
            acknowledge()
            for row in 1...3 {
                try await series.append([Array("row \(row) of \(number)".utf8)], to: number, .job)
                acknowledge()
            }
            if Self.leaves(number) {
                try await series.setHeader(Array("left \(number)".utf8), of: number, .job)
            } else {
                try await series.finish(number, .job, header: Array("ended \(number)".utf8))
            }
            acknowledge()
            _ = try await series.prune(.job, keeping: Self.most) { _ in false }
            if number.isMultiple(of: 5) { _ = try await store.rekey(keeping: [key]) }
        }
    }
}
