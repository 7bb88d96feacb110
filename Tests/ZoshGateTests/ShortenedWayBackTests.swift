import Testing
import ZoshKit

@testable import ZoshGate

/// Ways back of which an undo has put back something before their time.
struct ShortenedWayBackTests {
    private static let refusal = ChangeResult.refused(ZoshError(.refused, "not now"))
    private static func done(_ ids: String...) -> [ChangeResult] { ids.map { .done(id: $0, message: nil) } }

    private let machine = Machine()

    private func start(_ world: Organisation, _ ids: [String] = ["1", "2", "3"]) async throws {
        for id in ids { await world.set(id, "city", "Oslo") }
        _ = try await machine.line(ids.map { Gate.update($0, ["city": "Bern"]) }, to: world, lasting: 60)
    }

    private func undo(to world: Organisation, on machine: Machine) async throws -> [Row] {
        let undo = try await machine.history.undo(of: 1, on: Gate.acme)
        return try await machine.line(undo.changes, to: world, undoing: 1)
    }

    @Test("what an undo has put back is not put back once more, and the rest is", arguments: [false, true])
    func partly(isPruned: Bool) async throws {
        let world = Organisation(
            (1...3).map { Gate.person(String($0)) },
            answers: Self.done("1", "2", "3") + Self.done("1") + [Self.refusal] + Self.done("3"))
        try await start(world)
        #expect(
            try await undo(to: world, on: machine).map { $0.string("outcome") } == ["done", "refused", "done"])
        #expect(try await machine.state(2) == .waiting)
        #expect(try await machine.history.rows(of: 2).map { $0.string("id") } == ["2"])
        #expect(try await machine.history.rows(of: 2).map { $0["change"]?.text } == ["city: Bern → Oslo"])
        #expect(try await machine.history.job(2).counts == ["not started": 1])
        // What is back can be changed for good; what is not yet stays as it is until then.
        #expect(
            try await machine.line(["1", "2"].map { Gate.update($0, ["city": "Bern"]) }, to: world).map {
                $0.string("outcome")
            } == ["done", "refused"])
        if isPruned {
            _ = try await machine.history.prune()
            try await machine.shelf.discard(1)
        }
        machine.clock.advance(60)
        let ran = try await machine.runDue(to: world)
        #expect(ran.map(\.state) == [.done] && ran.first?.counts == ["done": 1])
        #expect(await ["1", "2", "3"].asyncMap { await world.users[$0]?.string("city") } == ["Bern", "Oslo", "Oslo"])
        #expect(try await machine.runDue(to: world) == [])
    }

    @Test("an undo that had to leave some alone has put back all there is: nothing is left for the way back")
    func leftAlone() async throws {
        let world = Organisation((1...3).map { Gate.person(String($0)) })
        try await start(world)
        await world.set("2", "city", "Rome")
        #expect(
            try await undo(to: world, on: machine).map { $0.string("outcome") } == ["done", "unchanged", "done"])
        #expect(try await machine.state(2) == .cancelled)
        #expect(try await machine.history.job(3).state == .done)
    }

    @Test("an undo in two attempts leaves less each time")
    func twice() async throws {
        let world = Organisation(
            (1...3).map { Gate.person(String($0)) },
            answers: Self.done("1", "2", "3", "1") + [Self.refusal, Self.refusal] + Self.done("2") + [Self.refusal])
        try await start(world)
        _ = try await undo(to: world, on: machine)
        #expect(try await machine.history.rows(of: 2).map { $0.string("id") } == ["2", "3"])
        _ = try await undo(to: world, on: machine)
        #expect(try await machine.history.rows(of: 2).map { $0.string("id") } == ["3"])
        _ = try await undo(to: world, on: machine)
        #expect(try await machine.state(2) == .cancelled)
    }

    @Test("a shortened one that Zoho refuses is tried again with the same rows")
    func retried() async throws {
        let world = Organisation(
            (1...2).map { Gate.person(String($0)) },
            answers: Self.done("1", "2", "1") + [Self.refusal, Self.refusal])
        try await start(world, ["1", "2"])
        _ = try await undo(to: world, on: machine)
        await world.set("1", "city", "Bern")
        machine.clock.advance(60)
        #expect(try await machine.runDue(to: world).map(\.state) == [.due])
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users["1"]?.string("city") == "Bern")
        #expect(await world.users["2"]?.string("city") == "Oslo")
    }

    @Test("killed at every write of the undo, nothing that was given stays for ever", arguments: 0...8)
    func killed(room: Int) async throws {
        let world = Organisation(
            (1...2).map { Gate.person(String($0)) }, answers: Self.done("1", "2") + [Self.refusal])
        try await start(world, ["1", "2"])
        await machine.shelf.leave(room: room)
        _ = try? await undo(to: world, on: machine)
        let later = Machine(on: await machine.shelf.afterKill, clock: machine.clock)
        machine.clock.advance(60)
        // The one refusal may be met here.
        for _ in 0..<2 { _ = try await later.runDue(to: world) }
        #expect(await world.users.values.allSatisfy { $0.string("city") == "Oslo" }, "room \(room)")
        #expect(try await later.runDue(to: world) == [], "room \(room)")
    }
}

extension Array {
    fileprivate func asyncMap<T>(_ body: (Element) async -> T) async -> [T] {
        var all: [T] = []
        for element in self { all.append(await body(element)) }
        return all
    }
}
