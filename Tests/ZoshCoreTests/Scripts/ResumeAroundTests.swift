import Testing
import ZoshKit

@testable import ZoshCore

/// What --resume says about files, dry runs and other processes.
struct ResumeAroundTests {
    private static let text = "users update 2 3 city=Oslo --yes\nusers update 4 city=Oslo --yes\n"

    /// A run killed before the answer to its second change came.
    private func killed(_ script: ScriptCuts, _ organisation: LivingOrganisation, files: [String: String] = [:])
        async throws -> MemoryJournal
    {
        let journal = MemoryJournal()
        let first = LivingOrganisation(script.ids)
        _ = try await script.rig(journal, first, files: files).run("replay s.zosh")
        let intents = journal.events.indices.filter { journal.events[$0].says("intent") }
        let cut = try #require(intents.dropFirst().first)
        for change in ScriptCuts.intended(journal.events.prefix(cut)) { await organisation.apply(change) }
        return journal.afterKill(keeping: cut)
    }

    @Test("a dry run of what is left shows it, and leaves it left")
    func dryRun() async throws {
        let (script, organisation) = (ScriptCuts(text: Self.text), LivingOrganisation(["1", "2", "3", "4"]))
        let journal = try await killed(script, organisation)
        let before = journal.events
        let dry = script.rig(journal, organisation)
        #expect(try await dry.run("replay s.zosh --resume --dry-run").status == .done)
        #expect(dry.seen.rows.map { $0.string("outcome") } == ["done", "planned", "planned"])
        #expect(dry.seen.rows.first?.string("message") == "done before")
        #expect(journal.events == before)
        #expect(await organisation.performed.isEmpty)
        #expect(try await script.rig(journal, organisation).run("replay s.zosh --resume").status == .done)
        #expect(await organisation.performed == ["update 3", "update 4"])
    }

    @Test("a file that was edited meanwhile is told, and what was kept of it is used")
    func editedFile() async throws {
        let script = ScriptCuts(text: "open people.csv | each { users update $it.id city=Oslo --yes }\n")
        let organisation = LivingOrganisation(script.ids)
        let journal = try await killed(script, organisation, files: ["people.csv": "id\n2\n3\n"])
        let rig = script.rig(journal, organisation, files: ["people.csv": "id\n4\n"])
        #expect(try await rig.run("replay s.zosh --resume").status == .done)
        #expect(rig.seen.notes.filter { $0.contains("people.csv has changed") }.count == 1)
        #expect(await organisation.performed == ["update 3"])
        let same = script.rig(
            try await killed(script, organisation, files: ["people.csv": "id\n2\n3\n"]), organisation,
            files: ["people.csv": "id\n2\n3\n"])
        _ = try await same.run("replay s.zosh --resume")
        #expect(!same.seen.notes.contains { $0.contains("has changed") })
    }

    @Test("who is named in a file that was edited meanwhile is not begun with a second time")
    func editedArguments() async throws {
        let script = ScriptCuts(text: "users update @ids.txt city=Oslo --yes\n")
        let organisation = LivingOrganisation(script.ids)
        let journal = try await killed(script, organisation, files: ["ids.txt": "2\n3"])
        let rig = script.rig(journal, organisation, files: ["ids.txt": "1\n2\n3"])
        #expect(try await rig.run("replay s.zosh --resume").status == .done)
        #expect(await organisation.performed == ["update 3"])
        #expect(rig.seen.notes.contains { $0.contains("ids.txt has changed") })
    }

    @Test("a script that is running is not started beside itself")
    func running() async throws {
        let (script, organisation) = (ScriptCuts(text: Self.text), LivingOrganisation(["1", "2", "3", "4"]))
        let journal = try await killed(script, organisation)
        try await journal.claim(1)
        for line in ["replay s.zosh", "replay s.zosh --resume"] {
            let beside = script.rig(journal, organisation)
            #expect(try await beside.run(line).status == .failed)
            #expect(beside.seen.errors.map(\.problem) == ["another process is running this line or script right now"])
            #expect(beside.seen.notes.isEmpty)
        }
        #expect(Set(journal.events.map(\.item).filter { $0.kind == .run }).count == 1)
        await journal.release(1)
        #expect(try await script.rig(journal, organisation).run("replay s.zosh --resume").status == .done)
        #expect(await organisation.performed == ["update 3", "update 4"])
    }

    @Test("of two that start at the same moment one gives way, and the other is the one to resume")
    func sameMoment() async throws {
        let (script, organisation) = (ScriptCuts(text: Self.text), LivingOrganisation(["1", "2", "3", "4"]))
        let journal = try await killed(script, organisation)
        // The other one's run, held and not yet seen by a caller that asks for the latest.
        let hidden = journal.hiding(until: 2)
        try await hidden.claim(1)
        let late = script.rig(hidden, organisation)
        #expect(try await late.run("replay s.zosh").status == .failed)
        #expect(late.seen.errors.map(\.problem) == ["another process is running this line or script right now"])
        #expect(await organisation.performed.isEmpty)
        await hidden.release(1)
        #expect(try await script.rig(hidden, organisation).run("replay s.zosh --resume").status == .done)
        #expect(await organisation.performed == ["update 3", "update 4"])
    }

    @Test("a run over several connections keeps to those it began with")
    func connections() async throws {
        let script = ScriptCuts(text: "on all users update 2 city=Oslo --yes\nfails\n")
        let organisation = LivingOrganisation(script.ids)
        let journal = MemoryJournal()
        func rig(_ journal: MemoryJournal, _ others: [ConnectionSummary]) -> Rig {
            Rig(files: ["s.zosh": script.text], others: others, writer: organisation, journal: journal)
        }
        _ = try await rig(journal, []).run("replay s.zosh")
        let cut = try #require(journal.events.firstIndex { $0.says("outcome") })
        let other = ConnectionSummary(
            name: "globex", orgName: "Globex", orgID: "800", dataCentre: "eu", environment: .production,
            email: "root@globex.test",
            userID: "1", apiDomain: "https://www.zohoapis.eu", scopes: ["ZohoCRM.users.ALL"])
        _ = try await rig(journal.afterKill(keeping: cut), [other]).run("replay s.zosh --resume")
        #expect(await organisation.performed == ["update 2"])
    }
}
