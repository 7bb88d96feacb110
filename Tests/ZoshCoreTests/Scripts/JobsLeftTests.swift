import Testing
import ZoshGate
import ZoshKit

@testable import ZoshCore

/// A process that dies after its last change leaves a job that only lacks its end.
struct JobsLeftTests {
    private static let text = "users update 2 3 4 city=Bern --yes\nprobe b\n"

    private func rig(_ journal: MemoryJournal, _ organisation: LivingOrganisation) -> Rig {
        Rig(files: ["s.zosh": Self.text], writer: organisation, journal: journal)
    }

    /// What was written down of a whole run, without what `isLost` names.
    private func events(without isLost: (MemoryJournal.Event) -> Bool) async throws -> MemoryJournal {
        let journal = MemoryJournal()
        _ = try await rig(journal, LivingOrganisation(["1", "2", "3", "4"])).run("replay s.zosh")
        return MemoryJournal(journal.events.filter { !$0.endsRun && !isLost($0) })
    }

    private func isEndOfJob(_ event: MemoryJournal.Event) -> Bool {
        if case .finished = event.what { event.item.kind == .job } else { false }
    }

    @Test("it is finished by the run that is taken up again")
    func resumed() async throws {
        let journal = try await events(without: isEndOfJob)
        let jobs = MemorySeries(journal: journal, kind: .job)
        #expect(try await jobs.open().map(\.number) == [1])
        let organisation = LivingOrganisation(["1", "2", "3", "4"])
        #expect(try await rig(journal, organisation).run("replay s.zosh --resume").status == .done)
        #expect(try await jobs.open().isEmpty)
        #expect(await organisation.performed.isEmpty)
    }

    @Test("it is finished only where nothing is left of it, and only of its own run")
    func closing() async throws {
        let whole = JobHistory(in: MemorySeries(journal: try await events(without: isEndOfJob), kind: .job)) { 0 }
        #expect(try await whole.jobsLeft(of: 2, closing: true) == [])
        #expect(try await whole.jobsLeft(of: 1, closing: false) == [1])
        #expect(try await whole.jobsLeft(of: 1, closing: true) == [])
        #expect(try await whole.jobsLeft(of: 1, closing: false) == [])
        let cut = try await events { isEndOfJob($0) || $0.item.kind == .job && $0.says("outcome") }
        let half = JobHistory(in: MemorySeries(journal: cut, kind: .job)) { 0 }
        #expect(try await half.jobsLeft(of: 1, closing: true) == [1])
        #expect(try await half.jobsLeft(of: 1, closing: false) == [1])
    }

    @Test("what was sent is under way while a process is at it, and unknown afterwards", arguments: [true, false])
    func underWay(isHeld: Bool) async throws {
        let whole = try await events { _ in false }
        let cut = try #require(whole.events.firstIndex { $0.item.kind == .job && $0.says("outcome") })
        let journal = whole.afterKill(keeping: cut)
        let jobs = MemorySeries(journal: journal, kind: .job)
        if isHeld { try await jobs.claim(1) }
        let history = JobHistory(in: jobs) { 0 }
        let sent = journal.events.count { $0.says("intent") }
        let word = isHeld ? "under way" : "unverified"
        #expect(try await history.rows(of: 1).count { $0.string("outcome") == word } == sent)
        #expect(try await history.job(1).counts[word] == sent)
        #expect(try await history.failed(of: 1).count == (isHeld ? 0 : 3))
        // What is left to do in another process is no matter of this one.
        #expect(try await history.left().map(\.number) == (isHeld ? [] : [1]))
    }

    @Test("one that another process works on is left alone")
    func held() async throws {
        let journal = try await events(without: isEndOfJob)
        let jobs = MemorySeries(journal: journal, kind: .job)
        try await jobs.claim(1)
        let history = JobHistory(in: jobs) { 0 }
        await #expect(throws: ZoshError.self) { try await history.jobsLeft(of: 1, closing: true) }
        #expect(try await jobs.open().map(\.number) == [1])
    }
}
