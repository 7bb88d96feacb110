internal import Foundation
internal import Testing
internal import ZoshTesting
internal import ZoshTrust

@testable internal import Vault

/// A vault is read by a program that shares no code with ours, written from the
/// documentation alone.
@Suite struct DecoderTests {
    @Test func `the documentation is enough to read a vault`() async throws {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        // The key after a rekey is as good as the first, and the log still fits.
        _ = try await store.rekey(keeping: [.keyFile(place.keyFile)])
        try await store.existing().emptyWriteAheadLog()
        guard let found = try decode(place.database, "--key-file", place.keyFile) else { return }
        #expect(found.status == 0, "\(found.errors)")
        let bodies = found.lines.compactMap { $0["body"] as? String }.sorted()
        let expected =
            [
                "refresh token", "client secret", "row", "finished job", "first row", "second row", "third row",
                "unfinished run", "line of a run",
            ].map { Hexadecimal.encode($0.utf8) }
            + (2..<6).map { Hexadecimal.encode("line \($0)".utf8) }
            + [Hexadecimal.encode([1, 2, 3]), String(repeating: "09", count: 9000)]
        #expect(bodies == expected.sorted())
        let positions = found.lines.filter { $0["kind"] as? String == "history" }.compactMap { $0["position"] as? Int }
        #expect(positions == [2, 3, 4, 5])
    }

    @Test func `it too notices a removed record`() async throws {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        try await store.existing().emptyWriteAheadLog()
        let raw = try RawStore(place.database)
        try raw.run("DELETE FROM record WHERE kind = 'grant'")
        try raw.settle()
        guard let found = try decode(place.database, "--key-file", place.keyFile) else { return }
        #expect(found.status == 1)
        #expect(found.errors.contains("the set seal is wrong"))
    }

    @Test(arguments: [
        ("DELETE FROM piece WHERE kind = 'job'", "a finished item is missing"),
        ("DELETE FROM piece WHERE part = 2", "pieces are missing"),
        ("UPDATE piece SET part = 9 WHERE kind = 'run'", "pieces are missing"),
    ])
    func `and a removed job`(sql: String, problem: String) async throws {
        let place = try Place()
        let (store, _) = try await RekeyTests.full(place)
        try await store.existing().emptyWriteAheadLog()
        let raw = try RawStore(place.database)
        try raw.run(sql)
        try raw.settle()
        guard let found = try decode(place.database, "--key-file", place.keyFile) else { return }
        #expect(found.status == 1)
        #expect(found.errors.contains(problem))
    }

    @Test func `a passphrase opens it there as well`() async throws {
        let place = try Place()
        let store = SealedStore(at: place.store)
        try await store.create(with: .passphrase(Secret(copying: "correct horse")), scrypt: .least)
        try await store.write { try $0.add(.setting, Secret(copying: "pröömpt")) }
        try await store.existing().emptyWriteAheadLog()
        guard let found = try decode(place.database, "--passphrase-from-stdin", input: "correct horse") else { return }
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.lines.compactMap { $0["body"] as? String } == [Hexadecimal.encode("pröömpt".utf8)])
    }

    /// What the decoder prints; nil, with a note, where it cannot run.
    private func decode(
        _ arguments: String..., input: String = ""
    ) throws -> (status: Int32, lines: [[String: Any]], errors: String)? {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let script = root.path + "/docs/decode_vault.py"
        guard try run(["python3", "-c", "import cryptography"]).status == 0 else {
            print("skipped: the independent decoder needs python3 with the package cryptography")
            return nil
        }
        let found = try run(["python3", "-B", script] + arguments, input: input)
        let lines = try found.output.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
        }
        return (found.status, lines, found.errors)
    }

    private func run(_ words: [String], input: String = "") throws -> (status: Int32, output: String, errors: String) {
        let ending = try ChildProcess("/usr/bin/env", words, input: input).ending()
        return (ending.status, ending.output, ending.errors)
    }
}
