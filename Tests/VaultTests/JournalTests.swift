internal import Dispatch
internal import Testing
internal import ZoshKit

@testable internal import Vault

@Suite struct JournalTests {
    @Test func `what was appended is there for another process, in order`() async throws {
        let place = try Place()
        let journal = SealedJournal(in: try await place.makeStore())
        let (a, b) = (try await journal.begin([1]), try await journal.begin([2]))
        try await journal.append([[10], [11]], to: a)
        try await journal.append([[20]], to: b)
        try await journal.append([[12]], to: a)
        try await journal.append([], to: a)
        try await journal.setHeader([3], of: a)
        let other = SealedJournal(in: try await place.openStore())
        #expect(try await bytes(other.entries(of: a)) == [[10], [11], [12]])
        #expect(try await bytes(other.entries(of: b)) == [[20]])
        #expect(try await Set(bytes(other.headers().map(\.header))) == [[3], [2]])
        try await other.remove(a)
        #expect(try await journal.entries(of: a).isEmpty)
        #expect(try await journal.headers().map(\.segment) == [b])
        #expect(try await place.openStore().verify().isIntact)
    }

    @Test func `entries that come while the disk is busy are committed together`() async throws {
        let store = try await Place().makeStore()
        let journal = SealedJournal(in: store)
        let segment = try await journal.begin([])
        let before = try #require(try await store.status()?.generation)
        // The store is busy until told otherwise.
        let (isBusy, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let holding = Task {
            try await store.read { _ in
                isBusy.signal()
                mayGoOn.wait()
            }
        }
        await Task.detached { Self.wait(for: isBusy) }.value
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await journal.append([[0]], to: segment) }
            // Others that came before it was taken up would be committed with it.
            while await !journal.isTaken { await Task.yield() }
            for number in 1..<100 { group.addTask { try await journal.append([[UInt8(number)]], to: segment) } }
            while await journal.waitingCount < 99 { await Task.yield() }
            mayGoOn.signal()
            try await group.waitForAll()
        }
        try await holding.value
        #expect(try await store.status()?.generation == before + 2, "the first alone, the other 99 at once")
        #expect(try await Set(bytes(journal.entries(of: segment)).map { $0[0] }) == Set(0..<100))
    }

    @Test func `a locked store acknowledges nothing`() async throws {
        let store = try await Place().makeStore()
        let journal = SealedJournal(in: store)
        let segment = try await journal.begin([])
        await store.lock()
        await #expect(throws: VaultError.locked) { try await journal.append([[1]], to: segment) }
    }

    private static func wait(for semaphore: DispatchSemaphore) { semaphore.wait() }

    private func bytes(_ secrets: [Secret]) -> [[UInt8]] { secrets.map { $0.withUnsafeBytes { Array($0) } } }
}
