internal import Foundation
internal import Glibc
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct LinkAttacks {
    private func expectInsecure(_ what: Comment, _ body: () async throws -> Void) async {
        await #expect(what) { try await body() } throws: { error in
            guard case VaultError.insecure(_, "is a symbolic link", _) = error else { return false }
            return true
        }
    }

    @Test(arguments: ["", "/store.db", "/store.db-wal", "/store.db-shm", "/store.db-journal"])
    func symlink(name: String) async throws {
        let place = try Place()
        let target = try Place()
        let store = try await target.makeStore()
        try await store.write { try $0.add(.grant, Secret(copying: "t")) }
        if !name.isEmpty {
            _ = try await place.makeStore()
            try? FileManager.default.removeItem(atPath: place.store + name)
        }
        try FileManager.default.createSymbolicLink(
            atPath: place.store + name, withDestinationPath: target.store + name)
        await expectInsecure("open") { _ = try await SealedStore(at: place.store).status() }
        await expectInsecure("create") { try await SealedStore(at: place.store).create(with: .keyFile(target.keyFile)) }
    }

    @Test func `a link is not followed with a slash at the end either`() async throws {
        let (place, target) = (try Place(), try Place())
        _ = try await target.makeStore()
        try FileManager.default.createSymbolicLink(atPath: place.store, withDestinationPath: target.store)
        await expectInsecure("open") { _ = try await SealedStore(at: place.store + "//").status() }
    }

    @Test func `a link in the place of a lock file is not followed`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let id = RecordID()
        let target = place.path + "/victim"
        try FileManager.default.createSymbolicLink(
            atPath: StoreDirectory(path: place.store).lock(for: id), withDestinationPath: target)
        await expectInsecure("lock") { _ = try await store.lock(for: id) }
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test func `a key file is not created through a link`() throws {
        let place = try Place()
        try FileManager.default.createSymbolicLink(
            atPath: place.path + "/new", withDestinationPath: place.path + "/victim")
        #expect(throws: VaultError.self) { try KeyFile.generate(at: place.path + "/new") }
        #expect(!FileManager.default.fileExists(atPath: place.path + "/victim"))
    }
}
