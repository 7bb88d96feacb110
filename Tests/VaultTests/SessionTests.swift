internal import CLinux
internal import Foundation
internal import Testing
internal import ZoshTesting
internal import ZoshTrust

@testable internal import Vault

/// The keyring is the one of the user who runs the tests; keys in it are named after
/// the store, so that tests do not disturb each other.
@Suite struct SessionTests {
    /// A store whose key is kept, with a grant in it.
    private func kept() async throws -> (Place, SealedStore) {
        let place = try Place()
        let store = try await place.makeStore()
        try await store.write { try $0.add(.grant, Secret(copying: "t")) }
        try #require(try await store.keepUnlocked(for: .seconds(3600)))
        return (place, store)
    }

    private func sessionFile(_ place: Place) -> String? { place.files().first { $0.contains("/session-") } }

    @Test func `a kept key opens the store again`() async throws {
        let (place, _) = try await kept()
        let other = SealedStore(at: place.store)
        #expect(try await other.unlockFromSession())
        #expect(try await other.read(.grant).count == 1)
        for file in place.files() { #expect(place.mode(of: file) == 0o600) }
        try await other.lockSession()
    }

    @Test func `it does not open it in another session`() async throws {
        let place = try Place()
        _ = try await place.makeStore()
        let path = place.path
        await #expect(processExitsWith: .success) { [path = path as String] in
            let place = Place(at: path)
            let store = try await place.openStore()
            let (_, key, identity) = try await store.unlocked()
            try await store.keepUnlocked(for: .seconds(3600))
            let cache = SessionCache(directory: StoreDirectory(path: place.store), store: identity)
            // A session belongs to a thread, so nothing may wait in between.
            #expect(cache.recall(epoch: key.epoch) != nil, "positive control")
            #expect(zosh_keyring_join_fresh() == 0)
            #expect(cache.recall(epoch: key.epoch) == nil)
        }
    }

    @Test func `locking the session revokes it everywhere`() async throws {
        let (place, store) = try await kept()
        let other = SealedStore(at: place.store)
        #expect(try await other.unlockFromSession(), "positive control")
        try await other.lockSession()
        #expect(await !other.isUnlocked)
        #expect(try await !other.unlockFromSession())
        #expect(sessionFile(place) == nil)
        #expect(await store.isUnlocked, "another process keeps what it has")
    }

    @Test func `neither half is enough alone, and a rekey ends both`() async throws {
        let (place, store) = try await kept()
        let file = try #require(sessionFile(place))
        let bytes = try place.bytes(file)
        func opens() async throws -> Bool { try await SealedStore(at: place.store).unlockFromSession() }
        try FileManager.default.removeItem(atPath: file)
        #expect(try await !opens())
        try place.write([UInt8](repeating: 0, count: bytes.count), to: file)
        #expect(try await !opens())
        try place.write(bytes, to: file)
        #expect(try await opens(), "positive control")
        _ = try await store.rekey(keeping: [.keyFile(place.keyFile)])
        #expect(sessionFile(place) == nil)
        try place.write(bytes, to: file)
        #expect(try await !opens())
        try await store.lockSession()
    }

    @Test func `the data key is in neither half`() async throws {
        let (place, store) = try await kept()
        let (_, key, identity) = try await store.unlocked()
        let secret = key.secret.withUnsafeBytes { Data($0) }
        var cached = [UInt8](repeating: 0, count: 64)
        #expect(zosh_keyring_get("zosh:\(identity)", &cached, cached.count) == 32)
        #expect(Data(cached.prefix(32)) != secret)
        for file in place.files() { #expect(Data(try place.bytes(file)).range(of: secret) == nil) }
        try await store.lockSession()
    }

    @Test func `no time is no time`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        #expect(try await !store.keepUnlocked(for: .zero))
        #expect(sessionFile(place) == nil)
        await store.lock()
        await #expect(throws: VaultError.locked) { try await store.keepUnlocked(for: .seconds(1)) }
    }

    @Test func `a key command cannot see the session's keyring`() async throws {
        let (_, store) = try await kept()
        let identity = try #require(await store.store)
        let look = "grep -c 'zosh:\(identity)' /proc/keys; true"
        #expect(try shell(look) == "1\n", "positive control: what we start otherwise sees it")
        #expect(try KeyCommand(command: look).passphrase().text == "0")
        try await store.lockSession()
    }
}

/// What a shell command prints that inherits our session.
private func shell(_ command: String) throws -> String {
    try ChildProcess("/bin/sh", ["-c", command]).ending().output
}
