internal import Foundation
internal import GRDB
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct ForeignFileTests {
    private func place(with bytes: [UInt8]) throws -> Place {
        let place = try Place()
        try StoreDirectory(path: place.store).create()
        try place.write(bytes, to: place.database)
        return place
    }

    @Test(arguments: [
        Array("hello".utf8), [UInt8](repeating: 0, count: 8192), Array("SQLite format 3".utf8),
        Array("-----BEGIN PGP MESSAGE-----".utf8) + [UInt8](repeating: 32, count: 200),
    ])
    func `a file that is no database is named as such and left alone`(bytes: [UInt8]) async throws {
        let place = try place(with: bytes)
        let store = SealedStore(at: place.store)
        let expected = VaultError.foreign(path: place.database, "it is not an SQLite database")
        await #expect(throws: expected) { try await store.status() }
        await #expect(throws: expected) { try await store.create(with: .keyFile(place.keyFile)) }
        #expect(try place.bytes(place.database) == bytes)
    }

    @Test func `another program's database is left alone`() async throws {
        let place = try place(with: [])
        let queue = try DatabaseQueue(path: place.database)
        try await queue.write { try $0.execute(sql: "CREATE TABLE moz_cookies (a)") }
        try queue.close()
        let before = try place.bytes(place.database)
        let expected = VaultError.foreign(path: place.database, "it is another program's SQLite database")
        await #expect(throws: expected) { try await SealedStore(at: place.store).status() }
        await #expect(throws: expected) { try await SealedStore(at: place.store).create(with: .keyFile(place.keyFile)) }
        #expect(try place.bytes(place.database) == before)
    }

    @Test func `an empty file is a store that was lost, not one to be made`() async throws {
        let place = try place(with: [])
        let lost = VaultError.unreadable(path: place.database, "the file is empty")
        await #expect(throws: lost) { try await SealedStore(at: place.store).status() }
        await #expect(throws: lost) { try await SealedStore(at: place.store).checkReadable() }
        await #expect(throws: lost) { try await place.makeStore() }
        try await SealedStore(at: place.store).destroy()
        _ = try await place.makeStore()
        _ = try await place.openStore()
    }

    @Test func `a newer format is refused politely`() async throws {
        let place = try Place()
        _ = try await place.makeStore()
        let queue = try DatabaseQueue(path: place.database)
        try await queue.write { try $0.execute(sql: "PRAGMA user_version = 3") }
        await #expect(throws: VaultError.newerFormat(found: 3, supported: 2)) {
            try await SealedStore(at: place.store).status()
        }
    }

    @Test func `a table more is no store`() async throws {
        let place = try Place()
        _ = try await place.makeStore()
        let queue = try DatabaseQueue(path: place.database)
        try await queue.write {
            try $0.execute(sql: "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM slot; END")
        }
        await #expect(throws: VaultError.damaged("its tables are not those of a store")) {
            try await SealedStore(at: place.store).status()
        }
    }

    @Test func `every error is a part of a sentence and holds no secret`() {
        let errors: [VaultError] = [
            .notCreated(path: "p"), .alreadyCreated(path: "p"), .locked, .wrongKey, .noSlot(.keyFile), .rekeyed,
            .damaged("x"), .interrupted, .unreadable(path: "p", "x"), .foreign(path: "p", "x"),
            .newerFormat(found: 3, supported: 2),
            .insecure(path: "p", "is a link", fix: "fix"), .networkFileSystem(path: "p", kind: "NFS"), .busy("it"),
            .diskFull, .readOnly(path: "p"), .keyFile(path: "p", "x"), .keyCommand("x"), .derivationParameters("x"),
            .passphrase("is empty"), .noSlotWithID(.shared), .lastSlot, .export("x"), .system("opening", code: 2),
            .spillFull(path: "p"), .fileExists(path: "p"), .slotsLeftOut(["0123456789"]),
        ]
        for error in errors {
            for text in [error.problem, error.remedy].compactMap(\.self) {
                #expect(!text.hasSuffix("."), "\(text)")
                #expect(text.first?.isUppercase != true || text.dropFirst().first?.isUppercase == true, "\(text)")
            }
            #expect(error.description.hasPrefix(error.problem))
        }
    }
}
