internal import Foundation
internal import GRDB
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// What is left of a damaged store can be named and carried away.
@Suite struct SalvageTests {
    private let passphrase = Secret(copying: "for the road")

    /// A closed store of three grants and a history, in one file.
    private func place(grants: Int = 3, size: Int = 20) async throws -> Place {
        let place = try Place()
        let store = try await place.makeStore()
        try await store.write { transaction in
            for number in 0..<grants {
                try transaction.add(.grant, Secret([UInt8](repeating: UInt8(number), count: size)))
            }
            try transaction.append(.history, Secret(copying: "line"))
        }
        try await store.existing().emptyWriteAheadLog()
        try await store.database?.queue.close()
        return place
    }

    @Test(arguments: ["DELETE FROM record WHERE rowid = 2", "UPDATE record SET sealed = zeroblob(80) WHERE rowid = 2"])
    func `what verify finds intact is exported, and can be imported elsewhere`(sql: String) async throws {
        let place = try await place()
        try RawStore(place.database).run(sql)
        let store = SealedStore(at: place.store)
        let key = KeySource.keyFile(place.keyFile)
        await #expect(throws: VaultError.self) { try await store.unlock(with: key) }
        let file = place.path + "/rescue"
        let rescue = try await store.exportIntact(
            to: file, passphrase: passphrase, withGrants: true, scrypt: .least, with: key)
        #expect(rescue.exported == [.grant: 2, .history: 1])
        #expect(rescue.problems.contains("records were changed, removed or mixed with older ones"))
        let other = try await Place().makeStore()
        let outcome = try await other.importAll(other.openExport(at: file, passphrase: passphrase))
        #expect(outcome.imported == rescue.exported)
        #expect(try await other.verify().isIntact)
    }

    @Test func `a store that lost its end still gives what lies before it`() async throws {
        let place = try await place(grants: 60, size: 1000)
        let whole = try place.bytes(place.database)
        try place.write(whole.prefix(whole.count / 2), to: place.database)
        let store = SealedStore(at: place.store)
        try await store.checkReadable()
        let found = try await store.verify(with: .keyFile(place.keyFile))
        #expect((1..<60).contains(found.intact[.grant] ?? 0), "\(found)")
        #expect(!found.isIntact)
        let rescue = try await store.exportIntact(
            to: place.path + "/rescue", passphrase: passphrase, withGrants: true, scrypt: .least,
            with: .keyFile(place.keyFile))
        #expect(rescue.exported[.grant] == found.intact[.grant])
        #expect(try place.bytes(place.database).count == whole.count / 2, "looking changes nothing")
    }

    @Test func `where nothing can be read, that is said, and no key is asked for`() async throws {
        let place = try await place()
        try place.write(try place.bytes(place.database).prefix(4096), to: place.database)
        let error = await #expect(throws: VaultError.self) { try await SealedStore(at: place.store).checkReadable() }
        guard case .unreadable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `an export is opened without a store, and leaves none`() async throws {
        let source = try await place().openStore()
        let new = try Place()
        let file = new.path + "/export"
        try await source.export(to: file, passphrase: passphrase, withGrants: true, scrypt: .least)
        let store = SealedStore(at: new.store)
        await #expect(throws: VaultError.self) {
            try await store.openExport(at: file, passphrase: Secret(copying: "another"))
        }
        let contents = try await store.openExport(at: file, passphrase: passphrase)
        #expect(try await !store.isCreated)
        try await store.create(with: .keyFile(new.keyFile))
        #expect(try await store.importAll(contents).imported[.grant] == 3)
    }

    // MARK: What every other command sees

    @Test(arguments: [
        "UPDATE sqlite_schema SET name = 'sqlite_autoindex_record_2' WHERE name = 'sqlite_autoindex_record_1'",
        "UPDATE sqlite_schema SET name = 'recprd' WHERE name = 'record'",
        "UPDATE sqlite_schema SET tbl_name = 'recprd' WHERE name = 'record'",
        "UPDATE sqlite_schema SET type = 'tablf' WHERE name = 'blocks'",
        "UPDATE sqlite_schema SET rootpage = rootpage + 1 WHERE name = 'log'",
        "UPDATE sqlite_schema SET sql = replace(sql, 'seal', 'sial') WHERE name = 'meta'",
        "INSERT INTO sqlite_schema VALUES ('table', 'further', 'further', 2, 'CREATE TABLE further (a)')",
    ])
    func `a change of the list of tables is a problem, or nothing can be read`(sql: String) async throws {
        let place = try await place()
        let raw = try RawStore(place.database)
        try raw.changingSchema(sql)
        try raw.close()
        try await expectNoticed(in: place, sql)
    }

