internal import Foundation
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct UnlockTests {
    @Test func `no store is no error until it is needed`() async throws {
        let place = try Place()
        let store = SealedStore(at: place.store)
        #expect(try await !store.isCreated)
        #expect(try await store.status() == nil)
        await #expect(throws: VaultError.notCreated(path: place.store)) { try await store.read(.grant) }
        await #expect(throws: VaultError.notCreated(path: place.store)) {
            try await store.unlock(with: .keyFile(place.keyFile))
        }
        #expect(place.files() == [place.keyFile])
    }

    @Test func `a store is created once`() async throws {
        let place = try Place()
        _ = try await place.makeStore()
        let again = SealedStore(at: place.store + "/")
        await #expect(throws: VaultError.alreadyCreated(path: place.store)) {
            try await again.create(with: .keyFile(place.keyFile))
        }
    }

    @Test func `two processes creating at once make one store`() async throws {
        let place = try Place()
        let results = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask { (try? await place.makeStore()) != nil }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.filter { $0 }.count == 1)
        _ = try await place.openStore()
    }

    @Test func `a locked store gives and takes nothing`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        await store.lock()
        #expect(await !store.isUnlocked)
        await #expect(throws: VaultError.locked) { try await store.read(.grant) }
        await #expect(throws: VaultError.locked) { try await store.write { try $0.delete(.grant, RecordID()) } }
        try await store.unlock(with: .keyFile(place.keyFile))
        #expect(try await store.read(.grant).isEmpty)
    }

    @Test func `an idle store is locked, one in use is not`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        #expect(await !store.lockIfIdle(for: .seconds(3600)))
        _ = try await store.read(.grant)
        #expect(await store.lockIfIdle(for: .zero))
        await #expect(throws: VaultError.locked) { try await store.read(.grant) }
        try await store.unlock(with: .keyFile(place.keyFile))
        #expect(await !store.lockIfIdle(for: .seconds(3600)))
    }

    @Test func `a passphrase opens its store and another one does not`() async throws {
        let place = try Place()
        let store = SealedStore(at: place.store)
        try await store.create(with: .passphrase(Secret(copying: "correct horse")), scrypt: .least)
        try await store.write { try $0.add(.grant, Secret(copying: "t")) }
        let other = SealedStore(at: place.store)
        await #expect(throws: VaultError.wrongKey) {
            try await other.unlock(with: .passphrase(Secret(copying: "correct house")))
        }
        #expect(await !other.isUnlocked)
        try await other.unlock(with: .passphrase(Secret(copying: "correct horse")))
        #expect(try await other.read(.grant).count == 1)
        await #expect(throws: VaultError.noSlot(.keyFile)) { try await other.unlock(with: .keyFile(place.keyFile)) }
        #expect(await other.isUnlocked, "a refused key does not lock what was open")
    }

    @Test func `another key file does not open the store`() async throws {
        let place = try Place()
        _ = try await place.makeStore()
        let stranger = try Place()
        let store = SealedStore(at: place.store)
        await #expect(throws: VaultError.wrongKey) { try await store.unlock(with: .keyFile(stranger.keyFile)) }
    }

    @Test func `an empty passphrase is refused before anything is made`() async throws {
        let place = try Place()
        let store = SealedStore(at: place.store)
        await #expect(throws: VaultError.passphrase("is empty")) {
            try await store.create(with: .passphrase(Secret([])))
        }
        #expect(place.files() == [place.keyFile])
    }

    @Test func `status shows counts without a key`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        try await store.write {
            let id = try $0.add(.grant, Secret(copying: "a"))
            try $0.append(.history, Secret(copying: "b"))
            try $0.append(.history, Secret(copying: "c"))
            try $0.replaceBlocks(.directory, owner: id, with: [[1], [2], [3]])
        }
        let status = try #require(try await SealedStore(at: place.store).status())
        #expect(!status.isUnlocked)
        #expect(status.counts == [.grant: 1, .history: 2, .directory: 3])
        #expect(status.slots.map(\.kind) == [.keyFile])
        #expect(status.slots.map(\.scrypt) == [nil])
        #expect(status.formatVersion == 2)
        #expect(status.generation == 2)
        #expect(status.epoch == 0)
        #expect(status.byteCount > 4096)
    }

    @Test func `reading counts no generation, writing counts one, writing nothing none`() async throws {
        let store = try await Place().makeStore()
        try await store.write { try $0.add(.setting, Secret(copying: "a")) }
        _ = try await store.read(.setting)
        try await store.write { _ = try $0.read(.setting) }
        #expect(try await store.status()?.generation == 2)
    }
}
