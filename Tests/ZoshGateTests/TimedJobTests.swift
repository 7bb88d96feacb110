import Synchronization
import Testing
import ZoshKit

@testable import ZoshGate

/// Changes that wait for their time, and that go back by themselves.
struct TimedJobTests {
    private static func people(_ count: Int) -> [Row] { (1...count).map { Gate.person(String($0)) } }

    @Test("what is for later is written down and not done, and done once its time has come")
    func waits() async throws {
        let world = Organisation(Self.people(3))
        let machine = Machine()
        let rows = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, at: 3600)
        #expect(rows.map { $0.string("outcome") } == ["planned"])
        #expect(await world.performed.isEmpty)
        #expect(try await machine.state(1) == .waiting)
        #expect(try await machine.runDue(to: world) == [])
        machine.clock.advance(3600)
        #expect(try await machine.state(1) == .due)
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users["1"]?.string("city") == "Bern")
        #expect(await world.performed.count == 1)
    }

    @Test("timed-job-twice: of processes that run it at the same time one does, and no other does it again")
    func twice() async throws {
        let world = Organisation(Self.people(20))
        let machine = Machine()
        let changes = (1...20).map { Gate.update(String($0), ["city": "Bern"]) }
        _ = try await machine.line(changes, to: world, at: 60)
        machine.clock.advance(60)
        let ran = try await withThrowingTaskGroup(of: [JobSummary].self) { group in
            for _ in 0..<8 { group.addTask { try await machine.runDue(to: world) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(ran.map(\.state) == [.done])
        #expect(await world.performed.count == 20)
        #expect(try await machine.runDue(to: world) == [])
        // A job that is over is over for every process.
        #expect(try await machine.gate(to: world, machine.history).runDue(1) == nil)
        #expect(await world.performed.count == 20)
    }

    @Test("timed-job-twice: what a killed process had done is found, and the rest is done", arguments: 1...4)
    func killed(after count: Int) async throws {
        let shelf = Shelf()
        let left = Mutex<Shelf?>(nil)
        let world = Organisation(Self.people(4)) { number in
            guard number == count else { return }
            let copy = await shelf.afterKill
            left.withLock { $0 = $0 ?? copy }
        }
        let machine = Machine(on: shelf)
        _ = try await machine.line((1...4).map { Gate.update(String($0), ["city": "Bern"]) }, to: world, at: 60)
        machine.clock.advance(60)
        _ = try await machine.runDue(to: world)
        // Another process finds what was on the disk while the request was on its way.
        let later = Machine(on: try #require(left.withLock { $0 }), clock: machine.clock)
        #expect(try await later.state(1) == .due)
        #expect(try await later.runDue(to: world).map(\.state) == [.done])
        #expect(await world.performed.count == 4)
        #expect(await world.users.values.allSatisfy { $0.string("city") == "Bern" })
    }

    @Test("clock-back: a clock that goes back runs nothing twice, one that goes forward skips nothing")
    func clockBack() async throws {
        let world = Organisation(Self.people(2))
        let machine = Machine()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, at: 60)
        _ = try await machine.line([Gate.update("2", ["city": "Rome"])], to: world, at: 7200)
        machine.clock.advance(60)
        #expect(try await machine.runDue(to: world).count == 1)
        machine.clock.advance(-86_400)
        #expect(try await machine.runDue(to: world) == [])
        machine.clock.advance(86_400)
        #expect(try await machine.runDue(to: world) == [])
        machine.clock.advance(40 * 86_400)
        let ran = try await machine.runDue(to: world)
        #expect(ran.map(\.number) == [2] && ran.map(\.state) == [.done])
        #expect(await world.performed == ["update 1", "update 2"])
    }

    @Test("clock-back: what was begun is finished although its time has not come any more")
    func begun() async throws {
        let world = Organisation(Self.people(2), answers: [.failed(ZoshError(.network, "no network"))])
        let machine = Machine()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, at: 60)
        machine.clock.advance(60)
        // A lone change that could not be sent is not given up.
        #expect(try await machine.runDue(to: world).map(\.state) == [.due])
        machine.clock.advance(-3600)
        #expect(try await machine.state(1) == .due)
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users["1"]?.string("city") == "Bern")
    }

    @Test("a row that someone has changed since is refused, the others are done")
    func drift() async throws {
        let world = Organisation(Self.people(3))
        let machine = Machine()
        _ = try await machine.line((1...3).map { Gate.update(String($0), ["city": "Bern"]) }, to: world, at: 60)
        await world.set("1", "city", "Rome")
        await world.set("2", "status", "disabled")
        machine.clock.advance(60)
        let ran = try await machine.runDue(to: world)
        #expect(ran.map(\.state) == [.failed])
        #expect(ran.first?.counts == ["refused": 2, "done": 1])
        #expect(await world.performed == ["update 3"])
    }

    @Test("a time that is over is refused before anybody is asked")
    func past() async throws {
        let world = Organisation(Self.people(1))
        let machine = Machine()
        let error = try await #require(throws: ZoshError.self) {
            try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, at: -60)
        }
        #expect(error.kind == .usage && error.problem.contains("was 1min ago"))
        #expect(await machine.shelf.items.isEmpty)
    }

    @Test("what is given up does not run")
    func cancelled() async throws {
        let world = Organisation(Self.people(1))
        let machine = Machine()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, at: 60)
        try await machine.history.cancel(1)
        machine.clock.advance(60)
        #expect(try await machine.runDue(to: world) == [])
        #expect(await world.performed.isEmpty)
    }

    @Test("small jobs for one hour are counted as the large change that they are, by any process")
    func brakes() async throws {
        let world = Organisation(Self.people(30))
        let machine = Machine(limits: .standard, active: 20)
        func job(_ ids: ClosedRange<Int>, at time: Int64?) async throws {
            _ = try await machine.line(ids.map { Gate.update(String($0), ["city": "Bern"]) }, to: world, at: time)
        }
        try await job(1...6, at: 7200)
        // Another hour of another day, and this one.
        try await job(7...12, at: 90_000)
        try await job(13...18, at: nil)
        for time in [7200, 8000, 6400] as [Int64] {
            let error = try await #require(throws: ZoshError.self) { try await job(19...24, at: time) }
            #expect(error.kind == .refused && error.problem.contains("12 users would be changed"), "\(error.problem)")
        }
        machine.clock.advance(7000)
        let error = try await #require(throws: ZoshError.self) { try await job(19...24, at: nil) }
        #expect(error.kind == .refused)
        // What was let through once is not stopped when its time has come.
        machine.clock.advance(200)
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
    }

    @Test("one of those that are due can be run by its number; what is not due says why")
    func byNumber() async throws {
        let world = Organisation(Self.people(3))
        let machine = Machine()
        for (id, time) in [("1", 60), ("2", 60), ("3", 7200)] as [(String, Int64)] {
            _ = try await machine.line([Gate.update(id, ["city": "Bern"])], to: world, at: time)
        }
        _ = try await machine.line([Gate.update("1", ["street": "Main"])], to: world)
        machine.clock.advance(60)
        #expect(try await machine.history.due(2).number == 2)
        _ = try await machine.gate(to: world, machine.history).runDue(2)
        for (number, problem) in [
            (2, "is over (done)"), (3, "waits until"), (4, "has no time"), (9, "there is no job"),
        ] {
            let error = try await #require(throws: ZoshError.self) { try await machine.history.due(number) }
            #expect(error.problem.contains(problem), "\(error.problem)")
        }
        #expect(try await machine.state(1) == .due)
    }

    // MARK: The way back

    @Test("what is given for some time goes back, and the way back is on the disk before the first request")
    func wayBack() async throws {
        let shelf = Shelf()
        let seen = Mutex<[Int]>([])
        let world = Organisation(Self.people(2)) { number in
            guard number == 1 else { return }
            let items = await shelf.items
            seen.withLock { $0 = items.keys.sorted() }
        }
        let machine = Machine(on: shelf)
        await world.set("1", "city", "Oslo")
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 7200)
        #expect(seen.withLock { $0 } == [1, 2])
        #expect(await world.users["1"]?.string("city") == "Bern")
        #expect(try await machine.state(2) == .waiting)
        #expect(try await machine.history.rows(of: 2).map { $0["change"]?.text } == ["city: Bern → Oslo"])
        machine.clock.advance(7200)
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users["1"]?.string("city") == "Oslo")
        #expect(try await machine.runDue(to: world) == [])
    }

    @Test("what others have changed since is left alone, and the way back is over")
    func others() async throws {
        let world = Organisation(Self.people(2))
        for id in ["1", "2"] { await world.set(id, "city", "Oslo") }
        let machine = Machine()
        _ = try await machine.line(
            ["1", "2"].map { Gate.update($0, ["city": "Bern"]) }, to: world, lasting: 60)
        await world.set("1", "city", "Rome")
        machine.clock.advance(60)
        let ran = try await machine.runDue(to: world)
        #expect(ran.map(\.state) == [.done] && ran.first?.counts == ["unchanged": 1, "done": 1])
        #expect(
            try await machine.history.rows(of: 2).compactMap { $0.string("message") } == [
                "changed since, so left alone: city is Rome"
            ])
        #expect(await world.users["1"]?.string("city") == "Rome")
        #expect(await world.users["2"]?.string("city") == "Oslo")
        #expect(try await machine.runDue(to: world) == [])
    }

    @Test("a way back that Zoho refuses, or ignores, is due until Zoho shows the values")
    func overdue() async throws {
        let refusal = ChangeResult.refused(ZoshError(.refused, "not now"))
        let world = Organisation(
            Self.people(1), answers: [.done(id: "1", message: nil), refusal, .uncertain(reason: "no reply"), refusal])
        await world.set("1", "city", "Oslo")
        let machine = Machine()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60)
        machine.clock.advance(60)
        for _ in 0..<3 { #expect(try await machine.runDue(to: world).map(\.state) == [.due]) }
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users["1"]?.string("city") == "Oslo")
        #expect(await world.performed.count == 5)
    }

    @Test("a timer tries again what Zoho refuses after a minute, then after two, up to an hour; a person at once")
    func rest() async throws {
        let refusal = ChangeResult.refused(ZoshError(.refused, "not now"))
        let world = Organisation(
            Self.people(1), answers: [.done(id: "1", message: nil)] + Array(repeating: refusal, count: 9))
        let machine = Machine()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60)
        machine.clock.advance(60)
        for length in [60, 120, 240, 480, 960, 1920, 3600, 3600] as [Int64] {
            #expect(try await machine.runDue(to: world).map(\.state) == [.due])
            let rest = try #require(try await machine.history.job(2).timing?.rest)
            #expect(rest.lowerBound == machine.clock.now && Int64(rest.count) == length)
            machine.clock.advance(length)
        }
    }

    @Test("it is stopped by no share and no approval, and needs no administrator option")
    func unstoppable() async throws {
        let world = Organisation(Self.people(30))
        for id in 1...30 { await world.set(String(id), "city", "Oslo") }
        let machine = Machine(limits: .standard, active: 20)
        _ = try await machine.line(
            (1...30).map { Gate.update(String($0), ["city": "Bern"]) }, to: world, lasting: 60, atMost: 30)
        machine.clock.advance(60)
        var stricter = machine
        stricter.approvals = 2
        #expect(try await stricter.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users.values.allSatisfy { $0.string("city") == "Oslo" })
    }

    @Test(
        "what cannot be put back is refused before anything is changed",
        arguments: [
            [Gate.delete("2")], [Gate.update("1", ["city": "Bern"]), Gate.delete("2")],
            [Gate.update("1", ["street": "Main"])],
        ])
    func impossible(changes: [Change]) async throws {
        let world = Organisation(Self.people(2))
        let machine = Machine()
        let error = try await #require(throws: ZoshError.self) {
            try await machine.line(changes, to: world, lasting: 60)
        }
        #expect(error.kind == .refused && error.problem.contains("cannot be put back"), "\(error.problem)")
        #expect(await world.performed.isEmpty)
        #expect(await machine.shelf.items.isEmpty)
    }

    @Test("killed at every write to the disk, nothing that was given stays for ever", arguments: 1...12)
    func killedAnywhere(room: Int) async throws {
        let shelf = Shelf()
        let world = Organisation(Self.people(2))
        for id in ["1", "2"] { await world.set(id, "city", "Oslo") }
        let machine = Machine(on: shelf)
        await shelf.leave(room: room)
        _ = try? await machine.line(["1", "2"].map { Gate.update($0, ["city": "Bern"]) }, to: world, lasting: 60)
        let later = Machine(on: await shelf.afterKill, clock: machine.clock)
        machine.clock.advance(60)
        _ = try await later.runDue(to: world)
        #expect(await world.users.values.allSatisfy { $0.string("city") == "Oslo" }, "room \(room)")
        #expect(try await later.runDue(to: world) == [])
        // Nothing goes on that the way back has ended.
        #expect(try await later.history.unfinished().allSatisfy { $0.counts["done"] == nil }, "room \(room)")
    }

    @Test("a time and a length: the way back is counted from when it runs")
    func both() async throws {
        let world = Organisation(Self.people(1))
        await world.set("1", "city", "Oslo")
        let machine = Machine()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, at: 3600, lasting: 7200)
        // Late by an hour.
        machine.clock.advance(7200)
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users["1"]?.string("city") == "Bern")
        machine.clock.advance(7199)
        #expect(try await machine.runDue(to: world) == [])
        machine.clock.advance(1)
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users["1"]?.string("city") == "Oslo")
    }

    @Test("a read-only connection changes nothing, and its jobs stay due")
    func readOnly() async throws {
        let world = Organisation(Self.people(1))
        await world.set("1", "city", "Oslo")
        let machine = Machine()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60)
        machine.clock.advance(60)
        var protected = machine
        protected.isReadOnly = true
        let error = try await #require(throws: ZoshError.self) { try await protected.runDue(to: world) }
        #expect(error.kind == .permission)
        #expect(try await machine.state(2) == .due)
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
    }

    @Test("what is removed is not needed any more: the way back keeps its own copy")
    func pruned() async throws {
        let world = Organisation(Self.people(1))
        await world.set("1", "city", "Oslo")
        let machine = Machine()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: world, lasting: 60)
        _ = try await machine.history.prune()
        try await machine.shelf.discard(1)
        machine.clock.advance(60)
        #expect(try await machine.runDue(to: world).map(\.state) == [.done])
        #expect(await world.users["1"]?.string("city") == "Oslo")
    }

    @Test("a job runs through the login it was written with, whatever that is called now, and through no other")
    func login() async throws {
        let machine = Machine()
        _ = try await machine.line([Gate.update("1", ["city": "Bern"])], to: Organisation(Self.people(1)), at: 60)
        var renamed = Gate.acme
        renamed.name = "other"
        var stranger = Gate.acme
        stranger.userID = "2"
        var elsewhere = Gate.acme
        elsewhere.orgID = "10"
        let all = [stranger, elsewhere, renamed]
        #expect(try await machine.history.connection(of: 1, among: all).name == "other")
        let error = try await #require(throws: ZoshError.self) {
            try await machine.history.connection(of: 1, among: [stranger, elsewhere])
        }
        #expect(error.kind == .auth && error.problem.contains("me@acme.example"), "\(error.problem)")
    }
}
