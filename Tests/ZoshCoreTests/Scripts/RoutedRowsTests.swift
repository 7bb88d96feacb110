import Testing
import ZoshKit

@testable import ZoshCore

/// Rows that name their connection.
struct RoutedRowsTests {
    private static func connection(_ name: String, readOnly: Bool = false) -> ConnectionSummary {
        var summary = Rig.acme
        summary.name = name
        summary.orgID = "7-\(name)"
        summary.readOnly = readOnly
        return summary
    }

    private func tried(
        _ line: String, rows: String = "connection,id\nacme,1\nglobex,2\n", readOnly: Bool = false, atMost: Int? = nil,
        broken: Set<String> = []
    ) async throws -> (performed: [String], rows: [Row], errors: [ZoshError]) {
        let organisation = LivingOrganisation(["1", "2", "3"])
        var settings = Session.Settings()
        settings.atMost = atMost
        let rig = Rig(
            files: ["rows.csv": rows], session: Session(settings),
            others: [Self.connection("globex", readOnly: readOnly)], broken: broken, writer: organisation)
        try await rig.run(line)
        return (await organisation.performed.sorted(), rig.seen.rows, rig.seen.errors)
    }

    @Test(
        "each goes to its organisation, however it is given",
        arguments: [
            "open rows.csv | users update city=Bern --yes", "users update @rows.csv city=Bern --yes",
            "let r = open rows.csv; users update $r city=Bern --yes",
            "let r = open rows.csv\n$r | users update city=Bern --yes",
        ])
    func ways(line: String) async throws {
        let result = try await tried(line)
        #expect(result.performed == ["update 1", "update 2"], "\(result.errors)")
        #expect(result.rows.map { $0["connection"]?.text } == ["acme", "globex"])
    }

    @Test(
        "what is wrong with one row stops all of them",
        arguments: [
            ("connection,id\nacme,1\nglobx,2\n", "row 2: there is no connection 'globx'"),
            ("connection,id\nacme,1\n,2\n", "row 2: no connection is given"),
            // The heading as people write it.
            ("Connection Name,id\nacme,1\nglobx,2\n", "row 2: there is no connection 'globx'"),
            ("CONNECTION_NAME,id\nacme,1\nglobx,2\n", "row 2: there is no connection 'globx'"),
        ])
    func wrong(rows: String, problem: String) async throws {
        let result = try await tried("open rows.csv | users update city=Bern --yes", rows: rows)
        #expect(result.performed.isEmpty)
        #expect(result.errors.first?.problem.hasPrefix(problem) == true, "\(result.errors)")
        #expect(result.errors.first?.problem.hasSuffix("nothing was changed") == true, "\(result.errors)")
    }

    @Test(
        "a connection that is read-only, out of reach, or over a limit stops the others as well",
        arguments: [(true, nil, []), (false, 1, []), (false, nil, ["globex"])] as [(Bool, Int?, Set<String>)])
    func stopped(readOnly: Bool, atMost: Int?, broken: Set<String>) async throws {
        let result = try await tried(
            "open rows.csv | users update city=Bern --yes", readOnly: readOnly, atMost: atMost, broken: broken)
        #expect(result.performed.isEmpty && result.errors.count == 1, "\(result)")
    }

    @Test(
        "users of one organisation are never taken for those of another",
        arguments: [
            "open rows.csv | each { users update $it.id city=Bern --yes }",
            "open rows.csv | skip 1 | each { users update $it city=Bern --yes }",
            "on globex users update @rows.csv city=Bern --yes",
            "on globex people | select id | users update city=Bern --yes",
            "let r = on globex people; users update $r.id city=Bern --yes",
            "on globex people | select id | each { users update $it.id city=Bern --yes }",
        ])
    func elsewhere(line: String) async throws {
        let result = try await tried(line)
        #expect(!result.performed.contains("update 2"), "\(result)")
    }

    @Test("without the column, and in a block that names it, all is as before")
    func plain() async throws {
        let here = try await tried("open rows.csv | users update city=Bern --yes", rows: "id\n1\n2\n")
        #expect(here.performed == ["update 1", "update 2"], "\(here.errors)")
        let named = try await tried("open rows.csv | each { on $it.connection users update $it.id city=Bern --yes }")
        #expect(named.performed == ["update 1", "update 2"], "\(named.errors)")
    }
}
