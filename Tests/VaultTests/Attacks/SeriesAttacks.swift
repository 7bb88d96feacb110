internal import Foundation
internal import GRDB
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// Jobs were removed, exchanged or cut by somebody who may write the file and knows no key.
@Suite struct SeriesAttacks {
    /// Jobs 1, 2 and 3 are finished, with two pieces each; job 4 is not and has two; run 2 is finished.
    private func place() async throws -> Place {
        let place = try Place()
        let series = SealedSeries(in: try await place.makeStore())
        for number in 1...4 {
            _ = try await series.begin(.job, Self.text("job \(number) begins"))
            for part in 1...2 { try await series.append([Self.text("row \(part) of \(number)")], to: number, .job) }
            if number < 4 { try await series.finish(number, .job, header: Self.text("job \(number)")) }
        }
        for number in 1...2 {
            _ = try await series.begin(.run, [])
            for part in 1...2 { try await series.append([Self.text("line \(part)")], to: number, .run) }
            try await series.finish(number, .run, header: Self.text("run \(number)"))
        }
        return place
    }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// What an attack does, and which jobs it concerns.
    struct Attack: Sendable, CustomTestStringConvertible {
        let name: String
        let sql: String
        let victims: [Int]
        /// Whether a header alone shows it.
        var header = false

        var testDescription: String { name }
    }

    private static let attacks = [
        Attack(
            name: "remove a job's header", sql: "DELETE FROM piece WHERE kind = 'job' AND number = 2 AND part = 0",
            victims: [2], header: true),
        Attack(
            name: "remove a job whole", sql: "DELETE FROM piece WHERE kind = 'job' AND number = 2", victims: [2],
            header: true),
        Attack(
            name: "remove all jobs", sql: "DELETE FROM piece WHERE kind = 'job'", victims: [1, 2, 3, 4],
            header: true),
        Attack(
            name: "remove the first job", sql: "DELETE FROM piece WHERE kind = 'job' AND number = 1", victims: [1],
            header: true),
        Attack(
            name: "exchange two jobs",
            sql: """
                UPDATE piece SET number = -number WHERE kind = 'job' AND number IN (1, 2);
                UPDATE piece SET number = 3 + number WHERE number < 0
                """, victims: [1, 2], header: true),
        Attack(
            name: "exchange the entries of two jobs",
            sql: """
                UPDATE piece SET number = -number WHERE kind = 'job' AND number IN (1, 2) AND part > 0;
                UPDATE piece SET number = 3 + number WHERE number < 0
                """, victims: [1, 2]),
        Attack(
            name: "exchange two parts of a job",
            sql: """
                UPDATE piece SET part = part + 100 WHERE kind = 'job' AND number = 2 AND part IN (1, 2);
                UPDATE piece SET part = 103 - part WHERE part > 100
                """, victims: [2]),
        Attack(
            name: "exchange the header of a job with one of its parts",
            sql: """
                UPDATE piece SET part = part + 100 WHERE kind = 'job' AND number = 2 AND part IN (0, 1);
                UPDATE piece SET part = 101 - part WHERE part >= 100
                """, victims: [2], header: true),
        Attack(
            name: "cut the last part of a job",
            sql: "DELETE FROM piece WHERE kind = 'job' AND number = 3 AND part = 2", victims: [3]),
        Attack(
            name: "cut the first part of a job",
            sql: "DELETE FROM piece WHERE kind = 'job' AND number = 3 AND part = 1", victims: [3]),
        Attack(
            name: "cut all parts of a job",
            sql: "DELETE FROM piece WHERE kind = 'job' AND number = 3 AND part > 0", victims: [3]),
        Attack(
            name: "cut an unfinished job",
            sql: "DELETE FROM piece WHERE kind = 'job' AND number = 4 AND part = 2", victims: [4]),
        Attack(name: "empty an unfinished job", sql: "DELETE FROM piece WHERE number = 4", victims: [4]),
        Attack(
            name: "repeat a part of a job",
            sql: "INSERT INTO piece SELECT kind, number, 3, generation, sealed FROM piece WHERE kind = 'job' AND number"
                + " = 2 AND part = 2", victims: [2]),
        Attack(
            name: "give a job a run's entries",
            sql: """
                DELETE FROM piece WHERE kind = 'job' AND number = 2 AND part = 1;
                UPDATE piece SET kind = 'job' WHERE kind = 'run' AND number = 2 AND part = 1
                """, victims: [2]),
        Attack(
            name: "give a job a run's header",
            sql: """
                DELETE FROM piece WHERE kind = 'job' AND number = 2;
                UPDATE piece SET kind = 'job' WHERE kind = 'run' AND number = 2
                """, victims: [2], header: true),
        Attack(
            name: "make a piece older",
            sql: "UPDATE piece SET generation = generation - 1 WHERE kind = 'job' AND number = 1 AND part = 1",
            victims: [1]),
    ]

