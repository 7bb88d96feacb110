import Testing
import ZoshKit

@testable import ZoshCore

/// What a terminal of any width shows of people: the e-mail whole, the reasons whole, and what was hidden is said.
@Suite("Tables on narrow screens")
struct NarrowTableTests {
    private actor Text: ByteSink {
        var text = ""
        func write(_ bytes: [UInt8]) { text += String(decoding: bytes, as: UTF8.self) }
    }

    private func drawn(_ stream: RowStream, width: Int, counts: Bool = true, colour: Bool = false) async throws
        -> [String]
    {
        let sink = Text()
        var target = OutputTarget(isTerminal: true, width: width, colour: colour)
        target.countsRows = counts
        try await Renderers.renderer(for: .table).render(stream, to: sink, for: target)
        return await sink.text.split(separator: "\n").map(String.init)
    }

    private static let people: [Row] = (1...3).map { number in
        [
            "full_name": .string("Aleksandra Konstantinopolska \(number)"),
            "email": .string("a.konstantinopolska\(number)@example.com"),
            "role": .row(["name": "Regional Sales Director", "id": "1"]), "status": "active",
            "profile": .row(["name": "Administrator"]),
            "id": .string("11112200000012300\(number)"), "confirm": true,
        ]
    }

    @Test(
        "The e-mail is whole at every width that has room for it",
        arguments: [200, 120, 100, 80, 79, 70, 60, 59, 50, 44])
    func emails(width: Int) async throws {
        let lines = try await drawn(RowStream(.of(.users), rows: Self.people), width: width)
        for number in 1...3 { #expect(lines[number].contains("a.konstantinopolska\(number)@example.com"), "\(lines)") }
        #expect(lines.prefix(4).allSatisfy { DisplayWidth.of($0) <= width })
        #expect(lines.contains("(3 rows)"))
    }

    @Test(
        "Under 80 columns four columns stay, under 60 two, and what is hidden is named",
        arguments: [
            (79, "full_name email role status", "profile, id, confirm"),
            (66, "full_name email role status", "profile, id, confirm"),
            (59, "email status", "full_name, role, profile, id, confirm"),
            (44, "email status", "full_name, role, profile, id, confirm"),
        ])
    func columns(width: Int, header: String, hidden: String) async throws {
        let lines = try await drawn(RowStream(.of(.users), rows: Self.people), width: width)
        #expect(lines[0].split(separator: " ").joined(separator: " ") == header)
        #expect(lines.last?.hasPrefix("(hidden: \(hidden);") == true, "\(lines)")
    }

    private static let reason =
        "the license limit of this organisation is reached, and no further user can be activated before one is "
        + "deactivated"

    private static func changes(_ outcomes: [String]) -> RowStream {
        let rows = outcomes.enumerated().map { index, outcome in
            Row([
                ("subject", .string("person\(index)@example.com")), ("action", "activate"),
                ("outcome", .string(outcome)),
                ("message", outcome == "done" ? "User updated" : .string(reason)),
            ])
        }
        return RowStream(Columns(["subject", "action", "outcome", "message", "code", "id"]), rows: rows)
    }

    @Test(
        "The reason of a failure stands whole below the table, once for all it belongs to",
        arguments: [120, 80, 60, 40])
    func reasons(width: Int) async throws {
        let lines = try await drawn(
            Self.changes(["done", "refused", "refused", "refused", "refused", "refused"]), width: width)
        let below = lines.dropFirst(7).prefix { !$0.hasPrefix("(") }
        #expect(
            below.map { $0.drop { $0 == " " } }.joined(separator: " ")
                == "person1@example.com, person2@example.com, person3@example.com and 2 more: \(Self.reason)")
        #expect(below.allSatisfy { DisplayWidth.of($0) <= width })
    }

    @Test(
        "What went well, and what fits, is not said twice",
        arguments: [["done", "done"], ["unchanged", "done"], ["done"]])
    func quiet(outcomes: [String]) async throws {
        let lines = try await drawn(Self.changes(outcomes), width: 60, counts: false)
        #expect(lines.count { !$0.hasPrefix("(") } == outcomes.count + 1, "\(lines)")
        let wide = try await drawn(Self.changes(["refused"]), width: 200, counts: false)
        #expect(wide.count == 2)
    }

