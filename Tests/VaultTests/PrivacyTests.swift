internal import Foundation
internal import Glibc
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct PrivacyTests {
    /// In a process of its own, since the umask belongs to the whole process.
    @Test(arguments: [0o000, 0o022, 0o777] as [mode_t])
    func `files are private whatever the umask`(mask: mode_t) async throws {
        let path = try Place().path
        await #expect(processExitsWith: .success) { [path = path as String, mask = mask as mode_t] in
            let place = Place(at: path)
            umask(mask)
            try KeyFile.generate(at: place.path + "/other")
            let store = SealedStore(at: place.path + "/a/b/store")
            try await store.create(with: .keyFile(place.keyFile))
            try await store.write { try $0.add(.grant, Secret(copying: "t")) }
            try await store.lock(for: RecordID()).release()
            for directory in ["/a", "/a/b", "/a/b/store", "/a/b/store/locks"] {
                #expect(place.mode(of: place.path + directory) == 0o700, "\(directory)")
            }
            let files = place.files()
            #expect(files.count >= 5)
            for file in files { #expect(place.mode(of: file) == 0o600, "\(file)") }
        }
    }

    @Test func `a directory open to others is refused with the fix`() async throws {
        let place = try Place()
        _ = try await place.makeStore()
        chmod(place.store, 0o755)
        let error = await #expect(throws: VaultError.self) { try await SealedStore(at: place.store).status() }
        #expect(
            error
                == .insecure(
                    path: place.store, "is open to other users (mode 755)", fix: "run `chmod 700 \(place.store)`"))
    }

    @Test(arguments: ["store.db", "store.db-wal", "store.db-shm"])
    func `a file open to others is refused with the fix`(name: String) async throws {
        let place = try Place()
        let store = try await place.makeStore()
        try await store.write { try $0.add(.grant, Secret(copying: "t")) }
        chmod(place.store + "/" + name, 0o644)
        let error = await #expect(throws: VaultError.self) { try await SealedStore(at: place.store).status() }
        #expect(error?.remedy == "run `chmod 600 \(place.store)/\(name)`")
        #expect(try await store.read(.grant).count == 1, "the process that has it open goes on")
    }

    @Test func `another user's directory is refused`() async throws {
        let place = try Place()
        mkdir(place.store, 0o700)
        guard chown(place.store, 12345, 12345) == 0 else { return }  // Only root may give files away.
        let error = await #expect(throws: VaultError.self) { try await SealedStore(at: place.store).status() }
        #expect(error?.problem.contains("belongs to another user (12345)") == true)
    }

    @Test func `a file in the place of the directory is refused`() async throws {
        let place = try Place()
        try place.write([1, 2, 3], to: place.store)
        let error = await #expect(throws: VaultError.self) { try await SealedStore(at: place.store).status() }
        #expect(error?.problem.contains("is not a directory") == true)
    }

    @Test func `the locks of local file systems are trusted`() throws {
        let place = try Place()
        #expect(try StoreDirectory(path: place.path).check())
    }
}
