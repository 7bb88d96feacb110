import Testing
import ZoshKit

@testable import ZoshCore
@testable import ZoshGate

/// One script, run in an organisation whose people really change, killed and taken up again.
struct ScriptCuts {
    let text: String
    var ids = ["1", "2", "3", "4"]

    func rig(_ journal: MemoryJournal, _ organisation: LivingOrganisation, files: [String: String] = [:]) -> Rig {
        Rig(
            files: files.merging(["s.zosh": text]) { $1 }, writer: organisation,
            zoho: LivingZoho(organisation: organisation),
            journal: journal)
    }

    /// The changes that were intended, each once, in order.
    static func intended(_ events: some Sequence<MemoryJournal.Event>) -> [any Effect] {
        var batches: [Int: [(first: Int, effects: [any Effect])]] = [:]
        var changes: [any Effect] = []
        for event in events where event.item.kind == .job {
            guard let entry = event.entry.flatMap({ JobEntry($0) }) else { continue }
            let job = event.item.number
            switch entry {
            case .batch(let first, _, let all): batches[job, default: []].append((first, all.map(\.effect)))
            case .intent(let row, _):
                let batch = batches[job]?.last { $0.first <= row && row < $0.first + $0.effects.count }
                if let batch { changes.append(batch.effects[row - batch.first]) }
            default: break
            }
        }
        return changes
    }

    /// Kills the run after any entry, with the last request landed or not: resumed, it ends as if nothing had happened,
    /// or names what nobody can be sure of, and has done nothing twice.
    func checkEveryCut() async throws {
        let whole = MemoryJournal()
        let first = LivingOrganisation(ids)
        let status = try await rig(whole, first).run("replay s.zosh").status
        let (wanted, writes) = (await first.users, await first.performed.count)
        #expect(whole.lengthOfRun > 6)
        for count in 1...whole.lengthOfRun {
            let events = whole.events.prefix(count)
            let begun = Self.intended(events)
            // What was answered has landed for certain; of the last request nobody knows.
            let answered = events.count { $0.says("outcome") }
            for landed in answered...begun.count {
                let organisation = LivingOrganisation(ids)
                for change in begun.prefix(landed) { await organisation.apply(change) }
                let second = rig(whole.afterKill(keeping: count), organisation)
                let result = try await second.run("replay s.zosh --resume")
                // What nobody knows the fate of is sent again only if a second time does no harm.
                let lost = begun.dropFirst(landed).compactMap { $0 as? Change }.filter { !$0.isRepeatable }
                guard lost.isEmpty else {
                    #expect(result.status == .partial, "\(count) \(landed)")
                    #expect(second.seen.rows.count { $0.string("outcome") == "unverified" } == lost.count)
                    #expect(await organisation.users.count == wanted.count - lost.count, "\(count) \(landed)")
                    #expect(await organisation.performed.count == writes - begun.count, "\(count) \(landed)")
                    continue
                }
                #expect(result.status == status, "\(count) \(landed): \(second.seen.errors.map(\.problem))")
                #expect(await organisation.users == wanted, "\(count) \(landed)")
                let performed = await organisation.performed
                #expect(performed.count == writes - landed, "\(count) \(landed): \(performed)")
            }
        }
    }

    /// The same with a second kill in the run that was resumed.
    func checkEverySecondCut(after first: Int) async throws {
        let (whole, undisturbed) = (MemoryJournal(), LivingOrganisation(ids))
        let status = try await rig(whole, undisturbed).run("replay s.zosh").status
        let wanted = await undisturbed.users
        let half = whole.afterKill(keeping: first)
        let begun = Self.intended(half.events)
        let other = LivingOrganisation(ids)
        for change in begun { await other.apply(change) }
        _ = try await rig(half, other).run("replay s.zosh --resume")
        for count in first...max(first, half.lengthOfRun) {
            let last = LivingOrganisation(ids)
            for change in Self.intended(half.events.prefix(count)) { await last.apply(change) }
            let third = rig(half.afterKill(keeping: count), last)
            #expect(
                try await third.run("replay s.zosh --resume").status == status,
                "\(first) \(count): \(third.seen.errors.map(\.problem))")
            #expect(await last.users == wanted, "\(first) \(count)")
        }
    }
}
