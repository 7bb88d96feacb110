import Synchronization
import Testing
import ZoshKit

@testable import ZoshCore

/// Rows of a write that goes on by itself.
struct DrainedRowsTests {
    /// Gives a page at a time, and says how many were asked for.
    private final class Pages: RowSource {
        let count: Int
        let failure: ZoshError?
        private let given = Mutex(0)

        init(_ count: Int, failure: ZoshError? = nil) {
            self.count = count
            self.failure = failure
        }

        var pulled: Int { given.withLock { $0 } }

        func next() async throws -> RowBatch? {
            if Task.isCancelled { return nil }
            let number = given.withLock { number in
                number += 1
                return number
            }
            if number > count {
                if let failure { throw failure }
                return nil
            }
            return RowBatch([["number": .integer(Int64(number))]])
        }

        func outcome() -> RowOutcome { RowOutcome(notes: ["\(count)"]) }
    }

    @Test("all of them come, in their order, though none is asked for after the first")
    func goesOn() async throws {
        let pages = Pages(50)
        let rows = DrainedRows(RowStream(from: pages))
        _ = try await rows.next()
        while pages.pulled <= 50 { await Task.yield() }
        var numbers: [Int64?] = [1]
        while let batch = try await rows.next() { numbers += batch.rows.map { $0["number"]?.integer } }
        #expect(numbers == (1...50).map(Int64.init))
        #expect(await rows.outcome().notes == ["50"])
    }

    @Test("an error comes behind the rows before it")
    func fails() async throws {
        let rows = DrainedRows(RowStream(from: Pages(2, failure: ZoshError(.network, "gone"))))
        #expect(try await rows.next() != nil)
        #expect(try await rows.next() != nil)
        await #expect(throws: ZoshError.self) { _ = try await rows.next() }
    }

    @Test("once it is stopped nothing more begins")
    func stops() async throws {
        let pages = Pages(.max)
        let rows = DrainedRows(RowStream(from: pages))
        _ = try await rows.next()
        await rows.stop()
        let pulled = pages.pulled
        await Task.yield()
        #expect(pages.pulled == pulled)
    }
}