    @Test(arguments: attacks) func `an attack on jobs is noticed, and the others stay readable`(_ attack: Attack)
        async throws
    {
        let place = try await place()
        #expect(try await place.openStore().verify().isIntact, "positive control")
        let whole = SealedSeries(in: try await place.openStore())
        for number in 1...4 { #expect(try await whole.entries(of: number, .job).count == 2, "positive control") }

        try RawStore(place.database).run(attack.sql)
        let store = try await place.openStore()
        let series = SealedSeries(in: store)
        for number in 1...4 {
            let isVictim = attack.victims.contains(number)
            #expect(await isDamaged { try await series.entries(of: number, .job) } == isVictim, "entries of \(number)")
            #expect(
                await isDamaged { try await series.header(of: number, .job) }
                    == (isVictim && attack.header && number < 4),
                "header of \(number)")
        }
        #expect(await isDamaged { try await series.headers(.job, last: 9) } == attack.header)
        let found = try await store.verify()
        #expect(!found.isIntact)
        #expect(found.intact[.job] ?? 0 == 4 - attack.victims.count)
        #expect(await isDamaged { try await store.rekey(keeping: [.keyFile(place.keyFile)]) }, "nor is it sealed again")
        #expect(await isDamaged { try await everything(in: place) })
    }

    @Test(arguments: [
        ("a number that nobody was given", "INSERT INTO piece SELECT kind, 99, part, generation, sealed FROM piece"),
        (
            "a part before the first",
            "INSERT INTO piece SELECT kind, number, -1, generation, sealed FROM piece WHERE part = 1"
        ),
        (
            "an end of an unfinished job",
            "INSERT INTO piece SELECT kind, 4, 0, generation, sealed FROM piece WHERE kind = 'job' AND number = 3 AND "
                + "part = 0"
        ),
    ])
    func `pieces that belong to no job are found, and change nothing`(_ name: String, _ sql: String) async throws {
        let place = try await place()
        let expected = try await everything(in: place)
        try RawStore(place.database).run(sql + (sql.contains("99") ? " WHERE kind = 'job' AND number = 1" : ""))
        #expect(try await everything(in: place) == expected)
        let store = try await place.openStore()
        #expect(try await store.verify().problems.contains { $0.contains("rows of 'piece' belong to no") })
        #expect(await isDamaged { try await store.rekey(keeping: [.keyFile(place.keyFile)]) })
        if name.contains("unfinished") {
            #expect(await isDamaged { try await SealedSeries(in: store).finish(4, .job, header: []) })
        }
    }