    @Test(arguments: [
        "PRAGMA user_version = 3", "PRAGMA user_version = 0", "ALTER TABLE record RENAME TO records",
        "CREATE INDEX other ON log (first)",
    ])
    func `so is a change of the tables or of their version`(sql: String) async throws {
        let place = try await place()
        try RawStore(place.database).run(sql)
        try await expectNoticed(in: place, sql)
    }

    @Test(arguments: ["entry", "record", "block", "piece"])
    func `an index that is gone is a problem, though everything can be read`(table: String) async throws {
        let place = try await place()
        let raw = try RawStore(place.database)
        try raw.changingSchema("DELETE FROM sqlite_schema WHERE name = 'sqlite_autoindex_\(table)_1'")
        try raw.close()
        #expect(try await !SealedStore(at: place.store).verify(with: .keyFile(place.keyFile)).isIntact)
    }

    @Test func `so is each byte of the list of tables`() async throws {
        let whole = try await place()
        let bytes = try whole.bytes(whole.database)
        // Behind the header of the file and of its first page, where the page's rows lie.
        var noticed = 0
        for offset in stride(from: 100, to: 4096, by: 41) where bytes[offset] != 0 {
            let copy = try copyStore(from: whole)
            var changed = bytes
            changed[offset] ^= 0x01
            try copy.write(changed, to: copy.database)
            guard (try? await everything(in: copy)) == nil else { continue }
            try await expectNoticed(in: copy, "byte \(offset)")
            noticed += 1
        }
        #expect(noticed > 5, "some must stop the store from opening, or this test shows nothing")
    }

    /// What keeps the store from being used is no news to `verify`.
    private func expectNoticed(in place: Place, _ what: String) async throws {
        let store = SealedStore(at: place.store)
        await #expect(throws: VaultError.self, "\(what): positive control") {
            try await store.unlock(with: .keyFile(place.keyFile))
        }
        do {
            let found = try await store.verify(with: .keyFile(place.keyFile))
            #expect(!found.isIntact, "\(what)")
        } catch is VaultError {}
    }

    @Test(arguments: ["zeroblob(32)", "x'00'", "randomblob(32)", "(SELECT link FROM entry WHERE position = 0)"])
    func `each link of a log is looked at, the last one too`(link: String) async throws {
        for position in 1...4 {
            let place = try Place()
            let made = try await place.makeStore()
            try await made.write { transaction in
                for number in 0..<5 { try transaction.append(.history, Secret(copying: "line \(number)")) }
            }
            try await made.existing().emptyWriteAheadLog()
            try await made.database?.queue.close()
            let raw = try RawStore(place.database)
            try raw.run("UPDATE entry SET link = \(link) WHERE position = \(position)")
            try raw.close()
            let store = try await place.openStore()
            let found = try await store.verify()
            #expect(found.problems == ["the chain of the history log is broken at entry \(position)"])
            #expect(found.intact[.history] == 5, "the lines themselves are whole")
        }
    }

    @Test(arguments: [
        "INSERT INTO entry SELECT kind, randomblob(16), position, id, generation, sealed, link FROM entry WHERE "
            + "position = 0",
        "INSERT INTO entry SELECT kind, stream, -1, id, generation, sealed, link FROM entry WHERE position = 0",
        "INSERT INTO block VALUES ('directory', zeroblob(16), 0, zeroblob(16), zeroblob(40))",
    ])
    func `rows that belong to nothing are named`(sql: String) async throws {
        let place = try await place()
        let raw = try RawStore(place.database)
        try raw.run(sql)
        try raw.close()
        let found = try await place.openStore().verify()
        #expect(found.problems.count == 1 && found.problems.first?.contains("belong to nothing") == true, "\(found)")
    }
}
