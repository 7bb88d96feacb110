internal import Foundation
internal import Testing
internal import ZoshTesting
internal import ZoshTrust

@testable internal import Vault

/// A chain of lines whose hashes anybody can compute.
@Suite struct PlainChainTests {
    /// Five lines, the last one of other characters than ASCII.
    private static let lines: [String] = {
        var lines: [String] = []
        var previous = PlainChain.start
        for (index, text) in ["a", "b", "c", "d", "Zoë 👋"].enumerated() {
            let line = PlainChain.line(Int64(index + 1), "\"text\":\"\(text)\"", after: previous)
            previous = PlainChain.hash(of: Array(line.utf8)) ?? ""
            lines.append(line)
        }
        return lines
    }()

    struct Tampering: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let problem: String
        let change: @Sendable ([String]) -> [String]
    }

    static let tamperings = [
        Tampering(testDescription: "a removed line", problem: "line 2 is missing or out of order") {
            [$0[0]] + $0[2...]
        },
        Tampering(testDescription: "the first line removed", problem: "line 1 is missing or out of order") {
            Array($0.dropFirst())
        },
        Tampering(testDescription: "an altered line", problem: "line 3 was altered") {
            $0.map { $0.replacing("\"c\"", with: "\"C\"") }
        },
        Tampering(testDescription: "an altered number", problem: "line 4 was altered") {
            $0.map { $0.replacing("\"number\":4", with: "\"number\":9") }
        },
        Tampering(testDescription: "reordered lines", problem: "line 2 is missing or out of order") {
            [$0[0], $0[2], $0[1], $0[3], $0[4]]
        },
        Tampering(testDescription: "a line twice", problem: "line 3 is missing or out of order") {
            [$0[0], $0[1], $0[1], $0[2], $0[3], $0[4]]
        },
        Tampering(testDescription: "a line cut in its middle", problem: "line 5 is cut short") {
            $0.dropLast() + [String($0[4].prefix(40))]
        },
        Tampering(testDescription: "an altered line whose hash was made again", problem: "line 4 does not follow") {
            let forged = PlainChain.line(3, "\"text\":\"x\"", after: PlainChain.hash(of: Array($0[1].utf8)) ?? "")
            return [$0[0], $0[1], forged, $0[3], $0[4]]
        },
    ]

    private func file(_ lines: [String]) throws -> (place: Place, path: String) {
        let place = try Place()
        let path = place.path + "/audit.ndjson"
        try place.write(lines.joined(separator: "\n").utf8 + Array("\n".utf8), to: path)
        return (place, path)
    }

    private static func checkWithPython(_ arguments: String...) throws -> (
        status: Int32, output: String, errors: String
    ) {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let ending = try ChildProcess(
            "/usr/bin/env", ["python3", "-B", root.path + "/docs/check_audit.py"] + arguments
        ).ending()
        return (ending.status, ending.output, ending.errors)
    }

    @Test(arguments: tamperings)
    func `a tampered export is found, with zosh and without`(_ tampering: Tampering) throws {
        let (_, path) = try file(tampering.change(Self.lines))
        let fault = #expect(throws: PlainChain.Fault.self) { try ChainFile.check(path) }
        #expect(fault?.problem.hasPrefix(tampering.problem) == true, "\(String(describing: fault))")
        let outside = try Self.checkWithPython(path)
        #expect(outside.status == 1)
        #expect(outside.errors.contains(tampering.problem.prefix(6)), "\(outside.errors)")
    }

    @Test func `a whole export passes, with zosh and without`() throws {
        let (_, path) = try file(Self.lines)
        let end = try ChainFile.check(path)
        #expect(end.count == 5)
        #expect(end.head == PlainChain.hash(of: Array(Self.lines[4].utf8)))
        let outside = try Self.checkWithPython(path, end.head)
        #expect(outside.status == 0)
        #expect(outside.output == "5 \(end.head)\n")
    }

    /// audit-tail-cut
    @Test func `a cut tail is consistent in itself, and a hash noted elsewhere finds it`() throws {
        let head = try #require(PlainChain.hash(of: Array(Self.lines[4].utf8)))
        let (_, path) = try file(Array(Self.lines.prefix(3)))
        #expect(try ChainFile.check(path).count == 3)
        #expect(throws: PlainChain.Fault.self) { try ChainFile.check(path, lookingFor: head) }
        #expect(try Self.checkWithPython(path, head).status == 1)
        // A hash noted before lines were added is still there.
        let earlier = try #require(PlainChain.hash(of: Array(Self.lines[1].utf8)))
        #expect(try ChainFile.check(path, lookingFor: earlier).count == 3)
        #expect(try Self.checkWithPython(path, earlier).status == 0)
    }

    @Test func `an empty export is an empty chain`() throws {
        let place = try Place()
        try place.write([], to: place.path + "/empty")
        #expect(try ChainFile.check(place.path + "/empty") == PlainChain.End(count: 0, head: PlainChain.start))
    }

    @Test func `waiting lines are written with the next commit, and with none of their own`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let lines = WaitingLines(.audit)
        let series = SealedSeries(in: store, lines: lines)
        let job = try await series.begin(.job, [])
        let before = try #require(try await store.status()?.generation)
        lines.add(.init(fields: { "\"a\":1" }))
        lines.add(.init(fields: { "\"a\":2" }))
        try await series.append([[1]], to: job, .job)
        try await series.saveLines()
        #expect(try await store.status()?.generation == before + 1)
        #expect(lines.isEmpty)
        lines.add(.init(fields: { "\"a\":3" }))
        try await series.saveLines()
        #expect(try await store.status()?.generation == before + 2)
        #expect(try await store.read { try $0.checkChain(.audit) }.count == 3)
    }

    @Test func `lines of a commit that failed wait for the next one`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let lines = WaitingLines(.audit)
        let series = SealedSeries(in: store, lines: lines)
        lines.add(.init(fields: { "\"a\":1" }))
        await store.lock()
        await #expect(throws: VaultError.locked) { try await series.saveLines() }
        #expect(!lines.isEmpty)
        try await store.unlock(with: .keyFile(place.keyFile))
        lines.add(.init(fields: { "\"a\":2" }))
        try await series.saveLines()
        let found = try await store.read { try $0.readLog(.audit) }.map(\.body.text)
        #expect(found.map { $0.contains("\"a\":1") } == [true, false])
    }

    @Test func `an export holds the lines as they are stored, for their owner alone, and replaces nothing unasked`()
        async throws
    {
        let place = try Place()
        let store = try await place.makeStore()
        let lines = WaitingLines(.audit)
        for number in 1...3 { lines.add(.init(fields: { "\"a\":\(number)" })) }
        try await SealedSeries(in: store, lines: lines).saveLines()
        let path = place.path + "/audit.ndjson"
        let end = try await store.exportChain(.audit, to: path, replacing: false)
        #expect(try ChainFile.check(path, lookingFor: end.head) == end)
        #expect(place.mode(of: path) == 0o600)
        await #expect(throws: VaultError.fileExists(path: path)) {
            try await store.exportChain(.audit, to: path, replacing: false)
        }
        try place.write([1], to: path, mode: 0o644)
        #expect(try await store.exportChain(.audit, to: path, replacing: true) == end)
        #expect(try ChainFile.check(path) == end)
        #expect(place.mode(of: path) == 0o600)
        #expect(place.files().filter { $0.contains("ndjson") } == [path])
    }

    @Test func `a rekey, an export and an import carry the chain on`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let lines = WaitingLines(.audit)
        for number in 1...3 { lines.add(.init(fields: { "\"a\":\(number)" })) }
        try await SealedSeries(in: store, lines: lines).saveLines()
        let end = try await store.read { try $0.checkChain(.audit) }
        _ = try await store.rekey(keeping: [.keyFile(place.keyFile)])
        #expect(try await store.read { try $0.checkChain(.audit, lookingFor: end.head) } == end)
        let passphrase = Secret(copying: "correct horse")
        try await store.export(to: place.path + "/export", passphrase: passphrase, withGrants: false, scrypt: .least)
        let other = try await Place().makeStore()
        try await other.importAll(other.openExport(at: place.path + "/export", passphrase: passphrase))
        lines.add(.init(fields: { "\"a\":4" }))
        try await SealedSeries(in: other, lines: lines).saveLines()
        #expect(try await other.read { try $0.checkChain(.audit, lookingFor: end.head) }.count == 4)
    }
}
