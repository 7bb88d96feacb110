import Synchronization
import Testing
import ZoshKit

@testable import ZoshCore

/// How long rows wait for the values a condition looks for, and that all of them pass in their order.
struct OccurrenceTests {
    /// Pages of rows with a number and a state; counts how many were asked for.
    private final class Pages: RowSource {
        private let given = Mutex(0)
        let count: Int
        let state: @Sendable (Int) -> String
        let isFile: Bool

        init(_ count: Int, isFile: Bool = false, state: @escaping @Sendable (Int) -> String) {
            (self.count, self.isFile, self.state) = (count, isFile, state)
        }

        var asked: Int { given.withLock { $0 } }

        func next() async throws -> RowBatch? {
            let page = given.withLock { given in
                given += 1
                return given - 1
            }
            guard page < count else { return nil }
            return RowBatch(
                (page * 200..<page * 200 + 200).map { number in
                    let row: Row = ["n": .integer(Int64(number)), "dept": .string(state(number))]
                    return isFile ? row.located(at: RowOrigin(file: "a.csv", line: number + 2)) : row
                })
        }

        func outcome() async -> RowOutcome { RowOutcome() }
    }

    private func guarded(_ pages: Pages, _ condition: String, before write: String? = nil) throws -> RowStream {
        let rig = Rig()
        let dates = DateReader(now: { 0 })
        let word = Literal(.string(condition), at: Span(0, 0), dates: dates, isWritten: true)
        let test = Condition.compare(.field(FieldUse("dept", at: Span(0, 0))), .notEqual, .literal(word))
        var ahead = WriteAhead([])
        ahead.command = write
        let judge = OccurrenceJudge(
            ahead: ahead, isLimited: false, isInBlock: false, isAssertion: false, isKept: false, known: nil
        ) { RowPlaces([try await rig.context(needsConnection: false, progress: ProgressMeter())]) }
        let source = try #require(try OccurrenceGuard(RowStream(from: pages), test, judge, dates, Holding()))
        return RowStream(from: source)
    }

    @Test("rows pass at once where the value is on the first page")
    func passesAtOnce() async throws {
        let pages = Pages(1000) { $0 == 7 ? "Sales" : "IT" }
        let stream = try guarded(pages, "Sales", before: "users update")
        #expect(try await stream.next()?.count == 200)
        #expect(pages.asked == 1)
    }

    @Test("of an endless stream no more than a page waits, and what is absent is said at its end")
    func endless() async throws {
        let pages = Pages(40) { _ in "IT" }
        let stream = try guarded(pages, "Legal")
        #expect(try await stream.next()?.count == 200)
        #expect(pages.asked == 5)
        let rest = try await stream.collect()
        #expect(rest.count == 40 * 200 - 200)
        #expect(rest.last?["n"] == .integer(40 * 200 - 1))
        #expect(
            await stream.outcome().notes == [
                "No row has the dept 'Legal', so this condition excludes no rows; dept is IT (8000)"
            ])
    }

    @Test(
        "before a write, and of a file, all rows wait for a value that comes last; none is lost",
        arguments: [true, false])
    func waitsForTheLast(isFile: Bool) async throws {
        let last = 25_000 - 1
        let pages = Pages(125, isFile: isFile) { $0 == last ? "Sales" : "IT" }
        let stream = try guarded(pages, "Sales", before: isFile ? nil : "users update")
        let first = try #require(try await stream.next())
        #expect(pages.asked == 125)
        let all = first.rows + (try await stream.collect())
        #expect(all.map { $0["n"]?.integer } == (0..<25_000).map(Int64.init))
        #expect(all.allSatisfy { ($0.origin != nil) == isFile })
        #expect(await stream.outcome().notes.isEmpty)
    }

    @Test("a slip ends the line before the first row passes, as does what is absent before a write")
    func refuses() async throws {
        for (value, write) in [("Slaes", nil), ("Slaes", "users update"), ("Legal", "users update")] {
            let stream = try guarded(Pages(2) { $0 == 7 ? "Sales" : "IT" }, value, before: write)
            await #expect(throws: ZoshError.self, "\(value)") { _ = try await stream.next() }
        }
    }
}
