internal import Foundation
internal import GRDB
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// The file was changed by something that is not SQLite.
@Suite struct DamageAttacks {
    /// A small vault with one of everything, settled into one file.
    private func settled() async throws -> Place {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        try await store.existing().emptyWriteAheadLog()
        try await store.database?.queue.close()
        return place
    }

    /// What opening and reading all of a store that has these bytes gives.
    private func outcome(of bytes: [UInt8], in place: Place) async throws -> Result<[String], VaultError> {
        for file in StoreDirectory(path: place.store).storeFiles { try? FileManager.default.removeItem(atPath: file) }
        try place.write(bytes, to: place.database)
        do {
            return .success(try await everything(in: place))
        } catch let error as VaultError {
            return .failure(error)
        }
    }

    @Test func `flip-every-byte`() async throws {
        let place = try await settled()
        let whole = try place.bytes(place.database)
        let expected = try await everything(in: place)
        let copy = try copyStore(from: place)
        var harmless = 0
        let step = Campaign.isNightly ? 1 : 397
        for offset in stride(from: 0, to: whole.count, by: step) {
            var bytes = whole
            bytes[offset] ^= Campaign.isNightly ? 1 << UInt8(offset % 8) : 0xFF
            if case .success(let found) = try await outcome(of: bytes, in: copy) {
                #expect(found == expected, "byte \(offset)")
                harmless += 1
            }
        }
        #expect(harmless < whole.count / step, "some flips must be noticed, or this test shows nothing")
    }

    @Test func `flips in a sealed body are all noticed`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let id = try await store.write { try $0.add(.grant, Secret(copying: "refresh token")) }
        let raw = try RawStore(place.database)
        let whole: Data = try #require(try raw.rows("SELECT sealed FROM record").first)["sealed"]
        let (_, key, identity) = try await store.unlocked()
        let seal = RecordSeal(key: key, store: identity)
        let generation = try #require(try await store.read(.grant, id)).generation
        for position in whole.indices {
            for bit in 0..<8 {
                var sealed = whole
                sealed[position] ^= 1 << UInt8(bit)
                #expect(throws: VaultError.self) {
                    try seal.open(sealed, as: .init(kind: .grant, id: id, generation: generation))
                }
            }
        }
        for identity in [
            RecordSeal.Identity(kind: .client, id: id, generation: generation),
            .init(kind: .grant, id: RecordID(), generation: generation),
            .init(kind: .grant, id: id, generation: generation + 1),
        ] {
            #expect(throws: VaultError.self) { try seal.open(whole, as: identity) }
        }
        let same = try seal.open(whole, as: .init(kind: .grant, id: id, generation: generation))
        #expect(String(decoding: same, as: UTF8.self) == "refresh token", "positive control")
    }

    @Test func `truncate-every-page`() async throws {
        let place = try await settled()
        let whole = try place.bytes(place.database)
        let expected = try await everything(in: place)
        let copy = try copyStore(from: place)
        let sizes = stride(from: 0, to: whole.count, by: 4096).flatMap { [$0, $0 + 1, $0 + 2048, $0 + 4095] }
        for size in sizes {
            switch try await outcome(of: Array(whole.prefix(size)), in: copy) {
            case .success: Issue.record("cut to \(size) bytes, and nothing was noticed")
            case .failure(let error):
                #expect(size > 0 || error == .unreadable(path: copy.database, "the file is empty"), "\(size): \(error)")
            }
        }
        #expect(try await outcome(of: whole, in: copy).get() == expected, "positive control")
    }

    @Test func `a whole old copy put back is consistent, and only its generation tells`() async throws {
        let place = try await settled()
        let old = try copyStore(from: place)
        let store = try await place.openStore()
        try await store.write { try $0.add(.grant, Secret(copying: "later")) }
        let now = try #require(try await store.status()?.generation)
        let restored = try await old.openStore()
        #expect(try await restored.verify().isIntact)
        #expect(try await !restored.verify(expecting: now).isIntact)
    }
}
