import Testing
import ZoshKit

@testable import ZoshCore
@testable import ZoshGate

/// Lines that change the users of a file.
private enum Lines {
    static let ways = [
        "open rows.csv | users update city=Bern --yes", "users update @rows.csv city=Bern --yes",
        "let r = open rows.csv; users update $r city=Bern --yes",
        "let r = open rows.csv\n$r | users update city=Bern --yes",
    ]
    static let blocks = [
        "open rows.csv | each { users update $it.id city=Bern --yes }",
        "let r = open rows.csv; $r | each { users update $it city=Bern --yes }",
    ]
}

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
        broken: Set<String> = [], unread: String? = nil, isChosen: Bool = true
    ) async throws -> (
        performed: [String], rows: [Row], errors: [ZoshError], notes: [String]
    ) {
        let organisation = LivingOrganisation(["1", "2", "3"])
        var settings = Session.Settings()
        settings.atMost = atMost
        let globex = Self.connection("globex", readOnly: readOnly)
        let rig = Rig(
            files: ["rows.csv": rows], connection: isChosen ? Rig.acme : nil, session: Session(settings),
            others: isChosen ? [globex] : [Rig.acme, globex], broken: broken,
            writer: unread.map { Unreadable(organisation: organisation, id: $0) } ?? organisation, saysLines: true)
        try await rig.run(line)
        return (await organisation.performed.sorted(), rig.seen.rows, rig.seen.errors, rig.seen.notes)
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
            ("connection,id\nacme,1\nglobx,2\n", "rows.csv:3: there is no connection 'globx'"),
            ("connection,id\nacme,1\n,2\n", "rows.csv:3: no connection is given"),
            // The heading as people write it.
            ("Connection Name,id\nacme,1\nglobx,2\n", "rows.csv:3: there is no connection 'globx'"),
            ("CONNECTION_NAME,id\nacme,1\nglobx,2\n", "rows.csv:3: there is no connection 'globx'"),
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
            "let r = on globex people; let who = $r.id; users update $who city=Bern --yes",
            "let r = on globex people; let who = $r.email; let all = $who; users update $all city=Bern --yes",
            "let r = open rows.csv; let who = $r.id; users update $who city=Bern --yes",
            "on globex people | select id | each { users update $it.id city=Bern --yes }",
        ])
    func elsewhere(line: String) async throws {
        let result = try await tried(line)
        #expect(!result.performed.contains("update 2"), "\(result)")
    }

    @Test(
        "a heading of an organisation is the column where it names connections", arguments: Lines.ways,
        [
            "org,id\nacme,1\nglobex,2\n", "Organisation,id\nacme,1\nglobex,2\n", "ORG_NAME,id\nacme,1\nglobex,2\n",
            // The id of an organisation means the only connection to it.
            "organization,id\n700,1\n7-globex,2\n",
        ])
    func organisations(line: String, rows: String) async throws {
        let result = try await tried(line, rows: rows)
        #expect(result.performed == ["update 1", "update 2"], "\(result.errors)")
        #expect(result.rows.map { $0["connection"]?.text } == ["acme", "globex"])
    }

    @Test("where it does not, nobody is changed until it is left out", arguments: Lines.ways + Lines.blocks)
    func unclear(line: String) async throws {
        let rows = "Organization,id\nSales,1\nHQ,2\n"
        let result = try await tried(line, rows: rows)
        #expect(result.performed.isEmpty)
        let told = result.errors.flatMap { [$0.problem] + $0.details }
        #expect(told.contains { $0.contains("'Organization' may say where the row belongs") }, "\(result.errors)")
        let left = try await tried("open rows.csv | select id | users update city=Bern --yes", rows: rows)
        #expect(left.performed == ["update 1", "update 2"], "\(left.errors)")
    }

    @Test("a column of an organisation that names another one is no word about this one", arguments: Lines.blocks)
    func block(line: String) async throws {
        let result = try await tried(line, rows: "org,id\nglobex,2\nacme,1\n")
        #expect(result.performed.isEmpty, "\(result.errors)")
    }

    @Test(
        "two columns that say it are refused with both headings",
        arguments: Lines.ways + Lines.blocks + ["on globex users update @rows.csv city=Bern --yes"],
        ["connection,Connection Name,id\nacme,globex,1\n", "Connection,connection,id\nacme,acme,1\n"])
    func twice(line: String, rows: String) async throws {
        let result = try await tried(line, rows: rows)
        #expect(result.performed.isEmpty)
        let told = result.errors.flatMap { [$0.problem] + $0.details } + result.notes
        let headings = rows.split(separator: ",").prefix(2)
        #expect(told.contains { said in headings.allSatisfy { said.contains("'\($0)'") } }, "\(told)")
    }

    @Test(
        "a block for rows that name their connections changes nobody where one names none",
        arguments: ["", "  ", "globx"])
    func targets(name: String) async throws {
        let result = try await tried(
            "open rows.csv | each { on $it.connection users update $it.id city=Bern --yes }",
            rows: "connection,id\nacme,1\n\(name),2\n")
        #expect(result.performed.isEmpty)
        let problem =
            name == "globx" ? "rows.csv:3: there is no connection 'globx'" : "rows.csv:3: no connection is given"
        #expect(result.errors.first?.problem.hasPrefix(problem) == true, "\(result.errors)")
    }

    @Test(
        "a row that a join gives to another organisation than it comes from stops all of them",
        arguments: [
            "users update city=Bern --yes", "each { on $it.connection users update $it.id city=Bern --yes }",
        ])
    func joined(command: String) async throws {
        let result = try await tried(
            "people | join rows.csv on id | \(command)", rows: "id,connection\n1,acme\n2,globex\n")
        #expect(result.performed.isEmpty)
        #expect(
            result.errors.first?.problem.contains("this row comes from acme, and its column says 'globex'") == true,
            "\(result.errors)")
    }

    @Test(
        "rows that name their connections need no other one",
        arguments: Lines.ways + ["open rows.csv | each { on $it.connection users update $it.id city=Bern --yes }"])
    func unchosen(line: String) async throws {
        let named = try await tried(line, isChosen: false)
        #expect(named.performed == ["update 1", "update 2"], "\(named.errors)")
        let plain = try await tried(Lines.ways[0], rows: "id\n1\n2\n", isChosen: false)
        #expect(plain.performed.isEmpty)
        #expect(plain.errors.first?.problem.hasPrefix("2 connections are stored and none is chosen") == true)
    }

    @Test("a dry run ends as the change does where one organisation cannot be read", arguments: ["", " --dry-run"])
    func dry(flag: String) async throws {
        let result = try await tried("open rows.csv | users update city=Bern --yes\(flag)", unread: "2")
        #expect(result.performed.isEmpty && result.rows.isEmpty)
        #expect(result.errors.map(\.kind) == [.network], "\(result)")
    }

    @Test("where rows were read is written down with them, whatever the connection is called later")
    func kept() {
        var columns = Columns.unknown
        columns.connections = [Self.connection("globex").place, ConnectionPlace(name: "gone", organisation: nil)]
        let kept = KeptRows(Row(KeptRows(rows: [["id": "1"]], columns: columns).fields))
        #expect(kept.columns.connections == columns.connections)
        var renamed = Self.connection("globex")
        renamed.name = "other"
        #expect(kept.columns.connections?.first?.isOf(renamed) == true)
        var taken = Self.connection("initech")
        taken.name = "globex"
        #expect(kept.columns.connections?.first?.isTaken(by: taken) == true)
    }

    @Test("without the column, and in a block that names it, all is as before")
    func plain() async throws {
        let here = try await tried("open rows.csv | users update city=Bern --yes", rows: "id\n1\n2\n")
        #expect(here.performed == ["update 1", "update 2"], "\(here.errors)")
        let named = try await tried("open rows.csv | each { on $it.connection users update $it.id city=Bern --yes }")
        #expect(named.performed == ["update 1", "update 2"], "\(named.errors)")
    }

    /// An organisation in which one user can be found and not be read.
    private struct Unreadable: ChangeExecutor {
        let organisation: LivingOrganisation
        let id: String

        func perform(_ effect: any Effect) async -> ChangeResult { await organisation.perform(effect) }

        func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
            guard !ids.contains(id) else { throw ZoshError(.network, "no route to host") }
            return try await organisation.reread(resource, ids: ids)
        }

        func names(_ resource: Resource, ids: Set<String>) async -> [String: String] { [:] }

        func find(_ resource: Resource, called emails: Set<String>, changedSince since: Int64) async throws
            -> [String: Row]
        { [:] }
    }
}
