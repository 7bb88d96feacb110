internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct SlotTests {
    @Test func `any slot opens the store`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        try await store.write { try $0.add(.grant, Secret(copying: "t")) }
        let second = try Place()
        try await store.addSlot(for: .keyFile(second.keyFile))
        for file in [place.keyFile, second.keyFile] {
            let other = SealedStore(at: place.store)
            try await other.unlock(with: .keyFile(file))
            #expect(try await other.read(.grant).count == 1)
        }
    }

    @Test func `a removed slot opens nothing, and the others still do`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let second = try Place()
        let id = try await store.addSlot(for: .keyFile(second.keyFile))
        #expect(try await store.removeSlot(id))
        await #expect(throws: VaultError.wrongKey) {
            try await SealedStore(at: place.store).unlock(with: .keyFile(second.keyFile))
        }
        _ = try await place.openStore()
        await #expect(throws: VaultError.noSlotWithID(id)) { try await store.removeSlot(id) }
    }

    @Test func `the last slot stays`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let id = try #require(try await store.status()?.slots.first?.id)
        await #expect(throws: VaultError.lastSlot) { try await store.removeSlot(id) }
        _ = try await place.openStore()
    }

    @Test func `replacing a key replaces its slot only`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let (old, new) = (try Place(), try Place())
        try await store.addSlot(for: .keyFile(old.keyFile))
        #expect(try await store.replaceSlot(store.slot(of: .keyFile(old.keyFile)), with: .keyFile(new.keyFile)))
        await #expect(throws: VaultError.wrongKey) {
            try await SealedStore(at: place.store).unlock(with: .keyFile(old.keyFile))
        }
        try await SealedStore(at: place.store).unlock(with: .keyFile(new.keyFile))
        _ = try await place.openStore()
        #expect(try await store.status()?.slots.count == 2)
    }

    @Test func `a wrong old key replaces nothing`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let stranger = try Place()
        await #expect(throws: VaultError.wrongKey) {
            try await store.replaceSlot(store.slot(of: .keyFile(stranger.keyFile)), with: .keyFile(stranger.keyFile))
        }
        _ = try await place.openStore()
    }

    @Test func `slots change only while the store is unlocked`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        await store.lock()
        await #expect(throws: VaultError.locked) { try await store.addSlot(for: .keyFile(place.keyFile)) }
        await #expect(throws: VaultError.locked) { try await store.removeSlot(RecordID()) }
        await #expect(throws: VaultError.locked) {
            try await store.replaceSlot(store.slot(of: .keyFile(place.keyFile)), with: .keyFile(place.keyFile))
        }
    }

    @Test func `a passphrase beside a key file keeps its own cost`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let passphrase = KeySource.passphrase(Secret(copying: "correct horse"))
        try await store.addSlot(for: passphrase, scrypt: .least)
        let slots = try #require(try await store.status()?.slots)
        #expect(Set(slots.map(\.kind)) == [.passphrase, .keyFile])
        #expect(slots.first { $0.kind == .passphrase }?.scrypt == .least)
        try await SealedStore(at: place.store).unlock(with: passphrase)
    }
}
