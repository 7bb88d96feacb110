internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct RekeyTests {
    /// A store with one of everything.
    static func full(_ place: Place) async throws -> (SealedStore, owner: RecordID) {
        let store = try await place.makeStore()
        let owner = try await store.write { transaction in
            let owner = try transaction.add(.grant, Secret(copying: "refresh token"))
            try transaction.put(.client, owner, Secret(copying: "client secret"))
            for line in 0..<6 { try transaction.append(.history, Secret(copying: "line \(line)")) }
            try transaction.trimLog(.history, keepingLast: 4)
            try transaction.append(.audit, stream: owner, Secret(copying: "row"))
            try transaction.replaceBlocks(
                .directory, owner: owner, with: [[1, 2, 3], [UInt8](repeating: 9, count: 9000)])
            var writer = SeriesWriter(transaction)
            let job = try writer.begin(.job, [])
            try writer.append([Array("first row".utf8), Array("second row".utf8)], to: job, .job)
            try writer.append([Array("third row".utf8)], to: job, .job)
            try writer.finish(job, .job, header: Array("finished job".utf8))
            let run = try writer.begin(.run, Array("unfinished run".utf8))
            try writer.append([Array("line of a run".utf8)], to: run, .run)
            try writer.save()
            return owner
        }
        return (store, owner)
    }

    static func expectFull(_ store: SealedStore, owner: RecordID) async throws {
        #expect(try await store.read(.grant, owner)?.body.text == "refresh token")
        #expect(try await store.read(.client, owner)?.body.text == "client secret")
        let (history, rows, blocks) = try await store.read {
            (
                try $0.readLog(.history), try $0.readLog(.audit, stream: owner),
                try $0.readBlocks(.directory, owner: owner)
            )
        }
        let series = SealedSeries(in: store)
        #expect(try await series.headers(.job, last: 9).map(\.header.text) == ["finished job"])
        #expect(try await series.entries(of: 1, .job).map(\.text) == ["first row", "second row", "third row"])
        #expect(try await series.unfinished(.run).map(\.header.text) == ["unfinished run"])
        #expect(try await series.entries(of: 1, .run).map(\.text) == ["line of a run"])
        #expect(history.map(\.body.text) == (2..<6).map { "line \($0)" })
        #expect(history.map(\.position) == [2, 3, 4, 5])
        #expect(rows.map(\.body.text) == ["row"])
        #expect(blocks == [[1, 2, 3], [UInt8](repeating: 9, count: 9000)])
    }

    @Test func `everything is there afterwards, under another key`() async throws {
        let place = try Place()
        let (store, owner) = try await Self.full(place)
        let before = await store.key?.secret.withUnsafeBytes { Array($0) }
        let outcome = try await store.rekey(keeping: [.keyFile(place.keyFile)])
        #expect(outcome.removed.isEmpty)
        #expect(outcome.isLogEmpty)
        #expect(await store.key?.secret.withUnsafeBytes { Array($0) } != before)
        try await Self.expectFull(store, owner: owner)
        let other = try await place.openStore()
        try await Self.expectFull(other, owner: owner)
        try await other.write { try $0.append(.history, Secret(copying: "line 6")) }
        #expect(try await store.read { try $0.readLog(.history) }.last?.position == 6)
        #expect(try await store.verify().isIntact)
        #expect(try await store.status()?.epoch == 1)
    }

    @Test func `keys that were not presented are named and gone`() async throws {
        let place = try Place()
        let (store, owner) = try await Self.full(place)
        let second = try Place()
        let lost = try await store.addSlot(for: .keyFile(second.keyFile))
        let outcome = try await store.rekey(keeping: [.keyFile(place.keyFile)])
        #expect(outcome.removed.map(\.id) == [lost])
        await #expect(throws: VaultError.wrongKey) {
            try await SealedStore(at: place.store).unlock(with: .keyFile(second.keyFile))
        }
        try await Self.expectFull(place.openStore(), owner: owner)
    }

    @Test func `all keys presented all stay`() async throws {
        let place = try Place()
        let (store, _) = try await Self.full(place)
        let second = try Place()
        try await store.addSlot(for: .keyFile(second.keyFile))
        let keys = [place, second].map { KeySource.keyFile($0.keyFile) }
        #expect(try await store.rekey(keeping: keys).removed.isEmpty)
        for key in keys { try await SealedStore(at: place.store).unlock(with: key) }
    }

    @Test func `without a key, or with a wrong one, nothing changes`() async throws {
        let place = try Place()
        let (store, owner) = try await Self.full(place)
        let before = try await store.status()
        await #expect(throws: VaultError.lastSlot) { try await store.rekey(keeping: []) }
        let stranger = try Place()
        await #expect(throws: VaultError.wrongKey) { try await store.rekey(keeping: [.keyFile(stranger.keyFile)]) }
        #expect(try await store.status() == before)
        try await Self.expectFull(place.openStore(), owner: owner)
        let second = try await store.addSlot(for: .keyFile(stranger.keyFile))
        await #expect(throws: VaultError.slotsLeftOut(["\(second)"])) {
            try await store.rekey(keeping: [.keyFile(place.keyFile)], dropping: false)
        }
        try await store.removeSlot(second)
    }
}

