import Synchronization
import Testing
import ZoshKit

@testable import ZoshGate

/// Many targets go into the job a page at a time, before the question; what is not let through leaves no job.
struct SpoolTests {
    private static let ids = (1...250).map { String(1000 + $0) }
    private static let changes = ids.map { Gate.update($0, ["city": "Bern"]) }
    private static let yes = WriteOptions(yes: true)

    private func world(alreadyIn count: Int = 0) async -> Organisation {
        let world = Organisation(Self.ids.map { Gate.person($0) })
        for id in Self.ids.prefix(count) { await world.set(id, "city", "Bern") }
        return world
    }

    /// Somebody who looks around before they answer.
    private struct Asked: Console {
        var answer = true
        let look: @Sendable () async -> Void

        func note(_ text: String) {}
        func ask(_ prompt: String) async throws -> String { throw ZoshError(.cancelled, "no answers here") }
        func confirm(_ question: ZoshKit.Confirmation) async throws -> Bool {
            await look()
            return answer
        }
    }

    @Test("at the question whole pages are on the disk, and on no list")
    func pages() async throws {
        let shelf = Shelf()
        let attempt = try await Attempt(on: shelf)
        let look = Asked {
            let entries = await shelf.items[1]?.entries ?? []
            #expect(entries.map { $0["changes"]?.list?.count } == [100, 100])
            for history in [attempt.history, JobHistory(in: shelf) { 0 }] {
                #expect((try? await history.latest(10).isEmpty) == true)
                #expect((try? await history.left().isEmpty) == true)
                #expect((try? await history.jobsLeft(of: 1, closing: true)) == [])
                await #expect(throws: ZoshError.self) { try await history.job(1) }
            }
        }
        let rows = try await attempt.apply(Self.changes, to: await world(), console: look)
        #expect(rows.map { $0.string("id") } == Self.ids)
        #expect(rows.allSatisfy { $0.string("outcome") == "done" })
        #expect(try await attempt.history.job(1).state == .done)
        let shown = try await attempt.history.rows(of: 1)
        #expect(shown.map { $0["number"]?.integer } == (1...250).map { Int64($0) })
        #expect(shown.allSatisfy { $0.string("outcome") == "done" && $0["before"] == .row(["city": nil]) })
    }

    @Test("what fits on one page is written down with its first intent")
    func onePage() async throws {
        let shelf = Shelf()
        let look = Asked { #expect(await shelf.items.isEmpty) }
        let rows = try await Attempt(on: shelf).apply(
            Array(Self.changes.prefix(100)), to: await world(), console: look)
        #expect(rows.count == 100)
        #expect(await shelf.items[1]?.isFinished == true)
    }

    private enum Ending: CaseIterable { case declined, notAnswerable, unreadable, cancelled }

    @Test("what is not let through leaves nothing behind", arguments: Ending.allCases)
    private func refused(_ ending: Ending) async throws {
        let (shelf, world) = (Shelf(), await world())
        let executor = Unreadable(world: world, after: ending == .unreadable ? 2 : .max)
        let look = Asked(answer: ending != .declined) {
            #expect(await shelf.items.count == 1)
            if ending == .cancelled { withUnsafeCurrentTask { $0?.cancel() } }
        }
        let line = Task {
            _ = try await Attempt(on: shelf).apply(
                Self.changes, to: executor, interactive: ending != .notAnswerable, console: look)
        }
        if ending == .cancelled {
            // Answered, and then stopped before anything was sent: the job says what was not started.
            try await line.value
            #expect(try await JobHistory(in: shelf) { 0 }.unfinished().map(\.counts) == [["not started": 250]])
        } else {
            await #expect(throws: ZoshError.self) { try await line.value }
            #expect(await shelf.items.isEmpty)
        }
        #expect(await world.performed.isEmpty)
    }

    /// An organisation that cannot be read any more after some readings.
    private actor Unreadable: ChangeExecutor {
        let world: Organisation
        let most: Int
        var count = 0

        init(world: Organisation, after most: Int) {
            self.world = world
            self.most = most
        }

        func perform(_ effect: any Effect) async -> ChangeResult { await world.perform(effect) }
        func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
            count += 1
            guard count <= most else { throw ZoshError(.network, "no route") }
            return try await world.reread(resource, ids: ids)
        }
        func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws
            -> [String: Row]
        { [:] }
        func names(_ resource: Resource, ids: Set<String>) async -> [String: String] { [:] }
    }

    @Test("rows that are so already make no job alone, and are part of one with others", arguments: [250, 170])
    func unchanged(count: Int) async throws {
        let shelf = Shelf()
        let attempt = try await Attempt(on: shelf)
        let rows = try await attempt.apply(Self.changes, to: await world(alreadyIn: count), write: Self.yes)
        #expect(rows.count { $0.string("outcome") == "unchanged" } == count)
        #expect(await shelf.items.count == (count == 250 ? 0 : 1))
        guard count < 250 else { return }
        #expect(try await attempt.history.job(1).counts == ["unchanged": count, "done": 250 - count])
    }

