import Synchronization
import Testing
import ZoshKit

@testable import ZoshGate

/// Two lines that want the same field of the same user at different times.
struct WaitingJobTests {
    private let machine = Machine()
    private let world = Organisation([Gate.person("1"), Gate.person("2")])

    private func start() async { await world.set("1", "city", "Oslo") }

    private func refusal(_ rows: [Row]) throws -> String {
        let row = try #require(rows.first)
        #expect(rows.count == 1 && row.string("outcome") == "refused")
        return row.string("message") ?? ""
    }

    @Test("what was there before something given for some time is not lost in another such change")
    func twoLengths() async throws {
        await start()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60)
        for city in ["Rome", "Bern", "Oslo"] as [Value] {
            let message = try refusal(
                try await machine.line([Gate.update("1", ["city": city])], to: world, lasting: 3600))
            #expect(message.contains("job 2 puts city back at") && message.contains("jobs cancel 2"), "\(message)")
        }
        #expect(await world.performed.count == 1)
        machine.clock.advance(3600)
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users["1"]?.string("city") == "Oslo")
    }

    @Test("the same of a line that is written again after its process was killed")
    func killed() async throws {
        await start()
        let shelf = machine.shelf
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60)
        let later = Machine(on: await shelf.afterKill, clock: machine.clock)
        _ = try refusal(try await later.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60))
    }

    @Test("what is to stay is not 'already set' while a way back will take it away")
    func permanent() async throws {
        await start()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60)
        let message = try refusal(try await machine.line([Gate.update("1", ["city": "Bern"])], to: world))
        #expect(message.contains("job 2 puts city back at") && message.contains("undo 1"), "\(message)")
        // Another field, another user, and the value that it will have anyway.
        for change in [
            Gate.update("1", ["street": "Main"]), Gate.update("2", ["city": "Bern"]),
            Gate.update("1", ["city": "Oslo"]),
        ] {
            #expect(try await machine.line([change], to: world).map { $0.string("outcome") } == ["done"])
        }
        machine.clock.advance(60)
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users["1"]?.string("city") == "Oslo")
    }

    @Test("a second step at a later time is not dropped because the first has not been taken")
    func schedule() async throws {
        await start()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, at: 60)
        for city in ["Oslo", "Rome"] as [Value] {
            let message = try refusal(try await machine.line([Gate.update("1", ["city": city])], to: world, at: 120))
            #expect(message.contains("job 1 changes city at") && message.contains("jobs cancel 1"), "\(message)")
        }
        // What is done at once is compared when the time has come.
        #expect(
            try await machine.line([Gate.update("1", ["city": "Rome"])], to: world).map { $0.string("outcome") }
                == ["done"])
    }

    @Test("what a job was given up for can be written")
    func cancelled() async throws {
        await start()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60)
        try await machine.history.cancel(2)
        #expect(
            try await machine.line([Gate.update("1", ["city": "Rome"])], to: world, lasting: 60)
                .map { $0.string("outcome") } == ["done"])
    }

    @Test("a job that is taken back has no way back any more")
    func undone() async throws {
        await start()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60)
        let undo = try await machine.history.undo(of: 1, on: Gate.acme)
        #expect(
            try await machine.line(undo.changes, to: world, undoing: 1).map { $0.string("outcome") } == ["done"])
        #expect(try await machine.state(2) == .cancelled)
        #expect(
            try await machine.line([Gate.update("1", ["city": "Bern"])], to: world).map { $0.string("outcome") }
                == ["done"])
        machine.clock.advance(60)
        #expect(try await machine.runDue(to: world) == [])
        #expect(await world.users["1"]?.string("city") == "Bern")
    }

    @Test("an undo that is itself for some time does not pass")
    func undoneForATime() async throws {
        await start()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60)
        let undo = try await machine.history.undo(of: 1, on: Gate.acme)
        _ = try refusal(try await machine.line(undo.changes, to: world, lasting: 60, undoing: 1))
        #expect(try await machine.state(2) == .waiting)
    }

    @Test("what needs an approval since it was written can only be given up: no option reaches it any more")
    func approvals() async throws {
        _ = try await machine.line([Gate.delete("2")], to: world, at: 60)
        machine.clock.advance(60)
        var stricter = machine
        stricter.approvals = 1
        let error = try await #require(throws: ZoshError.self) { try await stricter.runDue(to: world) }
        #expect(error.kind == .refused && error.remedy?.hasPrefix("jobs cancel 1") == true, "\(error)")
    }

    @Test("a line whose way back is due is not gone on with, and a waiting way back counts what it will change")
    func left() async throws {
        await start()
        let shelf = machine.shelf
        let copy = Mutex<Shelf?>(nil)
        let killing = Organisation([Gate.person("1")]) { _ in
            let now = await shelf.afterKill
            copy.withLock { $0 = $0 ?? now }
        }
        await killing.set("1", "city", "Oslo")
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: killing, lasting: 60)
        let later = Machine(on: try #require(copy.withLock { $0 }), clock: machine.clock)
        #expect(try await later.history.job(2).counts == ["not started": 1])
        #expect(try await later.history.left().map(\.number) == [1])
        machine.clock.advance(60)
        #expect(try await later.history.left() == [])
    }
}
