import Synchronization
import Testing
import ZoshKit

@testable import ZoshGate

/// Requests that were under way when zosh was killed, and whose fate nobody knows.
struct PendingChangeTests {
    private static let add = Change(
        .create, .users, .new(handle: "New@acme.example"), fields: ["email": "new@acme.example"], action: "add")
    private static let yes = WriteOptions(yes: true)

    /// What a kill leaves while the last of some requests is under way; that one changes nothing.
    private func killed(
        _ changes: [Change], on shelf: Shelf = Shelf(), in world: Organisation, at request: Int = 1
    ) async throws -> Shelf {
        let left = Mutex<Shelf?>(nil)
        let dying = Dying(world: world, at: request) {
            let copy = await shelf.afterKill
            left.withLock { $0 = copy }
        }
        _ = try await Attempt(on: shelf).apply(changes, to: dying, write: Self.yes)
        return try #require(left.withLock { $0 })
    }

    /// An organisation that is asked by a process which dies at a request.
    private actor Dying: ChangeExecutor {
        let world: Organisation
        let request: Int
        let die: @Sendable () async -> Void
        var count = 0

        init(world: Organisation, at request: Int, die: @escaping @Sendable () async -> Void) {
            self.world = world
            self.request = request
            self.die = die
        }

        func perform(_ effect: any Effect) async -> ChangeResult {
            count += 1
            if count < request { return await world.perform(effect) }
            if count == request { await die() }
            return .uncertain(reason: "killed")
        }

        func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
            try await world.reread(resource, ids: ids)
        }
        func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws
            -> [String: Row]
        { try await world.find(resource, called: handles, changedSince: since) }
        func names(_ resource: Resource, ids: Set<String>) async -> [String: String] { [:] }
    }

    private static func newcomer(by creator: String, at time: String) -> Row {
        [
            "id": "77", "email": "new@acme.example", "status": "active", "created_time": .string(time),
            "created_by": .row(["id": .string(creator)]),
        ]
    }

    @Test(
        "an addition is looked for, and never sent again",
        arguments: [
            ([], "unverified"), ([newcomer(by: "1", at: "1970-01-12T13:50:00+00:00")], "done"),
            ([newcomer(by: "2", at: "1970-01-12T13:50:00+00:00")], "unchanged"),
            // One who was there long before.
            ([newcomer(by: "1", at: "1970-01-11T13:50:00+00:00")], "unverified"),
        ] as [([Row], String)])
    func addition(found: [Row], outcome: String) async throws {
        let left = try await killed([Self.add], in: Organisation([]))
        let world = Organisation(found)
        let rows = try await Attempt(on: left, at: 1_000_500).apply([Self.add], to: world, write: Self.yes)
        #expect(rows.map { $0.string("outcome") } == [outcome])
        let message = try #require(rows[0].string("message"))
        #expect(
            message.contains("users list | where email == New@acme.example") == (outcome == "unverified"), "\(message)")
        #expect(try await Attempt(on: left).history.job(1).state == (outcome == "unverified" ? .failed : .done))
        // Neither does a later attempt.
        let again = try await Attempt(on: left).apply([Self.add], to: world, write: Self.yes)
        #expect(again.map { $0.string("outcome") } == [outcome])
        #expect(await world.performed.isEmpty)
    }

    @Test(
        "post-reply-lost: an addition whose reply is lost is looked for at once and never sent again",
        arguments: [
            ([], "unverified", nil), ([newcomer(by: "1", at: "1970-01-12T13:50:00+00:00")], "done", "77"),
            ([newcomer(by: "2", at: "1970-01-12T13:50:00+00:00")], "unverified", nil),
            ([newcomer(by: "1", at: "1970-01-11T13:50:00+00:00")], "unverified", nil),
        ] as [([Row], String, String?)])
    func lostReply(found: [Row], outcome: String, id: String?) async throws {
        let world = Organisation(found, answers: [.uncertain(reason: "no reply")])
        let attempt = try await Attempt(on: Shelf(), at: 1_000_500)
        let rows = try await attempt.apply([Self.add], to: world, write: Self.yes)
        #expect(rows.map { $0.string("outcome") } == [outcome])
        #expect(rows[0].string("id") == id)
        let message = try #require(rows[0].string("message"))
        #expect(
            message.contains("users list | where email == New@acme.example") == (outcome == "unverified"), "\(message)")
        #expect(await world.performed.count == 1)
    }

    @Test("delete-by-other: whom somebody else has deleted meanwhile is not deleted again")
    func deletedByOther() async throws {
        let left = try await killed([Gate.delete("2")], in: Organisation([Gate.person("2")]))
        let world = Organisation([Gate.person("2", status: "deleted")])
        let rows = try await Attempt(on: left).apply([Gate.delete("2")], to: world, write: Self.yes)
        #expect(rows.map { $0.string("message") } == ["done before; Zoho shows the user as deleted"])
        let later = try await Attempt(on: Shelf()).apply([Gate.delete("2")], to: world, write: Self.yes)
        #expect(later.map { $0.string("outcome") } == ["unchanged"])
        #expect(await world.performed.isEmpty)
    }

    @Test("edit-between-read-and-put: a user who is no longer as they were shown is left alone")
    func editedBetween() async throws {
        let world = Organisation([Gate.person("2")])
        await world.set("2", "email", "other@acme.example")
        let change = Gate.update("2", ["city": "Bern"], seen: Gate.person("2"))
        let rows = try await Attempt(on: Shelf()).apply([change], to: world, write: Self.yes)
        #expect(rows.map { $0.string("outcome") } == ["refused"])
        #expect(rows[0].string("message")?.contains("email was p2@acme.example, is other@acme.example") == true)
        #expect(await world.performed.isEmpty)
    }

    @Test("store-rollback-then-resume: an older copy of the store does nothing again that Zoho shows already")
    func olderCopy() async throws {
        let changes = (2...4).map { Gate.update(String($0), ["city": "Bern"]) }
        let world = Organisation((2...4).map { Gate.person(String($0)) })
        let copy = try await killed(changes, in: world, at: 2)
        _ = try await Attempt(on: await copy.afterKill).apply(changes, to: world, write: Self.yes)
        let sent = await world.performed.count
        let rows = try await Attempt(on: copy).apply(changes, to: world, write: Self.yes)
        #expect(rows.allSatisfy { ["done", "unchanged"].contains($0.string("outcome")) }, "\(rows)")
        #expect(await world.performed.count == sent)
    }

    @Test("a dry run says of it what the run will say")
    func dryRun() async throws {
        let left = try await killed([Self.add], in: Organisation([]))
        let before = await left.items.mapValues(\.entries)
        let rows = try await Attempt(on: left).apply(
            [Self.add], to: Organisation([]), write: WriteOptions(dryRun: true))
        #expect(rows.map { $0.string("outcome") } == ["unverified"])
        #expect(await left.items.mapValues(\.entries) == before)
    }

    @Test("what does no harm a second time is sent again")
    func repeatable() async throws {
        let changes = [Gate.update("2", ["city": "Bern"]), Gate.delete("2")]
        for change in changes {
            let world = Organisation([Gate.person("2")])
            let left = try await killed([change], in: world)
            let rows = try await Attempt(on: left).apply([change], to: world, write: Self.yes)
            #expect(rows.map { $0.string("outcome") } == ["done"], "\(change.action)")
            #expect(await world.performed.count == 1)
        }
    }

    @Test("an invitation is not sent a second time, although it is an update")
    func reinvite() async throws {
        let change = Gate.update("2", ["reinvite": true])
        let world = Organisation([Gate.person("2")])
        let left = try await killed([change], in: world)
        let rows = try await Attempt(on: left).apply([change], to: world, write: Self.yes)
        #expect(rows.map { $0.string("outcome") } == ["unverified"])
        #expect(rows[0].string("message")?.contains("users list | where id == 2") == true)
        #expect(await world.performed.isEmpty)
    }

    @Test(
        "the table decides what can be sent again",
        arguments: [
            (Write(.put, "/x/{id}", envelope: "x", result: .values, blast: .ordinary), true),
            (Write(.delete, "/x/{id}", envelope: nil, result: .absence, blast: .ordinary), true),
            (Write(.post, "/x/{id}", envelope: "x", result: .values, blast: .ordinary), false),
            (Write(.post, "/x", envelope: "x", result: .newcomer, blast: .ordinary), false),
            (Write(.put, "/x/{id}", envelope: "x", result: .nothing, blast: .ordinary), false),
            (
                Write(
                    .delete, "/x/{id}", envelope: nil, result: .absence, blast: .ordinary,
                    job: AcceptedJob("/x/job", state: "status", done: ["done"], failed: ["failed"])), false
            ),
        ] as [(Write, Bool)])
    func table(write: Write, isRepeatable: Bool) {
        let noun = Resource("x", noun: "x", path: "/x", headline: ["name"], scopes: [:], writes: ["do": write])
        #expect(Change("do", noun, .existing(id: "7")).isRepeatable == isRepeatable)
    }

    @Test("a change keeps what was there before its first attempt, however often it is taken up")
    func beforeImages() async throws {
        let changes = ["2", "3", "4"].map { Gate.update($0, ["city": "Bern"]) }
        let world = Organisation(["2", "3", "4"].map { Gate.person($0) })
        for id in ["2", "3", "4"] { await world.set(id, "city", "Rome") }
        var left = try await killed(changes, in: world)
        // It has landed after all; so does the next one.
        for id in ["2", "3"] {
            await world.set(id, "city", "Bern")
            left = try await killed(changes, on: left, in: world)
        }
        let last = try await Attempt(on: left)
        let rows = try await last.apply(changes, to: world, write: Self.yes)
        #expect(rows.map { $0.string("outcome") } == ["done", "done", "done"])
        let shown = try await last.history.rows(of: 1)
        #expect(shown.map { $0["before"]?.row?["city"]?.text } == ["Rome", "Rome", "Rome"])
    }

    @Test("what Zoho shows otherwise than it said is told so by the job as well")
    func otherThanSaid() async throws {
        let world = Organisation([Gate.person("2")], ignoring: ["city"])
        let attempt = try await Attempt(on: Shelf())
        let rows = try await attempt.apply([Gate.update("2", ["city": "Bern"])], to: world, write: Self.yes)
        #expect(rows.map { $0.string("outcome") } == ["unverified"])
        #expect(try await attempt.history.rows(of: 1).map { $0.string("outcome") } == ["unverified"])
        #expect(try await attempt.history.job(1).state == .failed)
    }
}
