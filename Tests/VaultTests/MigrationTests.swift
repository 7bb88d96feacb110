internal import Foundation
internal import GRDB
internal import Glibc
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// How a store moves to a newer format, with the next one played.
@Suite struct MigrationTests {
    private static let extra = "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT"

    private static func next(_ run: @escaping @Sendable (StoreTransaction) throws -> Void = { _ in }) -> Schema {
        Schema(
            version: Schema.current.version + 1, statements: Schema.current.statements + [extra],
            migrations: [
                Migration(version: Schema.current.version, statements: Schema.current.statements) { transaction in
                    try transaction.database.execute(sql: extra)
                    try run(transaction)
                }
            ])
    }

    private func backups(_ place: Place) -> [String] { place.files().filter { $0.contains("backup-format-2-") } }

    @Test func `an older store becomes a newer one when it is unlocked, and a copy of it is kept`() async throws {
        let place = try Place()
        let (old, owner) = try await RekeyTests.full(place)
        let newer = SealedStore(
            at: place.store, schema: Self.next { try $0.put(.setting, .shared, Secret(copying: "moved")) })
        #expect(try await newer.status()?.formatVersion == 2, "looking changes nothing")
        try await newer.unlock(with: .keyFile(place.keyFile))
        #expect(try await newer.status()?.formatVersion == 3)
        #expect(try await newer.read(.setting).map(\.body.text) == ["moved"])
        #expect(try await newer.verify().isIntact)
        try await RekeyTests.expectFull(newer, owner: owner)
        await #expect(throws: VaultError.newerFormat(found: 3, supported: 2)) { try await place.openStore() }
        _ = old

        let backup = try #require(backups(place).first)
        #expect(place.mode(of: backup) == 0o600)
        let before = try Place()
        try before.write(place.bytes(place.keyFile), to: before.keyFile)
        try StoreDirectory(path: before.store).create()
        try before.write(place.bytes(backup), to: before.database)
        try await RekeyTests.expectFull(before.openStore(), owner: owner)

        // Once more is no change.
        let generation = try await newer.status()?.generation
        let again = SealedStore(at: place.store, schema: Self.next())
        try await again.unlock(with: .keyFile(place.keyFile))
        #expect(try await again.status()?.generation == generation)
    }

    @Test func `a step that fails leaves the store as it was`() async throws {
        let place = try Place()
        let (_, owner) = try await RekeyTests.full(place)
        let newer = SealedStore(at: place.store, schema: Self.next { _ in throw VaultError.diskFull })
        await #expect(throws: VaultError.diskFull) { try await newer.unlock(with: .keyFile(place.keyFile)) }
        #expect(await !newer.isUnlocked)
        let store = try await place.openStore()
        #expect(try await store.verify().isIntact)
        try await RekeyTests.expectFull(store, owner: owner)
    }

    @Test func `a store killed while it becomes a newer one is the older or the newer, whole`() async throws {
        for round in 0..<Campaign.rounds(4, nightly: 200) {
            let place = try Place()
            let (_, owner) = try await RekeyTests.full(place)
            let path = place.path
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, round = round as Int] in
                // In the middle of the step, or at any moment from the start of it.
                let schema = MigrationTests.next { _ in
                    if round.isMultiple(of: 2) { kill(getpid(), SIGKILL) }
                    MigrationTests.dieSoon(round)
                }
                try await SealedStore(at: path + "/store", schema: schema).unlock(with: .keyFile(path + "/key"))
                while true { await Task.yield() }
            }
            let newer = SealedStore(at: place.store, schema: Self.next())
            try await newer.unlock(with: .keyFile(place.keyFile))
            #expect(try await newer.status()?.formatVersion == 3)
            #expect(try await newer.verify().isIntact, "round \(round)")
            try await RekeyTests.expectFull(newer, owner: owner)
        }
    }

    /// Up to three milliseconds from now, a thread ends the process.
    private static func dieSoon(_ round: Int) {
        let end = ContinuousClock.now + .microseconds(100 + 733 * round % 3000)
        Thread.detachNewThread {
            while ContinuousClock.now < end {}
            kill(getpid(), SIGKILL)
        }
    }

    @Test func `no backup outlives a key that was removed`() async throws {
        for change in [0, 1, 2] {
            let place = try Place()
            let store = try await place.makeStore()
            let second = try await store.addSlot(for: .keyFile(Place().keyFile))
            let newer = SealedStore(at: place.store, schema: Self.next())
            try await newer.unlock(with: .keyFile(place.keyFile))
            #expect(backups(place).count == 1, "positive control")
            switch change {
            case 0: try await newer.removeSlot(second)
            case 1: _ = try await newer.rekey(keeping: [.keyFile(place.keyFile)])
            default: try await newer.destroy()
            }
            #expect(backups(place).isEmpty)
        }
    }

    @Test func `a table of the newer format in an older one is no store`() async throws {
        let place = try Place()
        _ = try await place.makeStore()
        try RawStore(place.database).run(Self.extra)
        await #expect(throws: VaultError.damaged("its tables are not those of a store")) {
            try await SealedStore(at: place.store, schema: Self.next()).unlock(with: .keyFile(place.keyFile))
        }
    }
}
