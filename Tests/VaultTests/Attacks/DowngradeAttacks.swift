internal import Foundation
internal import GRDB
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct DowngradeAttacks {
    @Test(arguments: [
        ("PRAGMA user_version = 0", "it says it has format 0, which never existed"),
        ("PRAGMA user_version = -1", "it says it has format -1, which never existed"),
        ("PRAGMA user_version = 1", "its tables are not those of a store"),
        ("ALTER TABLE slot ADD COLUMN weak INTEGER", "its tables are not those of a store"),
        ("DROP TABLE log", "its tables are not those of a store"),
        ("DELETE FROM meta", "the row about the whole store is missing"),
        ("UPDATE slot SET kind = 'none'", "a key slot has an unknown kind"),
        ("UPDATE slot SET n = 65536", "a key slot has parameters it cannot have"),
    ])
    func downgrade(sql: String, problem: String) async throws {
        let place = try Place()
        _ = try await place.makeStore()
        try RawStore(place.database).run(sql)
        await #expect(throws: VaultError.damaged(problem)) { try await place.openStore() }
    }

    /// Moved to today's format again, a store with jobs would have none.
    @Test(arguments: [SeriesKind.job, .run])
    func `a store that says it is of format 1 again keeps its jobs, or does not open`(kind: SeriesKind) async throws {
        let place = try Place()
        let series = SealedSeries(in: try await place.makeStore())
        try await series.finish(series.begin(kind, []), kind, header: [1])
        try RawStore(place.database).run("PRAGMA user_version = 1; DROP TABLE piece")
        await #expect(throws: VaultError.damaged("it claims format 1 but holds what that format lacks")) {
            try await place.openStore()
        }
    }

    @Test func `a record of another format byte is refused`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        try await store.write { try $0.add(.grant, Secret(copying: "t")) }
        let raw = try RawStore(place.database)
        var sealed: Data = try #require(try raw.rows("SELECT sealed FROM record").first)["sealed"]
        sealed[sealed.startIndex] = 0
        try raw.run("UPDATE record SET sealed = ?", [sealed])
        let found = try await store.verify()
        #expect(found.problems.contains("a grant has no known record format"))
    }

    @Test(
        arguments: [
            (0, 8, 1), (1, 8, 1), (1 << 14, 8, 1), (1 << 15, 8, 1), (1 << 21, 8, 1), (1 << 40, 8, 1), (.max, 8, 1),
            (.min, 8, 1), (-131072, 8, 1), (131073, 8, 1), (1 << 17, 32, 1), (1 << 17, 1 << 40, 1 << 40),
            (1 << 17, 8, 1 << 62), (1 << 17, .max, .max), (1 << 17, -8, -1),
        ] as [(Int64, Int64, Int64)])
    func `scrypt-params-overflow`(n: Int64, r: Int64, p: Int64) async throws {
        let place = try Place()
        let store = try await place.makeStore()
        try await store.write { transaction in
            let slot = KeySlot(
                id: RecordID(), kind: .passphrase, scrypt: .least, salt: [UInt8](repeating: 1, count: 32),
                wrapped: [UInt8](repeating: 2, count: 60))
            try slot.insert(into: transaction.database)
            transaction.noteSlots()
        }
        try RawStore(place.database).run("UPDATE slot SET n = ?, r = ?, p = ? WHERE kind = 'passphrase'", [n, r, p])
        let other = SealedStore(at: place.store)
        let error = await #expect(throws: VaultError.self) {
            try await other.unlock(with: .passphrase(Secret(copying: "guess")))
        }
        guard case .derivationParameters = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `parameters lowered within the bounds do not open the slot`() async throws {
        let place = try Place()
        let store = SealedStore(at: place.store)
        let key = KeySource.passphrase(Secret(copying: "correct horse"))
        try await store.create(with: key, scrypt: ScryptParameters(rounds: 1 << 17))
        try RawStore(place.database).run("UPDATE slot SET n = 65536")
        await #expect(throws: VaultError.wrongKey) { try await SealedStore(at: place.store).unlock(with: key) }
    }
}
