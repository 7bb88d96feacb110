import Testing
import ZoshGate
import ZoshKit
import ZoshTrust

struct GateRefusalTests {
    @Test func `a read-only session refuses every write before any call`() async throws {
        let world = Organisation([Gate.person("2")])
        let rename = LocalChange(
            .connection(name: "acme"), action: "rename", operation: .renameConnection(from: "acme", to: "a"),
            blast: .harmless)
        for change in [Gate.update("2", ["city": "Bern"]), rename] as [any Effect] {
            let error = await #expect(throws: ZoshError.self) {
                try await Gate.apply(
                    [change], to: world, session: Gate.session { $0.readOnly = true }, write: WriteOptions(yes: true))
            }
            #expect(error?.kind == .permission)
        }
        #expect(await world.readings.isEmpty)
        #expect(await world.performed.isEmpty)
    }

    @Test func `a read-only connection protects the organisation and can be made writable again`() async throws {
        let world = Organisation([Gate.person("2")])
        let session = Gate.session { $0.connection?.readOnly = true }
        let error = await #expect(throws: ZoshError.self) {
            try await Gate.apply([Gate.update("2", ["city": "Bern"])], to: world, session: session)
        }
        #expect(error?.kind == .permission)
        #expect(error?.remedy?.contains("connections set acme read-only=off") == true)
        let unlock = LocalChange(
            .connection(name: "acme"), action: "set read-only=off",
            operation: .setConnection(name: "acme", key: "read-only", value: "off"),
            blast: .harmless)
        #expect(
            try await Gate.apply([unlock], to: world, session: session).rows.map { $0.string("outcome") } == ["done"])
    }

    @Test func `more distinct targets than allowed are refused before any call`() async throws {
        let world = Organisation((2...4).map { Gate.person("\($0)") })
        let changes = (2...4).map { Gate.update("\($0)", ["city": "Bern"]) } + [Gate.update("2", ["city": "Rome"])]
        for (option, session) in [(2, Optional<Int>.none), (nil, 2), (2, 5)] {
            let error = await #expect(throws: ZoshError.self) {
                try await Gate.apply(
                    changes, to: world, session: Gate.session { $0.atMost = session },
                    write: WriteOptions(yes: true, atMost: option))
            }
            #expect(error?.problem == "3 users would change; --at-most allows 2")
        }
        #expect(await world.readings.isEmpty)
        #expect(try await Gate.apply(changes, to: world, write: WriteOptions(yes: true, atMost: 3)).rows.count == 4)
    }

    @Test func `nobody locks themselves out`() async throws {
        let world = Organisation([Gate.person("1"), Gate.person("2")])
        for change in [Gate.delete("1"), Gate.update("1", ["status": "inactive"])] {
            let error = await #expect(throws: ZoshError.self) {
                try await Gate.apply(
                    [Gate.update("2", ["city": "Bern"]), change], to: world, write: WriteOptions(yes: true))
            }
            #expect(error?.kind == .refused)
        }
        #expect(await world.readings.isEmpty)
        #expect(try await Gate.apply([Gate.update("1", ["city": "Bern"])], to: world).rows.count == 1)
    }

    @Test func `a person who is not who was seen is refused, the others go on`() async throws {
        let world = Organisation([Gate.person("2"), Gate.person("3", status: "disabled"), Gate.person("4")])
        var moved = Gate.person("2")
        moved["email"] = "old@acme.example"
        let changes = [
            Gate.update("2", ["city": "Bern"], seen: moved), Gate.update("3", ["city": "Bern"], seen: Gate.person("3")),
            Gate.update("5", ["city": "Bern"]), Gate.update("4", ["city": "Bern"], seen: Gate.person("4")),
        ]
        let (rows, outcome) = try await Gate.apply(changes, to: world)
        #expect(rows.map { $0.string("outcome") } == ["refused", "refused", "refused", "done"])
        #expect(
            rows.map { $0.string("message") } == [
                "changed since you saw it: email was old@acme.example, is p2@acme.example",
                "changed since you saw it: status was active, is disabled", "no user has this id", nil,
            ])
        #expect(outcome.failed == 3)
        #expect(outcome.status == .partial)
        #expect(await world.performed == ["update 4"])
    }

    @Test func `targets are re-read together, each once`() async throws {
        let people = (2..<252).map { Gate.person("\($0)") }
        let world = Organisation(people)
        let changes = people.map { Gate.update($0.string("id") ?? "", ["city": "Bern"]) }
        _ = try await Gate.apply(changes + changes, to: world, write: WriteOptions(yes: true))
        #expect(await world.readings.prefix(3).map(\.count) == [100, 100, 50])
        #expect(await world.performed.count == 250)
    }
}