    @Test(
        "A number of rows is said for people only, and only of several",
        arguments: [(1, true, false), (2, true, true), (40, true, true), (2, false, false)])
    func counts(rows: Int, counts: Bool, isSaid: Bool) async throws {
        let stream = RowStream(rows: (0..<rows).map { ["a": .integer(Int64($0))] })
        let lines = try await drawn(stream, width: 80, counts: counts)
        #expect(lines.contains("(\(rows) rows)") == isSaid)
        #expect(!lines.contains("(1 row)"))
    }

    @Test(
        "States have colours, other words and piped text none",
        arguments: [("active", "32"), ("disabled", "33"), ("refused", "31")])
    func colours(state: String, code: String) async throws {
        let rows: [Row] = [["name": "refused", "status": .string(state)], ["name": "x", "status": "y"]]
        let coloured = try await drawn(RowStream(rows: rows), width: 80, colour: true)
        #expect(coloured[1].contains("\u{1B}[\(code)m\(state)\u{1B}[39m"))
        #expect(coloured[1].hasPrefix("refused"))
        #expect(try await drawn(RowStream(rows: rows), width: 80).allSatisfy { !$0.contains("\u{1B}") })
    }

    private static let whole = Row(
        [
            ("country", "Germany"), ("full_name", "Ada Lovelace"), ("email", "ada@x.eu"),
            ("role", .row(["name": "CEO", "id": "1"])), ("profile", .row(["name": "Administrator", "id": "2"])),
            ("status", "active"), ("confirm", true), ("Reporting_To", .row(["name": "Max", "id": "3"])),
            ("Modified_Time", "2026-01-01T00:00:00Z"),
        ] + (1...20).map { ("field\($0)", Value.null) })

    @Test("The card of a user begins with what is looked at, and says how to see the rest")
    func card() async throws {
        var stream = RowStream(Columns([], card: true), rows: [Self.whole])
        stream.columns.showing.line = "users lookup ada@x.eu"
        let lines = try await drawn(stream, width: 80)
        #expect(
            lines.map { String($0.prefix { $0 != " " }) }.prefix(8)
                == [
                    "full_name", "email", "role.name", "profile.name", "status", "confirm", "Reporting_To.name",
                    "Modified_Time",
                ])
        #expect(lines.count == 9)
        #expect(lines.last == "24 more: users lookup ada@x.eu | select *")
        stream = RowStream(Columns([], card: true), rows: [Self.whole])
        #expect(try await drawn(stream, width: 80).last == "24 more: | select *")
        stream = RowStream(Columns([], card: true), rows: [Self.whole])
        stream.columns.isWhole = true
        #expect(try await drawn(stream, width: 80).count == 32)
    }

    @Test(
        "The card of anything else is whole",
        arguments: [
            Row((1...30).map { ("field\($0)", Value.null) }),
            Row([("full_name", "Ada"), ("email", "ada@x.eu"), ("id", "1")]),
        ])
    func otherCards(row: Row) async throws {
        let lines = try await drawn(RowStream(Columns([], card: true), rows: [row]), width: 80)
        #expect(lines.count == row.count)
    }

    @Test("A finding is a state and whole sentences", arguments: [120, 80, 60, 40])
    func reports(width: Int) async throws {
        var stream = RowStream(
            Columns(["check", "status", "detail", "remedy"]),
            rows: [
                [
                    "check": "network", "status": "failed", "detail": .string(Self.reason),
                    "remedy": "check the network, the proxy and the clock of this machine",
                ],
                ["check": "libedit", "status": "ok", "detail": "3.1", "remedy": ""],
            ])
        stream.columns.isReport = true
        let lines = try await drawn(stream, width: width)
        let text = lines.map { $0.drop { $0 == " " } }.joined(separator: " ").split(separator: " ").joined(
            separator: " ")
        #expect(
            text
                == "network failed \(Self.reason) → check the network, the proxy and the clock of this machine "
                + "libedit ok 3.1"
        )
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    }
}
