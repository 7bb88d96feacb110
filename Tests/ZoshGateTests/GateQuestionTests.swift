import Testing
import ZoshGate
import ZoshKit
import ZoshTrust

struct GateQuestionTests {
    static let bern: Row = ["city": "Bern"]

    @Test func `the question names organisation, environment, count and everybody`() async throws {
        let console = Listener()
        var hostile = Gate.person("3")
        hostile["full_name"] = "\u{1B}[2Jevil"
        let world = Organisation([Gate.person("2"), hostile])
        _ = try await Gate.apply(
            [Gate.update("2", Self.bern, action: "update city"), Gate.update("3", Self.bern, action: "update city")],
            to: world, console: console)
        let asked = console.questions
        #expect(asked.map(\.question) == ["Change city to Bern for 2 users in Acme (production, eu)?"])
        #expect(
            asked.first?.details == [
                "Person 2 <p2@acme.example> · Manager · active: city: – → Bern",
                "\\u{1b}[2Jevil <p3@acme.example> · Manager · active: city: – → Bern",
            ])
        #expect(asked.first?.word == nil)
    }

    @Test func `declining changes nothing`() async throws {
        let world = Organisation([Gate.person("2")])
        let error = await #expect(throws: ZoshError.self) {
            try await Gate.apply([Gate.update("2", Self.bern)], to: world, console: Listener(answer: false))
        }
        #expect(error == ZoshError(.declined, "Nothing changed"))
        #expect(await world.performed.isEmpty)
    }

    @Test func `without a person a write needs --yes`() async throws {
        let world = Organisation([Gate.person("2")])
        let session = Gate.session { $0.interactive = false }
        let error = await #expect(throws: ZoshError.self) {
            try await Gate.apply([Gate.update("2", Self.bern)], to: world, session: session)
        }
        #expect(error?.problem == "confirmation needed, but this is not an interactive session")
        #expect(error?.remedy == "add --yes to go ahead or --dry-run to look first")
        #expect(await world.performed.isEmpty)
        let console = Listener()
        _ = try await Gate.apply(
            [Gate.update("2", Self.bern)], to: world, session: session, write: WriteOptions(yes: true), console: console
        )
        #expect(await world.performed.count == 1)
        #expect(console.questions.isEmpty)
    }

    @Test(arguments: [(1, "Acme", "Acme"), (1, "Größe", "acme"), (1, "", "acme"), (30, "Acme", "Acme")])
    func `what cannot be taken back asks for the organisation, or the connection`(
        count: Int, organisation: String, word: String
    ) async throws {
        let console = Listener()
        let people = (2..<2 + count).map { Gate.person("\($0)") }
        let changes = people.map { Gate.delete($0.string("id") ?? "") }
        let session = Gate.session { $0.connection?.orgName = organisation }
        _ = try await Gate.apply(changes, to: Organisation(people), session: session, console: console)
        #expect(console.questions.map(\.word) == [word])
    }

    @Test func `many targets ask for the organisation's name and are not all listed`() async throws {
        let console = Listener()
        let people = (2..<62).map { Gate.person("\($0)") }
        _ = try await Gate.apply(
            people.map { Gate.update($0.string("id") ?? "", Self.bern) }, to: Organisation(people), console: console)
        let asked = console.questions
        #expect(asked.first?.word == "Acme")
        #expect(asked.first?.details.count == 21)
        #expect(asked.first?.details.last == "and 40 more")
    }

    @Test func `signing in never asks, signing out does, nothing of them is re-read`() async throws {
        let console = Listener()
        let world = Organisation([])
        let request = SignInRequest(name: nil, dataCentre: nil, grantCode: Secret(copying: "1000.code"))
        let signIn = LocalChange(
            .connection(name: "acme"), action: "sign in", operation: .signIn(request), blast: .harmless)
        _ = try await Gate.apply(
            [signIn], to: world, session: Gate.session { $0.interactive = false }, console: console)
        #expect(console.questions.isEmpty)
        let signOut = LocalChange(
            .connection(name: "acme"), action: "sign out", operation: .signOut(connection: "acme", revoke: true),
            blast: .access)
        _ = try await Gate.apply([signOut], to: world, console: console)
        #expect(console.questions.map(\.question) == ["Sign out: 1 connection?"])
        #expect(await world.readings.isEmpty)
    }

    @Test func `what there is only one of is named by its kind, but not beside a change at Zoho`() async throws {
        let destroy = LocalChange(
            .store, action: "destroy", operation: .changeStore(.destroy), blast: .irreversible)
        let alone = Listener()
        _ = try await Gate.apply([destroy], to: Organisation([]), console: alone)
        #expect(alone.questions.map(\.question) == ["Destroy the store?"])
        #expect(alone.questions.map(\.word) == ["destroy"])
        let together = Listener()
        _ = try await Gate.apply(
            [destroy, Gate.delete("2")], to: Organisation([Gate.person("2")]), console: together)
        #expect(together.questions.first?.word == "Acme")
    }

    @Test func `nothing left to do asks nothing`() async throws {
        let console = Listener()
        let world = Organisation([Gate.person("2", status: "disabled")])
        let (rows, outcome) = try await Gate.apply(
            [Gate.update("2", ["status": "inactive"]), Gate.update("9", Self.bern)], to: world, console: console)
        #expect(rows.map { $0.string("outcome") } == ["unchanged", "refused"])
        #expect(outcome.failed == 1)
        #expect(console.questions.isEmpty)
        #expect(await world.performed.isEmpty)
    }
}
