internal import Foundation
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct ExportTests {
    private let passphrase = Secret(copying: "for the road")

    @Test func `an export with grants restores them in another store`() async throws {
        let place = try Place()
        let (source, owner) = try await RekeyTests.full(place)
        // More than one chunk.
        try await source.write { try $0.put(.setting, owner, Secret([UInt8](repeating: 7, count: 150_000))) }
        let counts = try await source.export(
            to: place.path + "/export", passphrase: passphrase, withGrants: true, scrypt: .least)
        #expect(counts == [.grant: 1, .client: 1, .history: 4, .audit: 1, .setting: 1, .job: 1, .run: 1])
        #expect(place.mode(of: place.path + "/export") == 0o600)
        let target = try Place()
        let store = try await target.makeStore()
        let outcome = try await store.importAll(store.openExport(at: place.path + "/export", passphrase: passphrase))
        #expect(outcome == .init(imported: counts, skipped: [:]))
        #expect(try await store.read(.grant).map(\.body.text) == ["refresh token"])
        #expect(try await store.read(.setting).first?.body.count == 150_000)
        #expect(try await store.read { try $0.readLog(.history).map(\.body.text) } == (2..<6).map { "line \($0)" })
        #expect(try await store.verify().isIntact)
        // Again: what is here already is left alone.
        try await store.write { try $0.put(.setting, owner, Secret(copying: "changed since")) }
        let again = try await store.importAll(store.openExport(at: place.path + "/export", passphrase: passphrase))
        #expect(again == .init(imported: [:], skipped: counts))
        #expect(try await store.read(.setting).map(\.body.text) == ["changed since"])
        #expect(try await store.read(.grant).count == 1)
    }

    @Test func `the importing caller decides about records that are here under another id`() async throws {
        let place = try Place()
        let (source, _) = try await RekeyTests.full(place)
        let file = place.path + "/export"
        try await source.export(to: file, passphrase: passphrase, withGrants: true, scrypt: .least)
        let store = try await Place().makeStore()
        try await store.write { try $0.add(.grant, Secret(copying: "the same by another id")) }
        let outcome = try await store.importAll(store.openExport(at: file, passphrase: passphrase)) {
            kind, body, known in
            switch kind {
            case .grant: known.map(\.body.text) == ["the same by another id"] ? nil : body
            case .client: Secret(copying: "renamed")
            default: body
            }
        }
        #expect(outcome.skipped == [.grant: 1])
        #expect(try await store.read(.grant).map(\.body.text) == ["the same by another id"])
        #expect(try await store.read(.client).map(\.body.text) == ["renamed"])
    }

    @Test func `damage of any kind is noticed before anything is imported`() throws {
        let format = try ExportFormat(passphrase: passphrase, scrypt: .least)
        let plain = [UInt8](repeating: 7, count: ExportFormat.chunkCount)
        let whole =
            try format.header + format.seal(plain, number: 0, isLast: false)
            + format.seal(plain, number: 1, isLast: false) + format.seal([1, 2, 3], number: 2, isLast: true)
        func opened(_ bytes: [UInt8]) throws -> [UInt8] {
            try format.openAll(Data(bytes.dropFirst(ExportFormat.headerCount)))
        }
        #expect(try opened(whole) == plain + plain + [1, 2, 3], "positive control")
        for (what, bytes) in Self.damaged(whole) {
            let error = #expect(throws: VaultError.self, "\(what)") { try opened(bytes) }
            guard case .export = error else {
                Issue.record("\(what): \(String(describing: error))")
                continue
            }
        }
    }

    @Test func `without grants there is no secret in it, and another passphrase imports nothing`() async throws {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        let file = place.path + "/export"
        let counts = try await store.export(to: file, passphrase: passphrase, withGrants: false, scrypt: .least)
        #expect(counts == [.history: 4, .audit: 1, .job: 1, .run: 1])
        await #expect(throws: VaultError.export("cannot be opened: wrong passphrase, or the file was altered")) {
            try await store.importAll(store.openExport(at: file, passphrase: Secret(copying: "for the load")))
        }
        #expect(try await store.status()?.generation == 2)
        await #expect(throws: VaultError.fileExists(path: file)) {
            try await store.export(to: file, passphrase: passphrase, withGrants: true, scrypt: .least)
        }
    }

    /// What somebody without the passphrase can make of an export.
    private static func damaged(_ whole: [UInt8]) -> [(String, [UInt8])] {
        let header = ExportFormat.headerCount
        let chunk = 5 + ExportFormat.chunkCount + 16
        var exchanged = Array(whole[..<header])
        exchanged += whole[(header + chunk)..<(header + 2 * chunk)]
        exchanged += whole[header..<(header + chunk)]
        exchanged += whole[(header + 2 * chunk)...]
        var oneBit = whole
        oneBit[whole.count - 20] ^= 1
        var declaredLast = whole
        declaredLast[header] = 1
        return [
            ("cut in a chunk", Array(whole.prefix(header + chunk + 10))),
            ("cut between chunks", Array(whole.prefix(header + chunk))),
            ("no chunks", Array(whole.prefix(header))),
            ("chunks exchanged", exchanged), ("more at the end", whole + [0]),
            ("one bit", oneBit), ("declared last", declaredLast),
        ]
    }

    @Test func `refusals that need no derivation`() async throws {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        let file = place.path + "/export"
        await #expect(throws: VaultError.export("\(file) does not exist")) {
            try await store.importAll(store.openExport(at: file, passphrase: passphrase))
        }
        try place.write(
            Array("zosh-export-v1\n".utf8) + [0, 0, 0, 0, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 32), to: file)
        let weak = await #expect(throws: VaultError.self) {
            try await store.importAll(store.openExport(at: file, passphrase: passphrase))
        }
        guard case .derivationParameters = weak else {
            Issue.record("\(String(describing: weak))")
            return
        }
        try place.write(Array("hello".utf8), to: file)
        await #expect(throws: VaultError.export("is not a file that `vault export` made")) {
            try await store.importAll(store.openExport(at: file, passphrase: passphrase))
        }
        let contents = ExportContents(items: [])
        await store.lock()
        await #expect(throws: VaultError.locked) { try await store.importAll(contents) }
        await #expect(throws: VaultError.locked) {
            try await store.export(to: file, passphrase: passphrase, withGrants: true)
        }
    }
}
