internal import GRDB
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct LogTests {
    private func store(with lines: Int) async throws -> (Place, SealedStore) {
        let place = try Place()
        let store = try await place.makeStore()
        try await store.write { for line in 0..<lines { try $0.append(.history, Secret(copying: "line \(line)")) } }
        return (place, store)
    }

    @Test func `entries come back in order`() async throws {
        let (_, store) = try await store(with: 5)
        let entries = try await store.read { try $0.readLog(.history) }
        #expect(entries.map(\.position) == [0, 1, 2, 3, 4])
        #expect(entries.map(\.body.text) == (0..<5).map { "line \($0)" })
    }

    @Test(arguments: [(0, 0), (1, 1), (3, 3), (5, 5), (99, 5), (-1, 0)])
    func `the last entries can be read alone`(asked: Int, given: Int) async throws {
        let (_, store) = try await store(with: 5)
        let entries = try await store.read { try $0.readLog(.history, last: asked) }
        #expect(entries.map(\.position) == Array(Int64(5 - given)..<5))
    }

    @Test func `a log that was never written is empty`() async throws {
        let store = try await Place().makeStore()
        #expect(try await store.read { try $0.readLog(.audit) }.isEmpty)
    }

    @Test func `trimming keeps the newest and their positions`() async throws {
        let (place, store) = try await store(with: 5)
        try await store.write { try $0.trimLog(.history, keepingLast: 2) }
        try await store.write { try $0.trimLog(.history, keepingLast: 10) }
        try await store.write { try $0.append(.history, Secret(copying: "new")) }
        let other = try await place.openStore()
        let entries = try await other.read { try $0.readLog(.history) }
        #expect(entries.map(\.position) == [3, 4, 5])
        #expect(try await other.read { try $0.readLog(.history, last: 2) }.map(\.body.text) == ["line 4", "new"])
    }

    @Test func `a log trimmed to nothing goes on where it was`() async throws {
        let (_, store) = try await store(with: 3)
        try await store.write { try $0.trimLog(.history, keepingLast: 0) }
        #expect(try await store.read { try $0.readLog(.history) }.isEmpty)
        #expect(try await store.write { try $0.append(.history, Secret(copying: "x")) } == 3)
        #expect(try await store.read { try $0.readLog(.history) }.count == 1)
    }

    @Test func `streams of one kind are separate logs`() async throws {
        let (_, store) = try await store(with: 0)
        let jobs = [RecordID(), RecordID()].sorted()
        try await store.write {
            try $0.append(.audit, stream: jobs[0], Secret(copying: "a"))
            try $0.append(.audit, stream: jobs[1], Secret(copying: "b"))
        }
        try await store.write { try $0.deleteLog(.audit, stream: jobs[0]) }
        #expect(try await store.read { try $0.readLog(.audit, stream: jobs[0]) }.isEmpty)
        #expect(try await store.read { try $0.readLog(.audit, stream: jobs[1]) }.map(\.body.text) == ["b"])
        #expect(try await store.read { try $0.streams(.audit) } == [jobs[1]])
    }

    @Test func `appending reads and writes as much in a long log as in a short one`() async throws {
        let (_, store) = try await store(with: 2000)
        func rowsTouched() async throws -> Int {
            try await store.write { transaction in
                let before = transaction.database.totalChangesCount
                try transaction.append(.history, Secret(copying: "one more"))
                return transaction.database.totalChangesCount - before
            }
        }
        #expect(try await rowsTouched() == 2, "the entry and the head of its log")
    }
}
