import Testing
import ZoshKit

@testable import ZoshCore

/// What a run has read before its own writes is what it goes on with, however those writes have changed what it reads.
struct KeptReadsTests {
    private static let variable = """
        let people = people | where city == Rome | first 2
        $people | users update city=Oslo --yes
        $people | users update country=NO --yes

        """
    private static let block = "people | where fax != 77 | first 2 | each { users update $it.id fax=77 --yes }\n"
    private static let piped =
        "people | where fax != 77 | first 2 | users update fax=77 --yes | users update city=Oslo --yes\n"
    private static let equal = """
        let who = '2'
        users lookup $who | assert city == Rome && users update $who city=Oslo --yes || probe late
        let who = '3'
        users lookup $who | assert city == Rome && users update $who city=Oslo --yes || probe late

        """
    private static let choice = """
        people | where city == Rome | assert count == 4 && users update 2 city=Oslo --yes || \
        users update 3 city=Paris --yes
        people | where city == Rome | assert count == 4 && users update 4 city=Oslo --yes || \
        users update 3 city=Paris --yes
        users update 4 country=NO --yes

        """
    private static let choiceInBlock = """
        people | where city == Rome | first 3 | each { users lookup $it.id | assert city == Rome && \
        users update $it.id city=Oslo --yes || users update $it.id country=NO --yes }
        probe end

        """
    private static let blockRows = """
        let found = people | first 3 | each { users lookup $it.id | select id, city && \
        users update $it.id city=Oslo --yes }
        $found | where city == Rome | users update country=IT --yes

        """
    private static let last = """
        people | where city == Rome | first 2
        $last | users update city=Oslo --yes
        $last | users update country=NO --yes

        """
    private static let all = [variable, block, piped, equal, choice, choiceInBlock, blockRows, last]

    @Test("killed after any entry, it ends as if nothing had happened", arguments: all)
    func everyCut(_ text: String) async throws { try await ScriptCuts(text: text).checkEveryCut() }

    @Test("killed a second time after any entry, likewise", arguments: all, [5, 9])
    func everySecondCut(_ text: String, _ first: Int) async throws {
        try await ScriptCuts(text: text).checkEverySecondCut(after: first)
    }

    @Test("what failed is tried again for the same people")
    func failures() async throws {
        let script = ScriptCuts(text: "people | where city == Rome | first 3 | users update city=Oslo --yes\n")
        let (journal, organisation) = (MemoryJournal(), LivingOrganisation(["1", "2", "3", "4"], failing: ["2"]))
        #expect(try await script.rig(journal, organisation).run("replay s.zosh").status == .partial)
        await organisation.heal()
        #expect(try await script.rig(journal, organisation).run("replay s.zosh --resume").status == .done)
        #expect(await organisation.performed == ["update 1", "update 2", "update 3", "update 2"])
    }

    @Test("a value that was edited is another line; what was done with the one before stays done")
    func editedValue() async throws {
        let before = ScriptCuts(text: "let who = '2'\nusers update $who city=Oslo --yes\nfails\n")
        let (journal, organisation) = (MemoryJournal(), LivingOrganisation(["1", "2", "3"]))
        _ = try await before.rig(journal, organisation).run("replay s.zosh")
        let after = ScriptCuts(text: before.text.replacing("'2'", with: "'3'"))
        let rig = after.rig(journal, organisation)
        _ = try await rig.run("replay s.zosh --resume")
        #expect(await organisation.performed == ["update 2", "update 3"])
        #expect(rig.seen.notes.contains { $0.contains("was edited") })
    }

    @Test("rows of a block say that they were done before, under the name they had")
    func blockReports() async throws {
        let script = ScriptCuts(text: "people | first 2 | each { users update $it.id city=Oslo --yes }\nfails\n")
        let (journal, organisation) = (MemoryJournal(), LivingOrganisation(["1", "2", "3"]))
        let first = script.rig(journal, organisation)
        _ = try await first.run("replay s.zosh")
        let cut = try #require(journal.events.lastIndex { $0.says("outcome") })
        let rig = script.rig(journal.afterKill(keeping: cut), organisation)
        _ = try await rig.run("replay s.zosh --resume")
        let rows = rig.seen.rows.filter { $0["action"] != nil }
        #expect(rows.map { $0.string("subject") } == ["p1@acme.test", "p2@acme.test"])
        #expect(rows.allSatisfy { $0.string("message")?.hasPrefix("done before") == true }, "\(rows)")
    }

    @Test(
        "too many rows are said to be too many, and a resumed run stops at their line rather than guess",
        arguments: [true, false])
    func tooMany(isBlock: Bool) async throws {
        let ids = (0...KeptRows.most).map { String(100_000 + $0) }
        let text =
            isBlock
            ? "people | where fax != 77 | each { users update 100000 fax=77 --yes } | first 1\n"
            : "let all = people | where fax != 77\nusers update 100000 fax=77 --yes\nfails\n"
        let rows = ids.map { (id: String) -> Row in ["id": .string(id)] }
        let (journal, organisation) = (MemoryJournal(), LivingOrganisation(["100000"]))
        func rig(_ journal: MemoryJournal) -> Rig {
            Rig(World(rows), files: ["s.zosh": text], writer: organisation, journal: journal)
        }
        let first = rig(journal)
        _ = try await first.run("replay s.zosh")
        #expect(
            first.seen.notes.contains { $0.hasPrefix("s.zosh:1: over 10000 rows") },
            "\(first.seen.notes)")
        let cut = try #require(journal.events.firstIndex { $0.says("outcome") })
        let second = rig(journal.afterKill(keeping: cut))
        #expect(try await second.run("replay s.zosh --resume").status == .failed)
        #expect(second.seen.errors.first?.problem.contains("not known what is left") == true)
        #expect(second.seen.places == ["s.zosh:1"])
        // Before the first write nothing can have gone wrong.
        let intent = try #require(journal.events.firstIndex { $0.says("changing") })
        let third = rig(journal.afterKill(keeping: intent))
        _ = try await third.run("replay s.zosh --resume")
        #expect(!third.seen.errors.contains { $0.problem.contains("not known") })
    }
}
