import Testing
import ZoshKit

@testable import ZoshCore

/// Blocks for more rows than are held to be tried before the first of them runs.
struct LongBlockTests {
    private static let count = rowsOfPage + 10

    /// - Parameter wrong: the row that names nobody, from 1 on.
    private func run(wrong: Int?, _ organisation: LivingOrganisation) async throws -> Rig {
        let rows = (1...Self.count).map { $0 == wrong ? "," : "\($0 % 3 + 2),Bern" }
        let rig = Rig(files: ["people.csv": "id,city\n" + rows.joined(separator: "\n") + "\n"], writer: organisation)
        _ = try await BlockAhead.$most.withValue(3) {
            try await rig.run("open people.csv | each { users update $it.id city=$it.city --yes }")
        }
        return rig
    }

    @Test("what is wrong in later rows is found before any of those runs, and what was changed before is said")
    func later() async throws {
        let organisation = LivingOrganisation(["1", "2", "3", "4"])
        let rig = try await run(wrong: Self.count - 2, organisation)
        let problem = try #require(rig.seen.errors.first?.problem)
        #expect(problem.contains("of the rows from \(rowsOfPage + 1) on nothing was changed"), "\(problem)")
        #expect(problem.contains("only the first \(rowsOfPage) rows were started"), "\(problem)")
        #expect(await organisation.performed.count == 3)
    }

    @Test("what is wrong in the first rows is found before anything runs", arguments: [1, rowsOfPage])
    func first(wrong: Int) async throws {
        let organisation = LivingOrganisation(["1", "2", "3", "4"])
        let rig = try await run(wrong: wrong, organisation)
        let problem = try #require(rig.seen.errors.first?.problem)
        #expect(problem.contains("nothing was changed") && !problem.contains("of the rows from"), "\(problem)")
        #expect(await organisation.performed.isEmpty)
    }

    @Test("all rows run when nothing is wrong")
    func right() async throws {
        let organisation = LivingOrganisation(["1", "2", "3", "4"])
        let rig = try await run(wrong: nil, organisation)
        #expect(rig.seen.errors.isEmpty && rig.seen.rows.count == Self.count)
        #expect(await organisation.performed.count == 3)
    }
}