@Suite struct VerifyTests {
    @Test func `an intact store is counted`() async throws {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        let found = try await store.verify()
        #expect(found.isIntact)
        #expect(found.intact == [.grant: 1, .client: 1, .history: 4, .audit: 1, .directory: 2, .job: 1, .run: 1])
        #expect(found.generation == 2)
    }

    @Test func `a locked store is verified with a key and stays locked`() async throws {
        let place = try Place()
        _ = try await RekeyTests.full(place)
        let store = SealedStore(at: place.store)
        await #expect(throws: VaultError.locked) { try await store.verify() }
        #expect(try await store.verify(with: .keyFile(place.keyFile)).isIntact)
        #expect(await !store.isUnlocked)
    }

    @Test func `an old copy put back is noticed by its generation only`() async throws {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        #expect(try await store.verify(expecting: 2).isIntact)
        let found = try await store.verify(expecting: 3)
        #expect(found.problems == ["an older copy was put back: its generation is 2, expected was 3 or more"])
        #expect(try await store.verify(expecting: 1).isIntact, "what was written since is no damage")
    }
}

@Suite struct DestroyTests {
    @Test func `nothing of the store is left`() async throws {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        try await store.lock(for: RecordID()).release()
        try await store.destroy()
        #expect(place.files().filter { $0.contains("store.db") } == [])
        #expect(await !store.isUnlocked)
        #expect(try await store.status() == nil)
        await #expect(throws: VaultError.notCreated(path: place.store)) { try await store.read(.grant) }
        try await store.create(with: .keyFile(place.keyFile))
        #expect(try await store.read(.grant).isEmpty)
    }

    @Test func `a process whose open store another one destroyed writes nothing into the void`()
        async throws
    {
        let place = try Place()
        let store = try await place.makeStore()
        let secret = Secret([1, 2, 3], locked: false)
        try await store.write { _ = try $0.add(.job, secret) }
        try await SealedStore(at: place.store).destroy()
        await #expect(throws: VaultError.notCreated(path: place.store)) {
            try await store.write { _ = try $0.add(.job, secret) }
        }
        #expect(await !store.isUnlocked)

        let other = try await place.makeStore()
        await #expect(throws: VaultError.locked) { try await store.write { _ = try $0.add(.job, secret) } }
        try await store.unlock(with: .keyFile(place.keyFile))
        try await store.write { _ = try $0.add(.job, secret) }
        #expect(try await other.read(.job).count == 1)
    }

    @Test func `a damaged store can be destroyed`() async throws {
        let place = try Place()
        _ = try await place.makeStore()
        try place.write([1, 2, 3], to: place.database)
        try await SealedStore(at: place.store).destroy()
        #expect(try await SealedStore(at: place.store).status() == nil)
    }

    @Test func `there must be one`() async throws {
        let place = try Place()
        await #expect(throws: VaultError.notCreated(path: place.store)) {
            try await SealedStore(at: place.store).destroy()
        }
    }
}
