internal import GRDB
internal import Synchronization
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// Finished items cost nothing but their room: neither at the seal nor when one is read.
@Suite struct SeriesCostTests {
    private struct Cost: Equatable {
        /// What the set seal walks.
        let rowsInSeal: [Int64]
        let bytesOfState: Int64
        /// Every statement SQLite ran for one of each operation.
        let statements: [String]
    }

    @Test func `reading, writing and sealing cost the same with 10 and with 10 000 finished jobs`() async throws {
        let (few, many) = (try await cost(of: 10), try await cost(of: 10_000))
        #expect(few == many)
        #expect(few.rowsInSeal == [2, 0, 0], "one record a kind")
        #expect(few.statements.contains { $0.contains("FROM piece") }, "or this shows nothing")
    }

    private func cost(of count: Int) async throws -> Cost {
        let place = try Place()
        let store = try await place.makeStore()
        let rows = (0..<100).map { [UInt8($0)] }
        for start in stride(from: 0, to: count, by: 1000) {
            try await store.write { transaction in
                var writer = SeriesWriter(transaction)
                for _ in start..<min(count, start + 1000) {
                    let number = try writer.begin(.job, [])
                    try writer.append(rows, to: number, .job)
                    try writer.finish(number, .job, header: [1])
                }
                try writer.save()
            }
        }
        let series = SealedSeries(in: store)
        _ = try await series.begin(.run, [])
        let open = try await series.begin(.job, [1])
        let middle = count / 2
        let seen = Mutex<[String]>([])
        let queue = try await store.existing().queue
        try await queue.writeWithoutTransaction { database in
            database.trace { event in
                if case .statement(let statement) = event { seen.withLock { $0.append(statement.sql) } }
            }
        }
        #expect(try await series.entries(of: middle, .job).count == 100)
        #expect(try await series.header(of: middle, .job) != nil ? true : false)
        #expect(try await series.headers(.job, last: 5).count == 5)
        #expect(try await series.headers(.job, last: 3, before: middle).count == 3)
        #expect(try await series.unfinished(.job).count == 1)
        try await series.append([[1]], to: open, .job)
        try await series.finish(open, .job, header: [1])
        #expect(try await series.prune(.job, keeping: count + 1) { _ in false } == 0)
        #expect(try await series.room(.job).count == count + 1)
        try await queue.writeWithoutTransaction { $0.trace(options: []) }
        return try await queue.read { database in
            let statements = Array(Set(seen.withLock { $0 })).sorted()
            for statement in statements where statement.contains("piece") && !statement.hasPrefix("INSERT") {
                try expectSearch(statement, database)
            }
            func number(_ sql: String) throws -> Int64 {
                try #require(try GRDB.Row.fetchOne(database, sql: "\(sql)")?.integer("n"))
            }
            return Cost(
                rowsInSeal: try ["record", "log", "blocks"].map { try number("SELECT count(*) AS n FROM \($0)") },
                bytesOfState: try number("SELECT length(sealed) AS n FROM record WHERE kind = 'job'"),
                statements: seen.withLock { $0 })
        }
    }

    /// SQLite goes to the rows that are asked for and to no others.
    private func expectSearch(_ statement: String, _ database: Database) throws {
        let plan = try GRDB.Row.fetchAll(
            database, sql: "EXPLAIN QUERY PLAN \(statement)",
            arguments: StatementArguments(Array(repeating: 1, count: statement.count { $0 == "?" }))
        ).map { try $0.text("detail") }
        #expect(plan.allSatisfy { !$0.contains("SCAN") && $0.contains("kind=? AND number=?") }, "\(statement): \(plan)")
    }
}
