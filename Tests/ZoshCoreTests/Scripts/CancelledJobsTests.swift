import Testing
import ZoshKit

@testable import ZoshCore
@testable import ZoshGate

/// What was given up with a job is done by no later run of the script or line.
struct CancelledJobsTests {
    private static let ids = ["1", "2", "3", "4"]
    private static let rest = "users update 1 city=Ulm --yes\n"

    private func history(_ journal: MemoryJournal) -> JobHistory {
        JobHistory(in: MemorySeries(journal: journal, kind: .job)) { 0 }
    }

    /// What a kill after the first answer leaves.
    private func killed(_ text: String, _ line: String = "replay s.zosh") async throws -> MemoryJournal {
        let whole = MemoryJournal()
        _ = try await ScriptCuts(text: text).rig(whole, LivingOrganisation(Self.ids)).run(line)
        let cut = try #require(whole.events.firstIndex { $0.says("outcome") })
        return whole.afterKill(keeping: cut + 1)
    }

    @Test(
        "the line stays undone, the lines after it run when the script is told to go on",
        arguments: [
            "users update 2 3 4 city=Bern --yes\n", "people | skip 1 | each { users update $it.id city=Bern --yes }\n",
            "people | first 1 | each {\n  users update 2 city=Bern --yes\n  users update 3 4 city=Bern --yes\n}\n",
            "users update 2 city=Bern --yes; users update 3 4 city=Bern --yes\n",
        ], ["", "probe new\nusers update 1 country=DE --yes\n"])
    func line(_ text: String, added: String) async throws {
        let journal = try await killed(text + Self.rest)
        try await history(journal).cancel(1)
        let script = ScriptCuts(text: added + text + Self.rest)
        let organisation = LivingOrganisation(Self.ids)
        let stopped = script.rig(journal, organisation)
        #expect(try await stopped.run("replay s.zosh --resume").status == .failed)
        #expect(Set(stopped.seen.errors.map(\.problem)) == ["this line was cancelled with job 1"])
        #expect(stopped.seen.notes.last?.hasSuffix("replay s.zosh --resume --keep-going") == true)
        let new = added.isEmpty ? [] : ["update 1"]
        #expect(await organisation.performed == new)
        let going = script.rig(journal, organisation)
        _ = try await going.run("replay s.zosh --resume --keep-going")
        #expect(await organisation.performed == new + ["update 1"])
        #expect(await organisation.users["1"]?["city"] == "Ulm")
        #expect(await organisation.users.values.count { $0["city"] == "Bern" } == 0)
        // All that is left undone was given up: there is nothing to resume any more.
        #expect(!going.seen.notes.contains { $0.contains("Progress saved") }, "\(going.seen.notes)")
        let again = script.rig(journal, organisation)
        _ = try await again.run("replay s.zosh --resume --keep-going")
        #expect(again.seen.errors.contains { $0.problem.contains("script finished") }, "\(again.seen.errors)")
    }

    @Test("one that is given up while the script is taken up again stays undone")
    func meanwhile() async throws {
        let text = "users update 2 3 4 city=Bern --yes\n"
        let journal = try await killed(text)
        let steps = history(journal)
        let recorded = try #require(try await steps.steps(of: 1, since: 0).first)
        try await history(journal).cancel(1)
        let line = LineTally()
        line.begin(unit: recorded.step.unit)
        let planned = recorded.changes.map { PlannedChange($0) }
        let origin = Origin(line: line, step: recorded.step)
        await #expect(throws: ZoshError.self) { try await steps.settle(planned, from: origin, on: Rig.acme) }
    }

    @Test("the run of a typed line ends with its job, that of a script and one with other jobs do not")
    func runs() async throws {
        for (line, left) in [("users update 2 3 city=Bern --yes", 0), ("replay s.zosh", 1)] {
            let journal = try await killed("users update 2 3 4 city=Bern --yes\n", line)
            let runs = Journal(runs: MemorySeries(journal: journal, kind: .run), steps: history(journal))
            try await runs.prune()
            #expect(try await runs.runs.open().count == 1)
            try await history(journal).cancel(1)
            try await runs.prune()
            #expect(try await runs.runs.open().count == left, "\(line)")
        }
    }
}
