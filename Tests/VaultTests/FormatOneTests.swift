internal import Foundation
internal import GRDB
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// A store that a zosh of format 1 has written, checked in as it was.
@Suite struct FormatOneTests {
    private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/format-1").path

    /// How format 1 was read.
    private static let schema = Schema(version: 1, statements: Schema.format1)

    private func place() throws -> Place {
        let place = try Place()
        try StoreDirectory(path: place.store).create()
        try place.write(place.bytes(Self.fixture + "/store.db"), to: place.database)
        try place.write(place.bytes(Self.fixture + "/key"), to: place.keyFile)
        return place
    }

    /// The headers of the runs in it, byte for byte.
    private func headers(_ place: Place) async throws -> [[UInt8]] {
        let old = SealedStore(at: place.store, schema: Self.schema)
        try await old.unlock(with: .keyFile(place.keyFile))
        let runs = try await old.read(.job).map(\.body)
        try await old.existing().queue.close()
        return bytes(runs)
    }

    @Test func `it opens, and what it held is there`() async throws {
        let place = try place()
        let before = try await headers(place)
        #expect(before.count == 2, "positive control")
        let raw = try RawStore(place.database)
        let rows: [Data] = try raw.rows("SELECT sealed FROM entry WHERE kind = 'job-row'").map { $0[0] }
        #expect(rows.count == 30, "positive control")
        try raw.settle()
        try raw.close()

        let store = try await place.openStore()
        #expect(try await store.status()?.formatVersion == 2)
        #expect(try await store.status()?.generation == 28, "one transaction later")
        #expect(try await store.read(.grant).map { $0.body.text.contains("acme") } == [true])
        let history = try await store.read { try $0.readLog(.history).map(\.body.text) }
        #expect(history.count == 4)
        for (line, text) in zip(["users count", "orgs list", "history", "exit"], history) {
            #expect(text.contains(line))
        }

        let lines = WaitingLines(.audit)
        let series = SealedSeries(in: store, lines: lines)
        let runs = try await series.headers(.run, last: 9)
        #expect(runs.map(\.number) == [2, 1])
        #expect(runs.map(\.isFinished) == [false, true], "what did not finish stays so, to be named")
        #expect(Set(bytes(runs.map(\.header))) == Set(before))
        #expect(runs[0].header.text.contains("cities.zosh") && runs[0].header.text.contains(#""ended":null"#))
        #expect(runs[1].header.text.contains("done.zosh") && runs[1].header.text.contains(#""ended":0"#))
        for number in 1...2 { #expect(try await series.entries(of: number, .run).isEmpty) }
        // Its audit log begins now.
        #expect(try await store.read { try $0.checkChain(.audit) }.count == 0)
        lines.add(.init(fields: { "\"a\":1" }))
        try await series.saveLines()
        #expect(try await store.read { try $0.checkChain(.audit) }.count == 1)
        #expect(try await series.headers(.job, last: 9).isEmpty)
        #expect(try await series.begin(.run, []) == 3)
        #expect(try await store.verify().isIntact)

        // Of the entries nothing is left but in the copy that was put aside.
        let after = try RawStore(place.database)
        #expect(try after.rows("SELECT 1 FROM entry WHERE kind = 'job-row'").isEmpty)
        #expect(try after.rows("SELECT 1 FROM log WHERE kind = 'job-row'").isEmpty)
        for file in place.files() where !file.contains("backup-format-1-27.db") {
            let content = Data(try place.bytes(file))
            #expect(!rows.contains { content.range(of: $0) != nil }, "\(file)")
        }
    }

    @Test func `of each script and organisation the latest run is unfinished, when it did not come to its end`()
        async throws
    {
        func run(_ script: String, org: String = "1", started: Int, ended: String, _ more: String = "") -> Secret {
            Secret(
                copying: #"{"script":"\#(script)","org":"\#(org)","dc":"eu","environment":"production","#
                    + #""started":\#(started),"ended":\#(ended)\#(more)}"#)
        }
        let bodies = [
            run("a", started: 1, ended: "null"), run("a", started: 2, ended: "0"), run("b", started: 2, ended: "0"),
            run("b", started: 4, ended: "1"), run("b", started: 3, ended: "null"),
            run("b", org: "2", started: 1, ended: "null"), run("c", started: 1, ended: "null"),
            run("c", started: 2, ended: "null", #","withdrawn":true"#), Secret(copying: "damaged"),
        ]
        let store = try await Place().makeStore()
        try await store.write { transaction in
            var writer = SeriesWriter(transaction)
            try FormerRuns(bodies).write(with: &writer)
            try writer.save()
        }
        let series = SealedSeries(in: store)
        #expect(try await series.headers(.run, last: 99).map(\.header.text) == bodies.reversed().map(\.text))
        #expect(try await series.unfinished(.run).map(\.number) == [4, 6, 7])
    }

    @Test func `others that open it at the same moment find it moved once`() async throws {
        let place = try place()
        let stores = try await withThrowingTaskGroup(of: SealedStore.self) { group in
            for _ in 0..<6 { group.addTask { try await place.openStore() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(place.files().filter { $0.contains("backup-format-1-27") }.count == 1)
        for store in stores {
            #expect(try await SealedSeries(in: store).headers(.run, last: 9).count == 2)
            #expect(try await store.status()?.generation == 28)
        }
    }

    @Test func `it is verified and exported as it is, and the export brings the same`() async throws {
        let place = try place()
        let before = try await headers(place)
        let source = SealedStore(at: place.store)
        let found = try await source.verify(with: .keyFile(place.keyFile))
        #expect(found.isIntact, "\(found.problems)")
        #expect(found.intact[.job] == 2 && found.intact[.jobRow] == 30)
        let (file, passphrase) = (place.path + "/export", Secret(copying: "for the road"))
        let rescue = try await source.exportIntact(
            to: file, passphrase: passphrase, withGrants: false, scrypt: .least, with: .keyFile(place.keyFile))
        #expect(rescue.exported[.job] == 2)
        #expect(try await source.status()?.formatVersion == 1, "looking changes nothing")

        let store = try await Place().makeStore()
        let outcome = try await store.importAll(store.openExport(at: file, passphrase: passphrase))
        #expect(outcome.imported == [.run: 2, .history: 4])
        let series = SealedSeries(in: store)
        let runs = try await series.headers(.run, last: 9)
        #expect(runs.filter { !$0.isFinished }.map { $0.header.text.contains("cities.zosh") } == [true])
        #expect(Set(bytes(runs.map(\.header))) == Set(before))
        #expect(try await store.read(.job).isEmpty)
        #expect(try await store.verify().isIntact)
        let again = try await store.importAll(store.openExport(at: file, passphrase: passphrase))
        #expect(again == .init(imported: [:], skipped: [.run: 2, .history: 4]))
    }

    @Test(arguments: [
        "DELETE FROM record WHERE kind = 'job'",
        "DELETE FROM entry WHERE kind = 'job-row'; DELETE FROM log WHERE kind = 'job-row'",
        "DELETE FROM log WHERE kind = 'history'",
    ])
    func `a damaged one is not moved`(sql: String) async throws {
        let place = try place()
        try RawStore(place.database).run(sql)
        await #expect(throws: VaultError.damaged("records were changed, removed or mixed with older ones")) {
            try await place.openStore()
        }
        #expect(try await SealedStore(at: place.store).status()?.formatVersion == 1)
    }
}