    @Test(arguments: ["append", "finish", "begin", "prune"])
    func `an older state of the series is noticed`(step: String) async throws {
        let place = try await place()
        let raw = try RawStore(place.database)
        let old = try #require(try raw.rows("SELECT * FROM record WHERE kind = 'job'").first)
        let series = SealedSeries(in: try await place.openStore())
        switch step {
        case "append": try await series.append([[1]], to: 4, .job)
        case "finish": try await series.finish(4, .job, header: [1])
        case "begin": _ = try await series.begin(.job, [])
        default: #expect(try await series.prune(.job, keeping: 2) { _ in false } == 1)
        }
        #expect(try await !everything(in: place).isEmpty, "positive control")
        try raw.run("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", StatementArguments(old.databaseValues))
        #expect(await isDamaged { try await everything(in: place) })
        #expect(await isDamaged { try await series.unfinished(.job) })
        #expect(await isDamaged { try await series.begin(.job, []) })
        #expect(await isDamaged { try await series.append([[2]], to: 4, .job) })
    }

    /// All but the pieces is put back together, so the seal fits; what was written since gives it away.
    @Test(arguments: ["append", "finish"])
    func `an older store around newer pieces is noticed`(step: String) async throws {
        let place = try await place()
        let raw = try RawStore(place.database)
        let meta = try #require(try raw.rows("SELECT * FROM meta").first)
        let old = try #require(try raw.rows("SELECT * FROM record WHERE kind = 'job'").first)
        let series = SealedSeries(in: try await place.openStore())
        if step == "append" {
            try await series.append([[1]], to: 4, .job)
        } else {
            try await series.finish(4, .job, header: [1])
        }
        try raw.run("INSERT OR REPLACE INTO meta VALUES (?, ?, ?, ?, ?)", StatementArguments(meta.databaseValues))
        try raw.run("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", StatementArguments(old.databaseValues))
        let store = try await place.openStore()
        #expect(try await SealedSeries(in: store).unfinished(.job).map(\.number) == [4], "the seal fits")
        #expect(try await !store.verify().isIntact)
        #expect(await isDamaged { try await store.rekey(keeping: [.keyFile(place.keyFile)]) })
        if step == "append" {
            #expect(await isDamaged { try await SealedSeries(in: store).entries(of: 4, .job) })
            #expect(await isDamaged { try await SealedSeries(in: store).append([[2]], to: 4, .job) })
        } else {
            #expect(await isDamaged { try await SealedSeries(in: store).finish(4, .job, header: [2]) })
        }
    }

    @Test(arguments: ["DELETE FROM record WHERE kind = 'job'", "UPDATE record SET kind = 'run' WHERE kind = 'job'"])
    func `a series without its state is noticed`(sql: String) async throws {
        let place = try await place()
        try RawStore(place.database).run((sql.contains("'run'") ? "DELETE FROM record WHERE kind = 'run'; " : "") + sql)
        #expect(await isDamaged { try await everything(in: place) })
        let store = SealedStore(at: place.store)
        #expect(try await !store.verify(with: .keyFile(place.keyFile)).isIntact)
    }

    @Test func `a piece of another store does not open`() async throws {
        let (victim, attacker) = (try await place(), try Place())
        // Two stores that even share the key file.
        try attacker.write(victim.bytes(victim.keyFile), to: attacker.keyFile)
        let own = SealedSeries(in: try await attacker.makeStore())
        _ = try await own.begin(.job, [])
        try await own.append([Self.text("row 1 of 1")], to: 1, .job)
        try await own.append([Self.text("row 2 of 1")], to: 1, .job)
        try await own.finish(1, .job, header: Self.text("job 1"))
        let raw = try RawStore(victim.database)
        for row in try RawStore(attacker.database).rows("SELECT * FROM piece") {
            try raw.run("INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?, ?)", StatementArguments(row.databaseValues))
        }
        let series = SealedSeries(in: try await victim.openStore())
        #expect(await isDamaged { try await series.header(of: 1, .job) })
        #expect(await isDamaged { try await series.entries(of: 1, .job) })
        #expect(try await own.entries(of: 1, .job).count == 2, "positive control")
    }

