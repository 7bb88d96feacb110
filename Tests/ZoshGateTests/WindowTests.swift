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

        func perform(_ effect: any Effect) async -> ChangeResult {
            let size = sizes.withLock { $0.first ?? 1 }
            await withCheckedContinuation { continuation in
                let all = state.withLock { state -> [CheckedContinuation<Void, Never>] in
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
}
