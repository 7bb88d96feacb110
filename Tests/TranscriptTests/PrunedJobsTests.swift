import Testing
import ZoshKit

@testable import Vault
@testable import zosh

/// Finished jobs go by age and by count, in the real store; unfinished ones never.
@Suite("Jobs that are pruned")
struct PrunedJobsTests {
    private static let day = 86_400
    private static let update = "users ids limit=3 | skip 1 | users update --yes city="

    /// A session whose job 1 is over.
    private struct Setup {
        let stage: Stage
        /// The jobs in its store.
        let items: SealedItems
        let finished: Row
        /// The header of a job that is not over.
        let open: Row

        init() async throws {
            stage = try await Stage(["users": "6"])
            #expect(await stage.play(update + "Bern", []).count == 2)
            items = SealedItems(
                .job, from: SeriesOpener(storeSession: stage.engine.storeSession, lines: WaitingLines(.audit)),
                outlastsProcess: true)
            var header = try #require(try await items.item(1)?.header)
            header["run"] = .null
            finished = header
            for name in ["ended", "state", "counts", "changed"] { header[name] = .null }
            open = header
        }

        func numbers() async throws -> [Int] { try await items.latest(.max, before: nil).map(\.number) }

        /// What `vault status` says of the room that jobs take.
        func room() async throws -> (jobs: Int, bytes: Int) {
            let words = await stage.play("vault status | select jobs, job_bytes", []).first?.split(separator: "\t")
            return (try #require(words?.first.flatMap { Int($0) }), try #require(words?.last.flatMap { Int($0) }))
        }
    }

    @Test("One of 91 days goes, one of 89 stays, an unfinished one stays for ever, and the room is free again")
    func byAge() async throws {
        let setup = try await Setup()
        let stage = setup.stage
        // Nothing of it was done before its process died.
        let decided = try await setup.items.entries(of: 1).filter { $0.string("entry") == "batch" }
        let left = try await setup.items.begin(setup.open)
        try await setup.items.append(decided, to: left)
        await setup.items.release(left)
        _ = await stage.play(":clock \(2 * Self.day)", [])
        _ = await stage.play(Self.update + "Rome", [])
        _ = await stage.play(":clock \(89 * Self.day)", [])
        #expect(try await setup.numbers() == [3, 2, 1])
        let before = try await setup.room()
        #expect(before.jobs == 3)

        #expect(await stage.play("jobs prune", []) == ["finished jobs\tprune\tdone\t1 job removed\t\t"])
        #expect(await stage.play("jobs list | select job, state", []) == ["3\tdone", "2\tunfinished"])
        #expect(await stage.play("jobs show 1", []).first == "2> zosh: there is no job 1")
        let after = try await setup.room()
        #expect(after.jobs == 2 && after.bytes < before.bytes, "\(before) \(after)")

        #expect(
            await stage.play("jobs prune --older-than 90d", []) == ["finished jobs\tprune\tdone\t0 jobs removed\t\t"])
        #expect(
            await stage.play("jobs prune --older-than 12w", []) == ["finished jobs\tprune\tdone\t1 job removed\t\t"])
        _ = await stage.play(":clock \(3650 * Self.day)", [])
        _ = await stage.play("jobs prune --older-than 1h", [])
        #expect(await stage.play("jobs list | select job, state", []) == ["2\tunfinished"])
        #expect(try await setup.room().bytes < after.bytes)
        #expect(try await stage.engine.storeSession.store.verify().isIntact)
        await stage.close()
    }

    @Test("Each 50th job that ends removes those of more than 90 days")
    func byItself() async throws {
        let setup = try await Setup()
        let stage = setup.stage
        var header = setup.finished
        header["ended"] = .integer((header["ended"]?.integer ?? 0) + Int64(2 * Self.day))
        let later = JSONWriter.text(.row(header))
        try await stage.engine.storeSession.store.write { transaction in
            var writer = SeriesWriter(transaction)
            for _ in 2...49 { try writer.addFinished(.job, header: Array(later.utf8)) }
            try writer.save()
        }
        _ = await stage.play(":clock \(91 * Self.day)", [])
        #expect(try await setup.numbers().count == 49)
        #expect(await stage.play(Self.update + "Rome", []).count == 2)
        #expect(try await setup.numbers() == Array((2...50).reversed()))
        await stage.close()
    }

    @Test("A job that ends while there are more than 10 000 takes the oldest finished ones along, and no other")
    func byCount() async throws {
        let setup = try await Setup()
        let stage = setup.stage
        let (open, finished) = (JSONWriter.text(.row(setup.open)), JSONWriter.text(.row(setup.finished)))
        // Jobs 2 to 10 049, of which 2 is not over.
        try await stage.engine.storeSession.store.write { transaction in
            var writer = SeriesWriter(transaction)
            _ = try writer.begin(.job, Array(open.utf8))
            for _ in 3...10_049 { try writer.addFinished(.job, header: Array(finished.utf8)) }
            try writer.save()
        }
        // Job 1 is one of the 10 048 that are over.
        for count in [48, 0] {
            #expect(
                await stage.play("jobs prune", []) == ["finished jobs\tprune\tdone\t\(count) jobs removed\t\t"])
        }
        #expect(await stage.play("jobs show 49", []).first == "2> zosh: there is no job 49")
        #expect(try await setup.items.item(50)?.isFinished == true)

        // Each 50th looks for itself.
        #expect(await stage.play(Self.update + "Rome", []).count == 2)
        let numbers = try await setup.numbers()
        #expect(numbers == Array((51...10_050).reversed()) + [2])
        #expect(try await setup.room().jobs == 10_001)
        #expect(await stage.play("jobs list --unfinished | select job", []) == ["2"])
        await stage.close()
    }
}
