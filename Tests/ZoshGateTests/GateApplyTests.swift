import Testing
import ZoshGate
import ZoshKit

struct GateApplyTests {
    static let bern: Row = ["city": "Bern"]

    @Test(arguments: [
        (Row([("city", .string("Bern"))]), "done"), (Row([("city", nil)]), "unchanged"),
        (Row([("city", "")]), "unchanged"),
        (Row([("role", "70")]), "unchanged"), (Row([("role", "71")]), "done"),
        (Row([("role", .row(["id": "70"]))]), "unchanged"),
        (Row([("status", "active")]), "unchanged"), (Row([("status", "inactive")]), "done"),
        (Row([("full_name", "Person 2"), ("city", "Bern")]), "done"), (Row([("unknown", "x")]), "done"),
    ])
    func `an update that is so already makes no call`(fields: Row, status: String) async throws {
        let world = Organisation([Gate.person("2")])
        let (rows, _) = try await Gate.apply([Gate.update("2", fields)], to: world)
        #expect(rows.map { $0.string("outcome") } == [status])
        #expect(await world.performed.count == (status == "done" ? 1 : 0))
    }

    @Test func `results come in order with what Zoho said`() async throws {
        let refusal = ZoshError(.refused, "Zoho does not know this role", code: "INVALID_DATA")
        let world = Organisation(
            (2...5).map { Gate.person("\($0)") },
            answers: [
                .done(id: "2", message: "User updated"), .unchanged(code: "ALREADY_ACTIVE"),
                .refused(refusal), .failed(ZoshError(.bug, "no route")),
            ])
        let (rows, outcome) = try await Gate.apply((2...5).map { Gate.update("\($0)", Self.bern) }, to: world)
        #expect(
            rows.first == [
                "subject": "p2@acme.example", "action": "update", "outcome": "done", "id": "2", "code": nil,
                "message": "User updated",
            ])
        #expect(rows.map { $0.string("outcome") } == ["done", "unchanged", "refused", "failed"])
        #expect(rows.map { $0.string("code") } == [nil, "ALREADY_ACTIVE", "INVALID_DATA", nil])
        #expect(rows.map { $0.string("subject") } == (2...5).map { "p\($0)@acme.example" })
        #expect(outcome.failed == 2)
    }

    @Test func `a dry run reads, describes and changes nothing`() async throws {
        let world = Organisation([Gate.person("2"), Gate.person("3")])
        let changes = [
            Gate.update("2", ["city": "Bern", "status": "active", "role": "71"]),
            Gate.update("3", ["status": "active"]), Gate.delete("2"),
            Change(.create, .users, .new(handle: "new@acme.example"), fields: Self.bern, action: "add"),
        ]
        for (session, write) in [
            (Gate.session { $0.dryRun = true }, WriteOptions()), (Gate.session(), WriteOptions(dryRun: true)),
        ] {
            let (rows, outcome) = try await Gate.apply(changes, to: world, session: session, write: write)
            #expect(rows.map { $0.string("outcome") } == ["planned", "unchanged", "planned", "planned"])
            #expect(
                rows.map { $0.string("message") } == [
                    "city: – → Bern; role: Manager → Product Manager", "already set, nothing to do", nil, "city: Bern",
                ])
            #expect(rows[0]["before"]?.row?.names == ["city", "role"])
            #expect(outcome.failed == 0)
        }
        #expect(await world.performed.isEmpty)
        #expect(await world.readings.count == 2)
    }

    @Test func `what is asked for twice is done once`() async throws {
        let world = Organisation([Gate.person("2")])
        let (rows, outcome) = try await Gate.apply(
            [Gate.update("2", Self.bern), Gate.update("2", Self.bern)], to: world)
        #expect(rows.map { $0.string("outcome") } == ["done", "unchanged"])
        #expect(rows.map { $0.string("message") } == [nil, "listed twice"])
        #expect(outcome.failed == 0)
    }

    @Test func `different values for one user are refused, and the others go on`() async throws {
        let world = Organisation([Gate.person("2"), Gate.person("3"), Gate.person("4")])
        let (rows, outcome) = try await Gate.apply(
            [
                Gate.update("2", Self.bern), Gate.update("2", ["city": "Rome"]), Gate.update("3", Self.bern),
                Gate.update("4", Self.bern), Gate.update("4", ["zip": "1"], action: "update zip"),
            ], to: world)
        #expect(rows.map { $0.string("outcome") } == ["refused", "refused", "done", "done", "done"])
        #expect(rows[0].string("message") == "listed twice with different values for city")
        #expect(outcome.failed == 2)
    }

    @Test func `late-landing-write: a lost reply is read back, and only what Zoho shows counts as done`() async throws {
        let lost = ChangeResult.uncertain(reason: "the connection broke")
        let landed = Organisation([Gate.person("2")], answers: [lost, lost])
        let settled = ChangeGate(
            session: Gate.session(), console: Listener(), executor: landed,
            settle: { await landed.set("2", "city", "Bern") })
        let rows = try await settled.apply([Gate.update("2", Self.bern)], for: Gate.call()).collect()
        #expect(rows.map { $0.string("outcome") } == ["done"])
        #expect(rows[0].string("message") == "the connection broke, but Zoho shows the new values")
        let absent = Organisation([Gate.person("2"), Gate.person("3", status: "active")], answers: [lost, lost, lost])
        let new = Change(.create, .users, .new(handle: "new@acme.example"), fields: Self.bern, action: "add")
        let (others, outcome) = try await Gate.apply([Gate.update("2", Self.bern), Gate.delete("3"), new], to: absent)
        #expect(others.map { $0.string("outcome") } == ["unverified", "unverified", "unverified"])
        #expect(outcome.failed == 3)
        #expect(await absent.performed.count == 3)
    }

    @Test func `a deletion whose reply was lost is done when the user shows as deleted`() async throws {
        let world = Organisation([Gate.person("2")], answers: [.uncertain(reason: "the connection broke")])
        let gate = ChangeGate(
            session: Gate.session(), console: Listener(), executor: world,
            settle: { await world.set("2", "status", "deleted") })
        let rows = try await gate.apply([Gate.delete("2")], for: Gate.call()).collect()
        #expect(rows.map { $0.string("outcome") } == ["done"])
    }

    @Test func `cancelling lets the write in flight finish and starts no other`() async throws {
        let (started, signal) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let world = Organisation((2...4).map { Gate.person("\($0)") }) { count in
            guard count == 1 else { return }
            signal.yield()
            for await _ in released { break }
        }
        let line = Task { try await Gate.apply((2...4).map { Gate.update("\($0)", Self.bern) }, to: world) }
        for await _ in started { break }
        line.cancel()
        release.yield()
        let (rows, outcome) = try await line.value
        #expect(rows.map { $0.string("outcome") } == ["done", "not started", "not started"])
        #expect(outcome.changes == ["done": 1, "not started": 2])
        #expect(outcome.status == .interrupted)
        #expect(await world.performed == ["update 2"])
    }

    @Test func `what Zoho ignores is not called done, one reading for a hundred users`() async throws {
        let world = Organisation((2...151).map { Gate.person("\($0)") }, ignoring: ["cty", "role"])
        let wishes: [Row] = [
            ["city": "Bern"], ["cty": "Bern"], ["role": "71"], ["city": "Rome", "cty": "Rome"], ["signature": "x"],
        ]
        let (rows, outcome) = try await Gate.apply(
            (2...151).map { Gate.update("\($0)", wishes[($0 - 2) % wishes.count]) }, to: world)
        let expected = ["done", "failed", "unverified", "unverified", "done"]
        #expect(rows.map { $0.string("outcome") } == (0..<150).map { expected[$0 % expected.count] })
        #expect(rows[1].string("message") == "Zoho ignored cty: users have no such field")
        #expect(rows[2].string("message") == "Zoho answered 'done' but shows other values: role is Manager")
        #expect(outcome.failed == 90)
        // One reading for each hundred before the writes, then one for each hundred, and one more for what was not
        // shown at once.
        #expect(await world.readings.map(\.count) == [100, 50, 100, 60, 50, 30])
    }

    @Test func `who stops reading early still gets everything applied`() async throws {
        let world = Organisation((2...4).map { Gate.person("\($0)") })
        let gate = ChangeGate(session: Gate.session(), console: Listener(), executor: world)
        let stream = try await gate.apply((2...4).map { Gate.delete("\($0)") }, for: Gate.call())
        #expect(await world.performed.isEmpty)
        _ = try await stream.next()
        #expect(await world.performed.count == 1)
        _ = await stream.outcome()
        #expect(await world.performed.count == 3)
    }
}
