import Testing
import ZoshKit

@testable import ZoshCore

/// A script that died at any moment is taken up by what it had done.
struct ResumeTests {
    private static let ids = ["2", "3", "4"]
    private static let update = "probe a\nusers update 2 3 4 city=Bern --yes\nprobe b\n"
    private static let invite = "invite a@x.test b@x.test c@x.test --yes\n"
    private static let blocks = "people | first 3 | each { users update $it.id city=Bern --yes }\nprobe end\n"

    private func rig(_ text: String, _ journal: MemoryJournal, _ organisation: LivingOrganisation) -> Rig {
        Rig(files: ["s.zosh": text], writer: organisation, journal: journal)
    }

    @Test(
        "killed after any entry, with the last request landed or not, it ends as if nothing had happened",
        arguments: [update, invite, blocks])
    func everyCut(_ text: String) async throws { try await ScriptCuts(text: text).checkEveryCut() }

    @Test("a resumed run that dies again is taken up again")
    func twice() async throws {
        let organisation = LivingOrganisation(["1"] + Self.ids)
        let whole = MemoryJournal()
        _ = try await rig(Self.update, whole, organisation).run("replay s.zosh")
        let half = whole.afterKill(keeping: 4)
        let other = LivingOrganisation(["1"] + Self.ids)
        _ = try await rig(Self.update, half, other).run("replay s.zosh --resume")
        for count in 4...half.lengthOfRun {
            let last = LivingOrganisation(["1"] + Self.ids)
            // What both attempts had asked for, each once.
            for change in ScriptCuts.intended(half.events.prefix(count)) { await last.apply(change) }
            let third = rig(Self.update, half.afterKill(keeping: count), last)
            #expect(try await third.run("replay s.zosh --resume").status == .done)
            #expect(await last.users.values.filter { $0["city"] == "Bern" }.count == 3)
        }
    }

    @Test("what failed is tried again, what was done is not")
    func failures() async throws {
        let organisation = LivingOrganisation(["1"] + Self.ids, failing: ["3"])
        let journal = MemoryJournal()
        #expect(try await rig(Self.update, journal, organisation).run("replay s.zosh").status == .partial)
        await organisation.heal()
        let again = rig(Self.update, journal, organisation)
        #expect(try await again.run("replay s.zosh --resume").status == .done)
        #expect(await organisation.performed == ["update 2", "update 3", "update 4", "update 3"])
        #expect(
            again.seen.rows.filter { $0["action"] != nil }.map { $0["message"]?.text } == [
                "done before", "", "done before",
            ])
        #expect(again.seen.rows.last?["value"] == "b")
    }

    @Test("a journal that cannot be written stops the run before the request leaves")
    func diskFull() async throws {
        let organisation = LivingOrganisation(["1"] + Self.ids)
        let journal = MemoryJournal()
        journal.fail()
        let rig = rig(Self.update, journal, organisation)
        #expect(try await rig.run("replay s.zosh").status == .failed)
        #expect(await organisation.performed.isEmpty)
        #expect(rig.seen.errors.first?.problem.contains("no space left") == true)
    }

    @Test("there must be something to resume, and no other process at it", arguments: [false, true])
    func refused(isHeld: Bool) async throws {
        let organisation = LivingOrganisation(["1"] + Self.ids)
        let journal = MemoryJournal()
        let never = rig(Self.update, journal, organisation)
        #expect(try await never.run("replay s.zosh --resume").status == .failed)
        #expect(never.seen.errors.map(\.problem) == ["this script has not run here before"])
        _ = try await rig(Self.update, journal, organisation).run("replay s.zosh")
        let ended = rig(Self.update, journal, organisation)
        _ = try await ended.run("replay s.zosh --resume")
        #expect(ended.seen.errors.map(\.problem) == ["the last run of this script finished"])
        let killed = journal.afterKill()
        if isHeld { try await killed.claim(1) }
        let resumed = rig(Self.update, killed, organisation)
        let status = try await resumed.run("replay s.zosh --resume").status
        #expect(status == (isHeld ? .failed : .done))
    }

    @Test(
        "flags come from the run that is resumed",
        arguments: [
            ("fails\nusers update 2 3 city=Bern --yes\nfails\nusers update 4 city=Bern --yes\n", "--keep-going"),
            ("users update 2 3 city=Bern --yes\nusers update 4 city=Bern --yes\n", "--step"),
        ])
    func flags(text: String, flag: String) async throws {
        let whole = MemoryJournal()
        _ = try await rig(text, whole, LivingOrganisation(["1"] + Self.ids)).run("replay s.zosh \(flag)")
        let cut = try #require(whole.events.firstIndex { $0.says("outcome") })
        let organisation = LivingOrganisation(["1"] + Self.ids)
        let resumed = rig(text, whole.afterKill(keeping: cut), organisation)
        _ = try await resumed.run("replay s.zosh --resume")
        #expect(await organisation.performed.last == "update 4")
        #expect(resumed.seen.questions.count == (flag == "--step" ? 2 : 0))
    }

    @Test("the limit is that of the run that is resumed")
    func limit() async throws {
        let text = "users update 2 3 city=Bern --yes\nusers update 2 3 4 city=Rome --yes\n"
        let (organisation, journal) = (LivingOrganisation(["1"] + Self.ids), MemoryJournal())
        var settings = Session.Settings()
        settings.atMost = 2
        let first = Rig(
            files: ["s.zosh": text], session: Session(settings), writer: organisation, journal: journal)
        #expect(try await first.run("replay s.zosh").status == .failed)
        let resumed = rig(text, journal, organisation)
        #expect(try await resumed.run("replay s.zosh --resume").status == .failed)
        #expect(resumed.seen.errors.first?.problem.contains("--at-most allows 2") == true)
        #expect(await organisation.performed == ["update 2", "update 3"])
        #expect(await resumed.session.settings.atMost == nil)
    }

    @Test("parameters come from the run that is resumed")
    func parameters() async throws {
        let text = "param who: text\nusers update $who city=Bern --yes\nfails\n"
        let organisation = LivingOrganisation(["1", "2"])
        let journal = MemoryJournal()
        _ = try await rig(text, journal, organisation).run("replay s.zosh who=2")
        let other = rig(text, journal, organisation)
        _ = try await other.run("replay s.zosh who=1 --resume")
        #expect(other.seen.errors.first?.problem == "the run to resume had who=2")
        let resumed = rig(text, journal, organisation)
        _ = try await resumed.run("replay s.zosh --resume")
        #expect(await organisation.performed == ["update 2"])
        #expect(resumed.seen.notes.contains { $0.contains("s.zosh:2: done before") })
    }
}
