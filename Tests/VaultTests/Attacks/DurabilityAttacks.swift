internal import Foundation
internal import GRDB
internal import Glibc
internal import Testing
internal import ZoshTesting
internal import ZoshTrust

@testable internal import Vault

@Suite struct DurabilityAttacks {
    @Test func `sync-is-full`() async throws {
        let place = try Place()
        for store in [try await place.makeStore(), try await place.openStore()] {
            let database = try await store.existing()
            let settings = try await database.queue.read { db in
                try ["synchronous", "journal_mode", "secure_delete", "temp_store", "trusted_schema", "busy_timeout"].map
                {
                    try Row.fetchOne(db, sql: "PRAGMA \($0)")?.databaseValues.first?.description
                }
            }
            #expect(settings == ["2", "\"wal\"", "1", "2", "0", "10000"])
        }
    }

    @Test func `wal-leftover-after-slot-remove`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let second = try Place()
        let id = try await store.addSlot(for: .keyFile(second.keyFile))
        let wrapped =
            try #require(
                try RawStore(place.database).rows("SELECT id, wrapped FROM slot")
                    .first { ($0["id"] as Data) == id.data })["wrapped"] as Data
        func isAnywhere() throws -> Bool {
            try place.files().contains { try Data(place.bytes($0)).range(of: wrapped) != nil }
        }
        #expect(try isAnywhere(), "positive control")
        #expect(try await store.removeSlot(id))
        #expect(try !isAnywhere())
    }

    @Test func `a replaced key and a rekeyed store leave nothing of the old behind`() async throws {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        func blobs(_ sql: String) throws -> [Data] { try RawStore(place.database).rows(sql).map { $0[0] } }
        let slots = try blobs("SELECT wrapped FROM slot")
        let second = try Place()
        #expect(try await store.replaceSlot(store.slot(of: .keyFile(place.keyFile)), with: .keyFile(second.keyFile)))
        let before = try blobs(
            "SELECT wrapped FROM slot UNION ALL SELECT sealed FROM record UNION ALL SELECT sealed FROM entry")
        #expect(try await store.rekey(keeping: [.keyFile(second.keyFile)]).isLogEmpty)
        for file in place.files() {
            let bytes = Data(try place.bytes(file))
            for blob in slots + before { #expect(bytes.range(of: blob) == nil, "\(file)") }
        }
    }

    @Test func `rekey-vs-writer`() async throws {
        let place = try Place()
        let (store, owner) = try await RekeyTests.full(place)
        let writer = try await place.openStore()
        // Both at once: the second one sees what the first did.
        async let rekeyed: Void = { _ = try await store.rekey(keeping: [.keyFile(place.keyFile)]) }()
        var written = 0
        do {
            while true {
                try await writer.write { try $0.add(.setting, Secret(copying: "under whichever key is right")) }
                written += 1
            }
        } catch VaultError.rekeyed {
            // The writer's key is over, for writing as for reading.
        }
        try await rekeyed
        await #expect(throws: VaultError.rekeyed) { try await writer.read(.grant) }
        await #expect(throws: VaultError.rekeyed) { try await writer.addSlot(for: .keyFile(place.keyFile)) }
        await #expect(throws: VaultError.rekeyed) { try await writer.rekey(keeping: [.keyFile(place.keyFile)]) }
        try await writer.unlock(with: .keyFile(place.keyFile))
        #expect(try await writer.read(.setting).count == written)
        try await RekeyTests.expectFull(writer, owner: owner)
        #expect(try await writer.verify().isIntact)
    }

    @Test func `disk-full`() async throws {
        let place = try Place()
        let (store, owner) = try await RekeyTests.full(place)
        let database = try await store.existing()
        let before = try await store.status()
        try await database.queue.writeWithoutTransaction { db in
            let pages = try Row.fetchOne(db, sql: "PRAGMA page_count")?.integer("page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        await #expect(throws: VaultError.diskFull) {
            try await store.write {
                try $0.delete(.grant, owner)
                try $0.replaceBlocks(.directory, owner: owner, with: [[UInt8](repeating: 1, count: 200_000)])
            }
        }
        #expect(try await store.status()?.generation == before?.generation)
        try await RekeyTests.expectFull(store, owner: owner)
        try await database.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        try await store.write { try $0.replaceBlocks(.directory, owner: owner, with: [[1]]) }
        #expect(try await store.verify().isIntact)
    }

    @Test func `a full file system loses nothing that was acknowledged`() async throws {
        let place = try Place()
        mkdir(place.store, 0o700)
        guard try run("/bin/mount", "-t", "tmpfs", "-o", "size=512k,mode=700", "tmpfs", place.store) else {
            print("skipped: a full file system needs root to mount a small one")
            return
        }
        defer { _ = try? run("/bin/umount", "-l", place.store) }
        let store = try await place.makeStore()
        var acknowledged = 0
        await #expect(throws: VaultError.diskFull) {
            for number in 0..<10_000 {
                try await store.write {
                    try $0.append(.history, Secret(copying: "\(number) " + String(repeating: "x", count: 3000)))
                }
                acknowledged += 1
            }
        }
        #expect(acknowledged > 10)
        #expect(try await store.read { try $0.readLog(.history).count } == acknowledged)
        try await store.database?.queue.close()
        #expect(try run("/bin/mount", "-o", "remount,size=4m", place.store))
        let again = try await place.openStore()
        #expect(try await again.read { try $0.readLog(.history).count } == acknowledged)
        #expect(try await again.verify().isIntact)
    }

    @Test func `a read-only file system is said, and nothing is lost`() async throws {
        let place = try Place()
        mkdir(place.store, 0o700)
        guard try run("/bin/mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", place.store) else {
            print("skipped: a read-only file system needs root to mount one")
            return
        }
        defer { _ = try? run("/bin/umount", "-l", place.store) }
        let (store, owner) = try await RekeyTests.full(place)
        try await store.existing().queue.close()
        #expect(try run("/bin/mount", "-o", "remount,ro", place.store))
        await #expect(throws: VaultError.readOnly(path: place.store)) { try await place.openStore() }
        await #expect(throws: VaultError.readOnly(path: place.store)) {
            try await SealedStore(at: place.store).status()
        }
        #expect(try run("/bin/mount", "-o", "remount,rw", place.store))
        let again = try await place.openStore()
        try await RekeyTests.expectFull(again, owner: owner)
        #expect(try await again.verify().isIntact)
    }

    private func run(_ program: String, _ arguments: String...) throws -> Bool {
        guard geteuid() == 0, FileManager.default.isExecutableFile(atPath: program) else { return false }
        return try ChildProcess(program, arguments).ending().status == 0
    }
}
