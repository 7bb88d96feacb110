import Synchronization
import Testing
import ZoshKit

@testable import ZoshGate

/// Several changes at once: as many as the organisation allows, in order, and never two of one person.
struct WindowTests {
    /// Lets changes in and holds them until as many as the window allows have come, or no more can.
    private final class Crowd: ChangeExecutor {
        private struct State {
            var under: [String] = []
            var most = 0
            var order: [[String]] = []
            var waiting: [CheckedContinuation<Void, Never>] = []
            var hurried: Set<String> = []
        }

        let window: Int
        private let users: [String: Row]
        private let sizes: Mutex<[Int]>
        private let state = Mutex(State())

        /// - Parameter sizes: how many come together, window after window.
        init(_ users: [Row], window: Int, sizes: [Int]) {
            self.users = Dictionary(uniqueKeysWithValues: users.map { ($0.string("id") ?? "", $0) })
            self.window = window
            self.sizes = Mutex(sizes)
        }

        var together: [[String]] { state.withLock { $0.order } }
        /// Users who got a write while another one of theirs was under way.
        var hurried: Set<String> { state.withLock { $0.hurried } }

        func perform(_ effect: any Effect) async -> ChangeResult {
            let size = sizes.withLock { $0.first ?? 1 }
            await withCheckedContinuation { continuation in
                let all = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    if state.under.contains(effect.shortName) { state.hurried.insert(effect.shortName) }
                    state.under.append(effect.shortName)
                    state.waiting.append(continuation)
                    guard state.under.count == size else { return [] }
                    state.order.append(state.under.sorted())
                    state.under = []
                    defer { state.waiting = [] }
                    return state.waiting
                }
                if !all.isEmpty { sizes.withLock { if !$0.isEmpty { $0.removeFirst() } } }
                for one in all { one.resume() }
            }
            return .done(id: effect.shortName, message: nil)
        }

        func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
            users.filter { ids.contains($0.key) }
        }
        func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws
            -> [String: Row]
        { [:] }
        func names(_ resource: Resource, ids: Set<String>) async -> [String: String] { [:] }
    }

    private func apply(_ changes: [Change], to crowd: Crowd) async throws -> [Row] {
        let gate = ChangeGate(session: Gate.session(), console: Listener(), executor: crowd, settle: {})
        return try await gate.apply(changes, for: Gate.call(WriteOptions(yes: true))).collect()
    }

    @Test("what was done before takes no place among them", .timeLimit(.minutes(1)))
    func settled() async throws {
        let ids = (1...129).map { String(1_000_000_000 + $0) }
        let crowd = Crowd(ids.map { Gate.person($0) }, window: 3, sizes: [3, 3, 3])
        let planned = ids.enumerated().map { place, id in
            var one = PlannedChange(Gate.update(id, ["city": "Bern"]))
            if place < 120 { one.settled = ChangeReport(.done, id: id, message: "done before") }
            return one
        }
        let readBack = ReadBack(executor: crowd, session: Gate.session(), settle: {})
        let rows = try await RowStream(
            .ofChanges, from: ApplyStage(planned, crowd, ProgressMeter(), readBack)
        ).collect()
        #expect(rows.count == 129)
        #expect(crowd.together.map(\.count) == [3, 3, 3])
    }

    @Test("as many are under way as are allowed, and the rows come in order", arguments: [1, 3, 10])
    func window(_ window: Int) async throws {
        let ids = (1...9).map { "1000000000\($0)" }
        var sizes = [Int](repeating: window, count: 9 / window)
        if 9 % window > 0 { sizes.append(9 % window) }
        let crowd = Crowd(ids.map { Gate.person($0) }, window: window, sizes: sizes)
        let rows = try await apply(ids.map { Gate.delete($0) }, to: crowd)
        #expect(crowd.together.map(\.count) == sizes)
        #expect(rows.map { $0.string("id") } == ids)
        #expect(rows.allSatisfy { $0.string("outcome") == "done" })
    }

    @Test("two changes of one person are never under way together")
    func onePerson() async throws {
        let crowd = Crowd(["11", "12"].map { Gate.person($0) }, window: 5, sizes: [2, 1])
        _ = try await apply(
            [
                Gate.update("11", ["city": "Bern"]), Gate.update("12", ["city": "Bern"]),
                Gate.update("11", ["phone": "1"], action: "update phone"),
            ], to: crowd)
        #expect(crowd.together == [["11", "12"], ["11"]])
    }

    @Test("of many changes over few users no user ever has two under way", .timeLimit(.minutes(1)), arguments: 1...8)
    func fewUsers(seed: UInt64) async throws {
        // Knuth's MMIX generator: another order of the same changes for each seed.
        var state = seed
        func random(below count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let ids = (11...17).map(String.init)
        let fields = ["phone", "mobile", "fax", "website", "street", "city", "state", "zip", "country", "alias"]
        var changes = ids.flatMap { id in fields.map { Gate.update(id, [$0: "1"], action: "update \($0)") } }
        for place in changes.indices.reversed() { changes.swapAt(place, random(below: place + 1)) }
        // A window ends at ten, or before the next change of a user who is in it.
        var windows: [[String]] = [[]]
        for id in changes.compactMap(\.id) {
            if windows[windows.count - 1].count == 10 || windows[windows.count - 1].contains(id) { windows.append([]) }
            windows[windows.count - 1].append(id)
        }
        let crowd = Crowd(ids.map { Gate.person($0) }, window: 10, sizes: windows.map(\.count))
        #expect(try await apply(changes, to: crowd).count == changes.count)
        #expect(crowd.hurried.isEmpty)
        #expect(crowd.together == windows.map { $0.sorted() })
    }

    @Test("a hundred changes, ten at once, cost ten commits before their requests and one behind them")
    func commits() async throws {
        let ids = (1...100).map { String(1_000_000_000 + $0) }
        let shelf = Shelf()
        let executor = TenAtOnce(organisation: Organisation(ids.map { Gate.person($0) }))
        let rows = try await Attempt(on: shelf).apply(
            ids.map { Gate.update($0, ["city": "Bern"]) }, to: executor, write: WriteOptions(yes: true))
        #expect(rows.count { $0.string("outcome") == "done" } == 100)
        // What is decided goes with the first window's intents, what came of a window with the next one's; what came of
        // the last one, and what Zoho shows of all, are one more. Beginning and finishing the job cost one each.
        let intents = [String](repeating: "intent", count: 10)
        let outcomes = [String](repeating: "outcome", count: 10)
        let shown = [String](repeating: "shown", count: 100)
        let windows = [["batch"] + intents] + [[String]](repeating: outcomes + intents, count: 9)
        #expect(await shelf.appended == windows + [outcomes + shown])
    }

    /// An organisation that takes ten changes at once.
    private struct TenAtOnce: ChangeExecutor {
        let organisation: Organisation
        var window: Int { 10 }

        func perform(_ effect: any Effect) async -> ChangeResult { await organisation.perform(effect) }
        func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
            try await organisation.reread(resource, ids: ids)
        }
        func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws
            -> [String: Row]
        { try await organisation.find(resource, called: handles, changedSince: since) }
        func names(_ resource: Resource, ids: Set<String>) async -> [String: String] { [:] }
    }
}
