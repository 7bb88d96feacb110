import Synchronization
import Testing
import ZoshKit

@testable import ZoshGate

/// Writes whose replies were lost wait once and are read back together, and no user gets another write meanwhile.
struct LostRepliesTests {
    /// What happened, in order.
    private final class Events: Sendable {
        private let all = Mutex<[String]>([])
        var list: [String] { all.withLock { $0 } }
        func note(_ event: String) { all.withLock { $0.append(event) } }
    }

    private static let lost = ChangeResult.uncertain(reason: "the connection broke")

    private func apply(_ changes: [Change], to world: Organisation, _ events: Events) async throws -> [Row] {
        let gate = ChangeGate(
            session: Gate.session(), console: Listener(), executor: world, settle: { events.note("wait") })
        return try await gate.apply(changes, for: Gate.call(WriteOptions(yes: true))).collect()
    }

    @Test("a hundred of them cost one wait and one call")
    func together() async throws {
        let ids = (1...100).map { String(1_000_000_000 + $0) }
        let world = Organisation(
            ids.map { Gate.person($0) }, answers: [ChangeResult](repeating: Self.lost, count: ids.count))
        let before = await world.readings.count
        let events = Events()
        let rows = try await apply(ids.map { Gate.delete($0) }, to: world, events)
        #expect(rows.map { $0.string("id") } == ids)
        #expect(rows.allSatisfy { $0.string("outcome") == "unverified" })
        #expect(events.list == ["wait"])
        // Before they are sent and after.
        #expect(await world.readings.count - before == 2)
    }

    @Test("one among others keeps its place, and those are not held up")
    func amongOthers() async throws {
        let ids = (1...4).map { String(1_000_000_000 + $0) }
        let done = ChangeResult.done(id: nil, message: "User updated")
        let events = Events()
        let world = Organisation(ids.map { Gate.person($0) }, answers: [done, Self.lost, done, done]) {
            events.note("write \($0)")
        }
        let rows = try await apply(ids.map { Gate.update($0, ["city": "Bern"]) }, to: world, events)
        #expect(rows.map { $0.string("outcome") } == ["done", "unverified", "done", "done"])
        #expect(events.list == ["write 1", "write 2", "write 3", "write 4", "wait"])
    }

    @Test("one of them holds up no more than a hundred rows")
    func heldUp() async throws {
        let ids = (1...250).map { String(1_000_000_000 + $0) }
        let world = Organisation(ids.map { Gate.person($0) }, answers: [Self.lost])
        let gate = ChangeGate(session: Gate.session(), console: Listener(), executor: world, settle: {})
        let rows = try await gate.apply(ids.map { Gate.delete($0) }, for: Gate.call(WriteOptions(yes: true)))
        #expect(try await rows.next()?.rows.count == 100)
        #expect(await world.performed.count == 100)
        #expect(try await rows.next()?.rows.count == 1)
        _ = await rows.outcome()
        #expect(await world.performed.count == 250)
    }

    @Test("a user whose write is in doubt gets the next one once it is read back")
    func sameUser() async throws {
        let events = Events()
        let world = Organisation([Gate.person("11"), Gate.person("12")], answers: [Self.lost]) {
            events.note("write \($0)")
        }
        let rows = try await apply(
            [
                Gate.update("11", ["city": "Bern"]), Gate.update("12", ["city": "Bern"]),
                Gate.update("11", ["phone": "1"], action: "update phone"),
                Gate.update("12", ["phone": "1"], action: "update phone"),
            ], to: world, events)
        #expect(rows.map { $0.string("outcome") } == ["unverified", "done", "done", "done"])
        #expect(events.list == ["write 1", "write 2", "wait", "write 3", "write 4"])
    }
}
