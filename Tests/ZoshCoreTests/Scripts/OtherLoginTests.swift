import Testing
import ZoshKit

@testable import ZoshCore

/// Two logins of one organisation: what one has begun is not continued by the other.
struct OtherLoginTests {
    private static let script = "users update 2 3 4 city=Bern --yes\nprobe b\n"

    private static func connection(_ name: String, user: String) -> ConnectionSummary {
        var connection = Rig.acme
        (connection.name, connection.userID, connection.email) = (name, user, "\(name)@acme.example")
        return connection
    }

    private func rig(
        _ journal: MemoryJournal, _ organisation: LivingOrganisation, as connection: ConnectionSummary
    ) -> Rig {
        Rig(files: ["s.zosh": Self.script], connection: connection, writer: organisation, journal: journal)
    }

    @Test("a script that stopped is refused to another login, names both, and goes on with its own, renamed or not")
    func script() async throws {
        let ids = ["1", "2", "3", "4"]
        let journal = MemoryJournal()
        let organisation = LivingOrganisation(ids, failing: ["3"])
        _ = try await rig(journal, organisation, as: Self.connection("ann", user: "7")).run("replay s.zosh")
        await organisation.heal()
        let performed = await organisation.performed
        let other = rig(journal, organisation, as: Self.connection("bob", user: "8"))
        #expect(try await other.run("replay s.zosh --resume").status == .failed)
        let error = try #require(other.seen.errors.last)
        #expect(error.problem.contains("was begun as ann@acme.example"), "\(error)")
        #expect(error.problem.contains("'bob' is signed in as bob@acme.example"), "\(error)")
        #expect(error.remedy == "use ann")
        #expect(await organisation.performed == performed)
        // The name is not what counts.
        let taken = rig(journal, organisation, as: Self.connection("ann", user: "8"))
        #expect(try await taken.run("replay s.zosh --resume").status == .failed)
        #expect(taken.seen.errors.last?.remedy == "sign in as before: auth login ann")
        let renamed = rig(journal, organisation, as: Self.connection("anne", user: "7"))
        #expect(try await renamed.run("replay s.zosh --resume").status == .done)
        #expect(await organisation.performed == performed + ["update 3"])
    }

    @Test("a line of before the user was written down goes on as it did")
    func older() throws {
        let connection = Self.connection("bob", user: "8")
        var header: Row = [
            "org": .string(connection.orgID), "dc": .string(connection.dataCentre),
            "environment": .string(connection.environment.rawValue),
        ]
        #expect(RunLogin.refusal("job 1", header, connection, at: Span(0, 1)) == nil)
        RunLogin.note(Self.connection("ann", user: "7"), in: &header)
        #expect(RunLogin.refusal("job 1", header, connection, at: Span(0, 1)) != nil)
        // Of another organisation another sentence is said.
        header["org"] = "other"
        #expect(RunLogin.refusal("job 1", header, connection, at: Span(0, 1)) == nil)
    }
}
