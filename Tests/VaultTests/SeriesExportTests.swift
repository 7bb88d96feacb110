internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct SeriesExportTests {
    private let passphrase = Secret(copying: "for the road")

    /// Jobs 1 (unfinished), 3 and 4 of four, 2 being pruned; run 1.
    private func source() async throws -> (Place, SealedStore) {
        let place = try Place()
        let store = try await place.makeStore()
        let series = SealedSeries(in: store)
        for number in 1...4 {
            _ = try await series.begin(.job, [UInt8(number)])
            try await series.append([[UInt8(number)], []], to: number, .job)
            if number > 1 { try await series.finish(number, .job, header: [UInt8(number), 0]) }
        }
        #expect(try await series.prune(.job, keeping: 2) { _ in false } == 1)
        _ = try await series.begin(.run, [9])
        return (place, store)
    }

    @Test func `jobs keep their numbers, and what is left of one to do`() async throws {
        let (place, source) = try await source()
        let file = place.path + "/export"
        let counts = try await source.export(to: file, passphrase: passphrase, withGrants: false, scrypt: .least)
        #expect(counts == [.job: 3, .run: 1])
        let store = try await Place().makeStore()
        #expect(
            try await store.importAll(store.openExport(at: file, passphrase: passphrase))
                == .init(imported: counts, skipped: [:]))
        let series = SealedSeries(in: store)
        #expect(
            try await series.headers(.job, last: 9).map(Seen.init) == [
                Seen(4, [4, 0], isFinished: true), Seen(3, [3, 0], isFinished: true), Seen(1, [1]),
            ])
        #expect(try await bytes(series.entries(of: 4, .job)) == [[4], []])
        try await series.append([[7]], to: 1, .job)
        #expect(try await bytes(series.entries(of: 1, .job)) == [[1], [], [7]])
        #expect(try await series.header(of: 2, .job) == nil ? true : false)
        #expect(try await series.begin(.job, []) == 5)
        #expect(try await store.verify().isIntact)
        #expect(try await series.prune(.job, keeping: 0) { _ in false } == 2)
        #expect(try await store.verify().isIntact)
    }

    @Test func `a store that has begun jobs keeps its own, and takes the runs it has none of`() async throws {
        let (place, source) = try await source()
        let file = place.path + "/export"
        try await source.export(to: file, passphrase: passphrase, withGrants: false, scrypt: .least)
        let store = try await Place().makeStore()
        let series = SealedSeries(in: store)
        _ = try await series.begin(.job, [77])
        let contents = try await store.openExport(at: file, passphrase: passphrase)
        #expect(try await store.importAll(contents) == .init(imported: [.run: 1], skipped: [.job: 3]))
        #expect(try await series.headers(.job, last: 9).map(Seen.init) == [Seen(1, [77])])
        #expect(try await store.importAll(contents) == .init(imported: [:], skipped: [.job: 3, .run: 1]))
        #expect(try await store.verify().isIntact)
    }

    @Test func `items out of their order are refused, and nothing is imported`() async throws {
        func item(_ form: ExportItem.Form, _ number: Int, _ part: Int, _ kind: RecordKind = .job) -> ExportItem {
            ExportItem(
                form: form, kind: kind, id: RecordID(number: number, part: part), body: Secret([], locked: false))
        }
        let whole = [item(.finished, 2, 0), item(.piece, 2, 1), item(.piece, 2, 2), item(.unfinished, 5, 0)]
        let store = try await Place().makeStore()
        for items in [
            [item(.piece, 2, 1)], [item(.finished, 2, 0), item(.piece, 2, 2)],
            [item(.finished, 2, 0), item(.piece, 3, 1)], [item(.finished, 2, 1)], [item(.unfinished, 2, 0, .grant)],
            [item(.finished, 2, 0), item(.finished, 2, 0)], [item(.finished, 2, 0), item(.unfinished, 1, 0)],
            [ExportItem(form: .finished, kind: .job, id: .shared, body: Secret([], locked: false))],
            [item(.finished, 2, 0), item(.piece, 2, 1, .run)],
        ] {
            await #expect(throws: VaultError.export("is incomplete or damaged")) {
                try await store.importAll(ExportContents(items: items))
            }
        }
        #expect(try await store.status()?.generation == 1)
        #expect(try await store.importAll(ExportContents(items: whole)).imported == [.job: 2], "positive control")
        #expect(try await SealedSeries(in: store).headers(.job, last: 9).map(\.number) == [5, 2])
        #expect(try await store.verify().isIntact)
    }
}