    @Test func `a job of a copy of the store that went another way is noticed`() async throws {
        let place = try await place()
        let copy = try copyStore(from: place)
        func goOn(_ place: Place, _ text: String) async throws {
            let series = SealedSeries(in: try await place.openStore())
            try await series.append([Self.text(text)], to: 4, .job)
            try await series.finish(4, .job, header: Self.text(text))
        }
        try await goOn(place, "here")
        try await goOn(copy, "there")
        let other = try RawStore(copy.database).rows("SELECT * FROM piece WHERE kind = 'job' AND number = 4")
        let raw = try RawStore(place.database)
        let store = try await place.openStore()
        #expect(try await store.verify().isIntact, "positive control")
        func put(_ rows: [GRDB.Row]) throws {
            for row in rows {
                try raw.run(
                    "INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?, ?)", StatementArguments(row.databaseValues))
            }
        }
        // Its last entries alone do not fit the header that is here.
        try put(other.filter { ($0["part"] as Int) > 0 })
        #expect(await isDamaged { try await SealedSeries(in: store).entries(of: 4, .job) })
        // Whole, each piece of it is genuine, at its place and in its store.
        try put(other)
        #expect(try await store.verify().problems == ["a finished job comes from another copy of this store"])
    }

    @Test func `a flip of any byte of a piece is noticed`() async throws {
        let place = try await place()
        let series = SealedSeries(in: try await place.openStore())
        let raw = try RawStore(place.database)
        for part in 0...1 {
            let condition = "kind = 'job' AND number = 2 AND part = \(part)"
            let whole: Data = try #require(try raw.rows("SELECT sealed FROM piece WHERE \(condition)").first)["sealed"]
            let step = Campaign.isNightly ? 1 : 3
            for position in stride(from: part, to: whole.count, by: step) {
                var sealed = whole
                sealed[position] ^= Campaign.isNightly ? 1 << UInt8(position % 8) : 0xFF
                try raw.run("UPDATE piece SET sealed = ? WHERE \(condition)", [sealed])
                #expect(await isDamaged { try await series.entries(of: 2, .job) }, "byte \(position) of part \(part)")
                #expect(await isDamaged { try await series.header(of: 2, .job) } == (part == 0))
            }
            try raw.run("UPDATE piece SET sealed = ? WHERE \(condition)", [whole])
            #expect(try await series.entries(of: 2, .job).count == 2, "positive control")
        }
    }

    @Test func `what is whole of a damaged series is carried away with its numbers`() async throws {
        let place = try await place()
        try RawStore(place.database).run("DELETE FROM piece WHERE kind = 'job' AND number = 2")
        let file = place.path + "/export"
        let passphrase = Secret(copying: "for the road")
        let source = try await place.openStore()
        await #expect(throws: VaultError.self) {
            try await source.export(to: file, passphrase: passphrase, withGrants: true, scrypt: .least)
        }
        let rescue = try await source.exportIntact(to: file, passphrase: passphrase, withGrants: true, scrypt: .least)
        #expect(rescue.exported == [.job: 3, .run: 2])
        #expect(rescue.problems == ["the finished job 2 was removed"])
        let store = try await Place().makeStore()
        let outcome = try await store.importAll(store.openExport(at: file, passphrase: passphrase))
        #expect(outcome.imported == [.job: 3, .run: 2])
        let series = SealedSeries(in: store)
        #expect(try await series.headers(.job, last: 9).map(\.number) == [4, 3, 1])
        #expect(try await bytes(series.entries(of: 3, .job)) == [1, 2].map { Self.text("row \($0) of 3") })
        #expect(try await series.unfinished(.job).map(\.number) == [4])
        #expect(try await series.begin(.job, []) == 5)
        #expect(try await store.verify().isIntact)
    }

    private func isDamaged<Result>(_ body: () async throws -> Result) async -> Bool {
        do {
            _ = try await body()
            return false
        } catch VaultError.damaged {
            return true
        } catch {
            Issue.record("\(error)")
            return true
        }
    }
}
