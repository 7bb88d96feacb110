internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// Somebody who may write the store's file, but knows no key, wants a line of the audit log gone or otherwise.
@Suite struct AuditAttacks {
    private static let count = 6

    private func place() async throws -> Place {
        let place = try Place()
        let store = try await place.makeStore()
        let lines = WaitingLines(.audit)
        for number in 1...Self.count { lines.add(.init(fields: { "\"a\":\(number)" })) }
        try await SealedSeries(in: store, lines: lines).saveLines()
        return place
    }

    private func expectFound(_ sql: [String]) async throws {
        let place = try await place()
        let raw = try RawStore(place.database)
        for statement in sql { try raw.run(statement) }
        await #expect("\(sql)") {
            _ = try await place.openStore().read { try $0.checkChain(.audit) }
        } throws: { error in
            // The plain chain names the line, where it meets it before the sealed one is at its end.
            if case VaultError.damaged = error { return true }
            return error is PlainChain.Fault
        }
        let store = SealedStore(at: place.store)
        #expect(try await store.verify(with: .keyFile(place.keyFile)).isIntact == false, "\(sql)")
    }

    @Test(arguments: [
        ["DELETE FROM entry WHERE kind = 'audit' AND position >= 4"],
        // With the end of the log moved as well, to a link that is genuine.
        [
            "UPDATE log SET next = 4, head = (SELECT link FROM entry WHERE kind = 'audit' AND position = 3) "
                + "WHERE kind = 'audit'",
            "DELETE FROM entry WHERE kind = 'audit' AND position >= 4",
        ],
        ["DELETE FROM entry WHERE kind = 'audit'", "DELETE FROM log WHERE kind = 'audit'"],
    ])
    func `audit-tail-cut`(sql: [String]) async throws { try await expectFound(sql) }

    @Test(arguments: [
        [
            "UPDATE entry SET position = -1 WHERE kind = 'audit' AND position = 2",
            "UPDATE entry SET position = 2 WHERE kind = 'audit' AND position = 3",
            "UPDATE entry SET position = 3 WHERE kind = 'audit' AND position = -1",
        ],
        // Each in the place of the other, with its own link.
        [
            "CREATE TEMP TABLE moved AS SELECT * FROM entry WHERE kind = 'audit' AND position IN (2, 3)",
            "DELETE FROM entry WHERE kind = 'audit' AND position IN (2, 3)",
            "INSERT INTO entry SELECT kind, stream, 5 - position, id, generation, sealed, link FROM moved",
        ],
    ])
    func `audit-reorder`(sql: [String]) async throws { try await expectFound(sql) }

    @Test(arguments: [
        ["DELETE FROM entry WHERE kind = 'audit' AND position = 2"],
        [
            "DELETE FROM entry WHERE kind = 'audit' AND position = 2",
            "UPDATE entry SET position = position - 1 WHERE kind = 'audit' AND position > 2",
            "UPDATE log SET next = next - 1 WHERE kind = 'audit'",
        ],
        ["UPDATE entry SET sealed = zeroblob(length(sealed)) WHERE kind = 'audit' AND position = 2"],
        [
            "UPDATE entry SET sealed = (SELECT sealed FROM entry WHERE kind = 'audit' AND position = 1) "
                + "WHERE kind = 'audit' AND position = 2"
        ],
        ["UPDATE entry SET kind = 'history' WHERE kind = 'audit' AND position = 2"],
    ])
    func `a removed or altered line is found`(sql: [String]) async throws { try await expectFound(sql) }

    /// What an older copy looks like from inside: only what was noted elsewhere tells.
    @Test func `a whole older copy is found by a noted hash alone`() async throws {
        let place = try await place()
        let older = try copyStore(from: place)
        let lines = WaitingLines(.audit)
        lines.add(.init(fields: { "\"a\":7" }))
        let store = try await place.openStore()
        try await SealedSeries(in: store, lines: lines).saveLines()
        let head = try await store.read { try $0.checkChain(.audit) }.head
        let old = try await older.openStore()
        #expect(try await old.read { try $0.checkChain(.audit) }.count == Int64(Self.count))
        await #expect(throws: PlainChain.Fault.self) {
            _ = try await old.read { try $0.checkChain(.audit, lookingFor: head) }
        }
    }
}
