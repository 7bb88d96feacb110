internal import Foundation
internal import GRDB
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// Rows are genuine, but not where, when or how many they should be.
@Suite struct SpliceAttacks {
    private func place() async throws -> Place {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        try await store.write {
            try $0.add(.grant, Secret(copying: "second token"))
            try $0.append(.audit, stream: .shared, Secret(copying: "row of another job"))
            try $0.replaceBlocks(.directory, owner: .shared, with: [[1, 2, 3], [UInt8](repeating: 9, count: 9000)])
        }
        return place
    }

    private func expectDamaged(_ place: Place, _ what: Comment) async {
        await #expect(what) { _ = try await everything(in: place) } throws: { error in
            guard case VaultError.damaged = error else { return false }
            return true
        }
    }

    @Test(arguments: [
        // Each body in the other's place; ids, kinds and generations as they were.
        """
        UPDATE record SET sealed = (SELECT sealed FROM record AS other
        WHERE other.kind = 'grant' AND other.id <> record.id) WHERE kind = 'grant'
        """,
        "UPDATE record SET kind = 'setting' WHERE kind = 'client'",
        "UPDATE entry SET sealed = (SELECT sealed FROM entry WHERE position = 2) WHERE position = 3",
        "UPDATE entry SET position = CASE position WHEN 2 THEN -3 WHEN 3 THEN -2 ELSE position END WHERE kind = "
            + "'history'",
        "UPDATE block SET sealed = (SELECT sealed FROM block AS o WHERE o.owner <> block.owner AND o.part = "
            + "block.part)",
        "UPDATE slot SET kind = 'passphrase', n = 131072, r = 8, p = 1",
    ])
    func `swap-rows`(sql: String) async throws {
        let place = try await place()
        let raw = try RawStore(place.database)
        try raw.run(sql)
        if sql.contains("-3") { try raw.run("UPDATE entry SET position = -position WHERE position < 0") }
        if sql.contains("slot") {
            await #expect(throws: VaultError.noSlot(.keyFile)) { try await place.openStore() }
        } else {
            await expectDamaged(place, "\(sql)")
        }
    }

    @Test(arguments: [
        "DELETE FROM record WHERE kind = 'grant' AND id = (SELECT min(id) FROM record WHERE kind = 'grant')",
        "DELETE FROM record", "DELETE FROM log", "DELETE FROM entry WHERE position = 5",
        "DELETE FROM entry WHERE kind = 'audit'", "DELETE FROM entry; DELETE FROM log",
        "DELETE FROM block WHERE part = 1", "DELETE FROM blocks; DELETE FROM block",
        "UPDATE log SET first = 3, base = (SELECT link FROM entry WHERE kind = 'history' AND position = 2) WHERE kind "
            + "= 'history'",
        "UPDATE log SET next = 5, head = (SELECT link FROM entry WHERE kind = 'history' AND position = 4) WHERE kind "
            + "= 'history'",
        "UPDATE meta SET generation = generation + 1", "UPDATE meta SET generation = 2",
        "UPDATE record SET generation = generation - 1",
    ])
    func `removed rows and changed counters are noticed`(sql: String) async throws {
        let place = try await place()
        try RawStore(place.database).run(sql)
        await expectDamaged(place, "\(sql)")
    }

    @Test func `mixed-age rows are noticed`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let id = try await store.write { try $0.add(.grant, Secret(copying: "read-only scope")) }
        let raw = try RawStore(place.database)
        let old = try #require(try raw.rows("SELECT * FROM record").first)
        try await store.write { try $0.put(.grant, id, Secret(copying: "narrower scope")) }
        try raw.run("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", StatementArguments(old.databaseValues))
        await expectDamaged(place, "an older version of one record")
        await #expect(throws: VaultError.self) { try await store.read(.grant) }
        await #expect(throws: VaultError.self) { try await store.write { try $0.add(.grant, Secret(copying: "x")) } }
    }

    @Test func `rowid-reuse-splice`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let first = try await store.write { try $0.add(.grant, Secret(copying: "dismissed admin")) }
        let raw = try RawStore(place.database)
        let old = try #require(try raw.rows("SELECT rowid AS number, * FROM record").first)
        try await store.write { _ = try $0.delete(.grant, first) }
        let second = try await store.write { try $0.add(.grant, Secret(copying: "new admin")) }
        let reused = try #require(try raw.rows("SELECT rowid AS number FROM record").first)
        let (oldNumber, newNumber): (Int64, Int64) = (old["number"], reused["number"])
        #expect(oldNumber == newNumber, "SQLite gives the number again, or this test shows nothing")
        // The old body under the new row's identity.
        let sealed: Data = old["sealed"]
        try raw.run("UPDATE record SET sealed = ? WHERE rowid = ?", [sealed, oldNumber])
        await expectDamaged(place, "the body of a deleted row under a reused number")
        // Even with the set seal out of the way the body opens only as itself.
        await #expect(throws: VaultError.self) {
            try await store.read { try $0.read(.grant, second) }
        }
        let found = try await store.verify()
        #expect(found.intact[.grant] == nil)
        #expect(found.problems.contains("a grant was changed or belongs elsewhere"))
    }

    @Test func `foreign-store-splice`() async throws {
        // Two stores that even share the key file.
        let (victim, attacker) = (try await place(), try Place())
        try attacker.write(victim.bytes(victim.keyFile), to: attacker.keyFile)
        let own = try await attacker.makeStore()
        let id = try await own.write { try $0.add(.grant, Secret(copying: "attacker's grant")) }
        let row = try #require(try RawStore(attacker.database).rows("SELECT * FROM record").first)
        let raw = try RawStore(victim.database)
        try raw.run("INSERT INTO record VALUES (?, ?, ?, ?)", StatementArguments(row.databaseValues))
        await expectDamaged(victim, "a record more")
        let found = try await SealedStore(at: victim.store).verify(with: .keyFile(victim.keyFile))
        #expect(found.intact[.grant] == 2, "the own ones")
        #expect(found.problems.contains("a grant was changed or belongs elsewhere"))
        #expect(try await own.read(.grant, id) != nil ? true : false)
        // And a slot of it, which the same key file fits.
        let slot = try #require(try RawStore(attacker.database).rows("SELECT * FROM slot").first)
        try raw.run("DELETE FROM slot")
        try raw.run("INSERT INTO slot VALUES (?, ?, ?, ?, ?, ?, ?)", StatementArguments(slot.databaseValues))
        await #expect(throws: VaultError.wrongKey) { try await victim.openStore() }
    }

    @Test func `another store's set seal and identity do not help`() async throws {
        let (victim, attacker) = (try await place(), try Place())
        _ = try await attacker.makeStore()
        let meta = try #require(try RawStore(attacker.database).rows("SELECT * FROM meta").first)
        try RawStore(victim.database).run(
            "INSERT OR REPLACE INTO meta VALUES (?, ?, ?, ?, ?)", StatementArguments(meta.databaseValues))
        await #expect(throws: VaultError.wrongKey) { try await victim.openStore() }
    }
}
