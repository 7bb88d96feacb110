import Synchronization
import Testing
import ZoshKit

@testable import ZoshGate

/// What the administration API needs of the gate: changes below a parent, with parameters, about somebody else, and
/// such as Zoho does later.
struct AcceptedJobTests {
    private static let yes = WriteOptions(yes: true, administrators: true)

    private func attempt(on shelf: Shelf) async throws -> Attempt {
        try await Attempt(on: shelf, nouns: AdministrationRows.all)
    }

    @Test("rows the administration API needs go through the gate and its journal whole")
    func throughJournal() async throws {
        let shelf = Shelf()
        let world = AcceptingOrganisation([.done(id: "4", message: "job 500 is completed")])
        let rows = try await attempt(on: shelf).apply(AdministrationRows.changes, to: world, write: Self.yes)
        #expect(rows.map { $0.string("outcome") } == ["done", "done", "done", "done"], "\(rows)")
        #expect(await world.performed == AdministrationRows.changes)
        let record = try await attempt(on: await shelf.afterKill).history.record(of: 1)
        #expect(record.all.compactMap(\.change.change) == AdministrationRows.changes)
    }

    @Test("a verb that a noun has not and a noun of no table change nothing; of others the table says what they are")
    func forged() async throws {
        let elsewhere = Resource(
            "users", noun: "user", path: "/elsewhere", headline: ["email"], scopes: [:],
            writes: [
                .update: Write(.put, "/settings/anything/{id}", envelope: "x", result: .nothing, blast: .harmless)
            ])
        let claimed = Change(.update, elsewhere, .existing(id: "4"), fields: ["city": "Bern"])
        let users = AcceptingOrganisation([])
        _ = try await Attempt(on: Shelf()).apply([claimed], to: users, write: Self.yes)
        #expect(await users.performed.map(\.write) == [Resource.users.writes[.update]])
        #expect(await users.performed.map(\.resource.path) == ["/users"])
        let changes = [
            Change("promote", .users, .existing(id: "4")),
            Change(.delete, AdministrationRows.leavingRoles, .existing(id: "8")),
        ]
        for change in changes {
            let world = AcceptingOrganisation([])
            await #expect(throws: ZoshError.self, "\(change.verb)") {
                _ = try await Attempt(on: Shelf()).apply([change], to: world, write: Self.yes)
            }
            #expect(await world.performed.isEmpty)
        }
    }

    @Test("a job that Zoho has accepted is on the disk before it is asked for, and a resume asks for it again")
    func killed() async throws {
        let shelf = Shelf()
        let left = Mutex<Shelf?>(nil)
        let dying = AcceptingOrganisation([.accepted(job: "500")]) {
            let copy = await shelf.afterKill
            left.withLock { $0 = copy }
        }
        _ = try await attempt(on: shelf).apply([AdministrationRows.transfer], to: dying, write: Self.yes)
        let found = try #require(left.withLock { $0 })
        let world = AcceptingOrganisation([.done(id: "4", message: "job 500 is completed")])
        let resumed = try await attempt(on: found)
        #expect(try await resumed.history.unfinished().map(\.number) == [1])
        let rows = try await resumed.apply([AdministrationRows.transfer], to: world, write: Self.yes)
        #expect(rows.map { $0.string("outcome") } == ["done"])
        #expect(await world.performed.isEmpty)
        #expect(await world.asked == ["500"])
        #expect(try await resumed.history.job(1).state == .done)
    }

    @Test("one that Zoho is still at leaves its job open, however often it is resumed, and is never sent again")
    func stillAtIt() async throws {
        var shelf = Shelf()
        let world = AcceptingOrganisation([
            .accepted(job: "500"), .accepted(job: "500", reason: "its status could not be read"),
            .refused(ZoshError(.refused, "Zoho's job 500 failed")),
        ])
        for message in [
            "Zoho is still processing it (Zoho's job 500)",
            "Zoho is still processing it (Zoho's job 500); its status could not be read",
        ] {
            shelf = await shelf.afterKill
            let attempt = try await attempt(on: shelf)
            let rows = try await attempt.apply([AdministrationRows.transfer], to: world, write: Self.yes)
            #expect(rows.map { $0.string("outcome") } == ["unverified"])
            #expect(rows[0].string("message") == message)
            #expect(try await attempt.history.unfinished().map(\.number) == [1])
        }
        #expect(await world.performed.count == 1)
    }

    @Test("a dry run of a resume asks for nothing and says that Zoho is at it")
    func dryRun() async throws {
        let shelf = Shelf()
        let world = AcceptingOrganisation([.accepted(job: "500")])
        _ = try await attempt(on: shelf).apply([AdministrationRows.transfer], to: world, write: Self.yes)
        let asked = await world.asked.count
        let rows = try await attempt(on: await shelf.afterKill).apply(
            [AdministrationRows.transfer], to: world, write: WriteOptions(dryRun: true))
        #expect(rows.map { $0.string("outcome") } == ["unverified"])
        #expect(await world.asked.count == asked)
        let failed = try await JobHistory(in: await shelf.afterKill, nouns: AdministrationRows.all) { 0 }.failed(of: 1)
        #expect(failed.isEmpty, "what Zoho is at must not be tried again")
    }

    @Test("those that are accepted are asked for together, after what came with them is done")
    func together() async throws {
        let world = AcceptingOrganisation([.done(id: nil, message: nil)], window: 3)
        let changes =
            ["4", "5"].map { Change("transfer", AdministrationRows.transfers, .existing(id: $0), action: "transfer") }
            + [Gate.update("6", ["city": "Bern"])]
        let rows = try await attempt(on: Shelf()).apply(changes, to: world, write: Self.yes)
        #expect(rows.map { $0.string("id") } == ["4", "5", "6"])
        #expect(await world.asked == ["500", "500"])
        #expect(await world.performed.count == 3)
    }

    @Test("Ctrl-C ends the waiting and not the job")
    func interrupted() async throws {
        let shelf = Shelf()
        let (started, signal) = AsyncStream.makeStream(of: Void.self)
        let world = AcceptingOrganisation([.accepted(job: "500")]) {
            signal.yield()
            // As a poll waits: until the line is cancelled.
            while !Task.isCancelled { await Task.yield() }
        }
        let attempt = try await attempt(on: shelf)
        let line = Task { try await attempt.apply([AdministrationRows.transfer], to: world, write: Self.yes) }
        for await _ in started { break }
        line.cancel()
        #expect(try await line.value.map { $0.string("outcome") } == ["unverified"])
        #expect(try await attempt.history.unfinished().map(\.number) == [1])
    }

    @Test("a change about a user counts that user, and never flies beside another of theirs")
    func concerned() async throws {
        let ids = ["21", "22", "23"]
        let changes = ids.map { id in
            Change(.delete, AdministrationRows.memberships, .existing(id: id), within: ["user": "4"], concerns: "4")
        }
        let users = ChangedUsers(changes + [Gate.update("4", ["city": "Bern"]), Gate.update("5", ["city": "Bern"])])
        #expect(users.changed.map(\.name).sorted() == ["4", "5"])
        #expect(users.removed.isEmpty)
        let few = Gate.session {
            $0.connection?.brakes = BrakeLimits(
                changed: .init(users: 2, percent: 100), removed: .init(users: 2, percent: 100))
        }
        let many = (1...3).map { number in
            Change(
                .delete, AdministrationRows.memberships, .existing(id: "7"), within: ["user": "\(number)"],
                concerns: "\(number)")
        }
        let gate = ChangeGate(
            session: few, console: Listener(), executor: AcceptingOrganisation([]), nouns: AdministrationRows.all)
        await #expect(throws: ZoshError.self) { _ = try await gate.apply(many, for: Gate.call(Self.yes)) }
        let planned = (changes + [Gate.update("5", ["city": "Bern"])]).map { PlannedChange($0) }
        #expect(planned[0].lanes.intersection(planned[1].lanes).map(\.name) == ["4"])
        #expect(planned[0].lanes.isDisjoint(with: planned[3].lanes))
    }

    @Test("a recorded change that this version does not know keeps its row, is shown, and is not resumed")
    func unknown() async throws {
        let shelf = Shelf()
        let world = AcceptingOrganisation([.accepted(job: "500")])
        let changes = [
            Gate.update("2", ["city": "Bern"]), AdministrationRows.transfer, Gate.update("3", ["city": "Bern"]),
        ]
        _ = try await attempt(on: shelf).apply(changes, to: world, write: Self.yes)
        // An older version, whose table has no transfers.
        let older = JobHistory(in: await shelf.afterKill) { 1_000_000 }
        let rows = try await older.rows(of: 1)
        #expect(rows.map { $0.string("id") ?? $0.string("subject") } == ["2", "4", "3"])
        #expect(rows.map { $0.string("outcome") }[1] == "unverified")
        #expect(
            UndoPlan(try await older.record(of: 1)).impossible.contains { $0.string("message") == UnknownChange.reason }
        )
        let refusal = await #expect(throws: ZoshError.self) { _ = try await older.steps(of: 1, since: 0) }
        #expect(refusal?.remedy?.contains("jobs cancel 1") == true)
        // What is given up keeps no other line of its run from being continued, and is written again as it was.
        try await older.cancel(1)
        #expect(try await older.steps(of: 1, since: 0).map(\.isDone) == [false])
        let recorded = try #require(try await older.record(of: 1).all.first { $0.change.effect is UnknownChange })
        #expect(RecordedChange.change(RecordedChange.row(recorded.change), among: AdministrationRows.all) != nil)
    }
}
