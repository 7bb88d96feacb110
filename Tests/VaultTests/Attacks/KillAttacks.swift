internal import Foundation
internal import Glibc
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// The process dies at any moment, without a chance to tidy up.
@Suite struct KillAttacks {
    @Test func `kill-anywhere`() async throws {
        var acknowledgedInAll = 0
        for round in 0..<Campaign.rounds(12, nightly: 1000) {
            let place = try Place()
            _ = try await place.makeStore()
            let path = place.path
            let clock = Victim.Clock(round: round)
            await #expect(processExitsWith: .signal(clock.signal)) { [path = path as String, round = round as Int] in
                try await Victim(path: path).work(
                    dyingAfter: 10_000 + 79_190 * round % 150_000, of: .init(round: round))
            }
            acknowledgedInAll += try await expectWhole(place, round: round)
        }
        #expect(acknowledgedInAll > 0, "some work must be done, or this test shows nothing")
    }

    @Test func `a store killed while it is created is whole or absent`() async throws {
        for round in 0..<Campaign.rounds(4, nightly: 200) {
            let place = try Place()
            let path = place.path
            let clock = Victim.Clock(round: round)
            await #expect(processExitsWith: .signal(clock.signal)) { [path = path as String, round = round as Int] in
                try await Victim(path: path).create(dyingAfter: 500 + 1201 * round % 9000, of: .init(round: round))
            }
            let store = SealedStore(at: place.store)
            if try await store.isCreated {
                try await store.unlock(with: .keyFile(place.keyFile))
                #expect(try await store.verify().isIntact)
            } else {
                _ = try await place.makeStore()
            }
        }
    }

    /// Nothing acknowledged is missing, at most the one write under way is
    /// there beyond it, and the store opens.
    private func expectWhole(_ place: Place, round: Int) async throws -> Int {
        let acknowledged =
            Int(String(decoding: (try? place.bytes(place.path + "/acknowledged")) ?? [], as: UTF8.self)) ?? 0
        let store = try await place.openStore()
        #expect(try await store.verify().isIntact, "round \(round)")
        let history = try await store.read { try $0.readLog(.history) }
        #expect([acknowledged, acknowledged + 1].contains(history.count), "round \(round)")
        #expect(history.map(\.body.text) == (0..<history.count).map { "line \($0)" })
        let grants = try await store.read(.grant).map(\.body.text)
        #expect(grants == (history.isEmpty ? [] : ["token \(history.count - 1)"]), "round \(round)")
        return acknowledged
    }
}

/// What the dying process does.
struct Victim {
    let path: String

    /// Which time runs out: the wall clock's, which also passes while the disk
    /// is waited for, or the processor's, in which work is done however busy
    /// the machine is.
    enum Clock {
        case wall, processor

        init(round: Int) { self = round.isMultiple(of: 2) ? .processor : .wall }

        var signal: Int32 { self == .wall ? SIGALRM : SIGPROF }
        var timer: __itimer_which_t { __itimer_which_t(self == .wall ? 0 : 2) }
    }

    func work(dyingAfter microseconds: Int, of clock: Clock) async throws {
        let store = SealedStore(at: path + "/store")
        let key = KeySource.keyFile(path + "/key")
        try await store.unlock(with: key)
        let grant = RecordID()
        let acknowledged = open(path + "/acknowledged", O_WRONLY | O_CREAT, 0o600)
        die(after: microseconds, of: clock)
        for number in 0... {
            try await store.write {
                try $0.put(.grant, grant, Secret(copying: "token \(number)"))
                try $0.append(.history, Secret(copying: "line \(number)"))
            }
            let text = Array("\(number + 1)".utf8)
            pwrite(acknowledged, text, text.count, 0)
            if number % 3 == 0 { _ = try await store.rekey(keeping: [key]) }
            if number % 5 == 0 { try await store.removeSlot(store.addSlot(for: key)) }
        }
    }

    func create(dyingAfter microseconds: Int, of clock: Clock) async throws {
        die(after: microseconds, of: clock)
        for number in 0... {
            try await SealedStore(at: path + (number == 0 ? "/store" : "/\(number)")).create(
                with: .keyFile(path + "/key"))
        }
    }

    /// A signal that nothing handles ends the process as abruptly as SIGKILL.
    func die(after microseconds: Int, of clock: Clock) {
        signal(clock.signal, SIG_DFL)
        var timer = itimerval(it_interval: timeval(), it_value: timeval(tv_sec: 0, tv_usec: microseconds))
        setitimer(clock.timer, &timer, nil)
    }
}