    @Test("people who would be added and are there make no job, however many pages they are", arguments: [2, 250])
    func there(count: Int) async throws {
        let shelf = Shelf()
        let people = Self.ids.prefix(count).map { id in
            Change(
                .create, .users, .new(handle: "p\(id)@acme.example"), holder: id,
                fields: ["email": .string("p\(id)@acme.example")], action: "add")
        }
        let rows = try await Attempt(on: shelf).apply(people, to: await world(), write: Self.yes)
        #expect(rows.count { $0.string("outcome") == "unchanged" } == count, "\(rows.prefix(2))")
        #expect(await shelf.items.isEmpty)
    }

    @Test("what a later look at all rows refuses is refused in the job too")
    func refusedLater() async throws {
        let shelf = Shelf()
        let attempt = try await Attempt(on: shelf)
        // The same address for the first and the last of them.
        var changes = Self.changes
        for place in [0, 249] { changes[place] = Gate.update(Self.ids[place], ["email": "same@acme.example"]) }
        let rows = try await attempt.apply(changes, to: await world(), write: Self.yes)
        #expect(rows.count { $0.string("outcome") == "refused" } == 2)
        #expect(try await attempt.history.job(1).counts == ["refused": 2, "done": 248])
    }

    @Test("killed at the question it is on no list, and makes room for the next job")
    func killedAtQuestion() async throws {
        let shelf = Shelf()
        let left = Mutex<Shelf?>(nil)
        let look = Asked {
            let copy = await shelf.afterKill
            left.withLock { $0 = copy }
        }
        _ = try await Attempt(on: shelf).apply(Self.changes, to: await world(), console: look)
        let found = try #require(left.withLock { $0 })
        #expect(await found.items.count == 1)
        let next = JobHistory(in: found) { 0 }
        #expect(try await next.latest(10).isEmpty)
        #expect(try await next.left().isEmpty)
        #expect(try await next.begin(["text": "another"]) == 1)
        #expect(await found.items[1]?.entries.isEmpty == true)
    }

    @Test("a resumed job whose question is declined is left as it was")
    func declinedAgain() async throws {
        let (shelf, world) = (Shelf(), await world())
        let left = Mutex<Shelf?>(nil)
        let dying = Interrupted(world: world, after: 120) {
            let copy = await shelf.afterKill
            left.withLock { $0 = copy }
        }
        _ = try await Attempt(on: shelf).apply(Self.changes, to: dying, write: Self.yes)
        let found = try #require(left.withLock { $0 })
        let before = try await JobHistory(in: found) { 0 }.rows(of: 1)
        await #expect(throws: ZoshError.self) {
            _ = try await Attempt(on: found).apply(Self.changes, to: world, console: Listener(answer: false))
        }
        #expect(try await JobHistory(in: found) { 0 }.rows(of: 1) == before)
        #expect(try await JobHistory(in: found) { 0 }.left().map(\.number) == [1])
        let last = try await Attempt(on: found)
        let rows = try await last.apply(Self.changes, to: world, write: Self.yes)
        #expect(rows.count == 250 && rows.allSatisfy { $0.string("outcome") == "done" })
        #expect(try await last.history.job(1).counts == ["done": 250])
        #expect(Set(await world.performed).count == 250)
    }

    /// A process that is killed after some requests.
    private actor Interrupted: ChangeExecutor {
        let world: Organisation
        let most: Int
        let die: @Sendable () async -> Void
        var count = 0

        init(world: Organisation, after most: Int, die: @escaping @Sendable () async -> Void) {
            self.world = world
            self.most = most
            self.die = die
        }

        func perform(_ effect: any Effect) async -> ChangeResult {
            count += 1
            if count == most + 1 { await die() }
            return count > most ? .refused(ZoshError(.network, "dead")) : await world.perform(effect)
        }
        func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
            try await world.reread(resource, ids: ids)
        }
        func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws
            -> [String: Row]
        { [:] }
        func names(_ resource: Resource, ids: Set<String>) async -> [String: String] { [:] }
    }

    @Test("a disk that is full at any moment before an intent: nothing is sent, and that is said", arguments: 0...6)
    func diskFull(room: Int) async throws {
        let (shelf, world) = (Shelf(), await world())
        await shelf.leave(room: room)
        let error = await #expect(throws: ZoshError.self) {
            _ = try await Attempt(on: shelf).apply(Self.changes, to: world, write: Self.yes)
        }
        #expect(error?.problem.contains("the disk is full") == true)
        #expect(await world.performed.isEmpty)
        // The last one is the intent itself: the job was let through.
        #expect(error?.problem.contains("250 of 250 changes were not started") == (room == 6))
        #expect(await shelf.items.count == (room == 6 ? 1 : 0))
    }

    @Test("the disk is full for the intent of a later window: what was sent is done, the rest is not started")
    func diskFullLater() async throws {
        let (shelf, world) = (Shelf(), await world())
        await shelf.leave(room: 9)
        await #expect(throws: ZoshError.self) {
            _ = try await Attempt(on: shelf).apply(Self.changes, to: world, write: Self.yes)
        }
        #expect(await world.performed.count == 3)
        #expect(try await JobHistory(in: shelf) { 0 }.unfinished().map(\.number) == [1])
    }
}
