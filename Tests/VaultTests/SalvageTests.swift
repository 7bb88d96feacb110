internal import Foundation
internal import GRDB
internal import Testing
internal import ZoshKit
@testable internal import Vault

/// What is left of a damaged store can be named and carried away.
@Suite struct SalvageTests {
    private let passphrase = Secret(copying: "for the road")

    /// A closed store of three grants and a history, in one file.
    private func place(grants: Int = 3, size: Int = 20) async throws -> Place {
        let place = try Place()
        let store = try await place.makeStore()
        try await store.write { transaction in
            for number in 0..<grants { try transaction.add(.grant, Secret([UInt8](repeating: UInt8(number), count: size))) }
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
        let rescue = try await store.exportIntact(to: file, passphrase: passphrase, withGrants: true, scrypt: .least, with: key)
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
            to: place.path + "/rescue", passphrase: passphrase, withGrants: true, scrypt: .least, with: .keyFile(place.keyFile))
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
        await #expect(throws: VaultError.self) { try await store.openExport(at: file, passphrase: Secret(copying: "another")) }
        let contents = try await store.openExport(at: file, passphrase: passphrase)
        #expect(try await !store.isCreated)
        try await store.create(with: .keyFile(new.keyFile))
        #expect(try await store.importAll(contents).imported[.grant] == 3)
    }
}
