import Testing
import ZoshKit

@testable import ZoshCore

struct TableTests {
    static func table(_ stream: RowStream, _ target: OutputTarget, columns: [FieldPath]? = nil) async throws -> String {
        String(decoding: try await RendererTests.bytes(.table, stream, target, columns: columns), as: UTF8.self)
    }

    static func users(_ rows: [Row] = People.few + People.hostile) -> RowStream {
        RowStream(People.columns, rows: rows)
    }

    @Test(arguments: [200, 120, 80, 79, 60, 40, 20, 10, 1])
    func `a table fits every width`(width: Int) async throws {
        let text = try await Self.table(Self.users(), OutputTarget(isTerminal: true, width: width))
        Golden.check(Array(text.utf8), "table-\(width).txt")
        var isNote = false
        for line in text.split(separator: "\n") {
            isNote = isNote || line.hasPrefix("(hidden")
            // The note is broken between words, none of which is longer than this.
            #expect(DisplayWidth.of(line) <= (isNote ? max(width, 10) : width), "\(line)")
        }
    }

    @Test func `under 80 columns name, e-mail, role and status stay and the hidden ones are named`() async throws {
        let text = try await Self.table(Self.users(), OutputTarget(isTerminal: true, width: 79))
        let lines = text.split(separator: "\n")
        #expect(lines.first?.split(separator: " ") == ["full_name", "email", "role", "status"])
        #expect(lines.last == "(hidden: profile, id, confirm; widen the terminal or `select` them)")
    }

    @Test func `plain ASCII without UTF-8, and escapes only with colour`() async throws {
        let ascii = try await Self.table(
            Self.users([People.user("1", nil, "very.long.address@acme.example", "CEO")]),
            OutputTarget(isTerminal: true, width: 30, utf8: false))
        #expect(ascii.utf8.allSatisfy { $0 < 0x80 && $0 != 0x1B })
        #expect(ascii.contains("..."))
        let colour = OutputTarget(isTerminal: true, width: 200, colour: true)
        Golden.check(Array(try await Self.table(Self.users(), colour).utf8), "table-colour.txt")
    }

    @Test(
        arguments: [
            ("disabled", 33), ("disabled dormant", 33), ("disabled d…", 33), ("refu…", 31), ("d…", nil), ("…", nil),
            ("Berlin", nil),
        ] as [(String, Int?)])
    func `a state that was cut keeps its colour where it can be only one`(text: String, code: Int?) {
        let drawn = code.map { "\u{1B}[\($0)m\(text)\u{1B}[39m" } ?? text
        #expect(TableStyle(colour: true).state(text) == drawn)
        #expect(TableStyle(colour: false).state(text) == text)
    }

    @Test func `numbers stand right, ids stay left, null is a dash`() async throws {
        let rows: [Row] = [["id": "10", "n": 5, "x": nil], ["id": "9", "n": 1234, "x": "y"]]
        #expect(
            try await Self.table(RowStream(rows: rows), OutputTarget(isTerminal: true)) == """
                id     n  x
                10     5  –
                9   1234  y

                """)
    }

    @Test func `a table without rows says so, unless more is said about it`() async throws {
        let target = OutputTarget(isTerminal: true, width: 60)
        #expect(try await Self.table(Self.users([]), target) == "(no rows)\n")
        for outcome in [RowOutcome(missing: ["ada"]), RowOutcome(failed: 1), RowOutcome(notes: ["not done"])] {
            #expect(try await Self.table(RowStream(People.columns, rows: [], outcome: outcome), target).isEmpty)
        }
        #expect(try await Self.table(Self.users([]), OutputTarget(isTerminal: false)).isEmpty)
    }

    @Test func `one row of a card stream is a card of all fields, two are a table`() async throws {
        let target = OutputTarget(isTerminal: true, width: 60)
        let stream = Columns(People.columns.headline, card: true)
        let card = try await Self.table(RowStream(stream, rows: [People.few[3]]), target)
        Golden.check(Array(card.utf8), "card.txt")
        let two = try await Self.table(RowStream(stream, rows: Array(People.few.prefix(2))), target)
        #expect(two.hasPrefix("full_name"))
    }

    @Test(arguments: [40, 60, 80])
    func `a card is broken between words, and what is one word stays whole`(width: Int) async throws {
        let row: Row = [
            "api_domain_of_it": "https://www.zohoapis.example", "email": "robin.boyle@zylker.example",
            "scopes":
                "ZohoCRM.users.ALL ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.org.ALL AaaServer.profile.READ",
        ]
        let card = Columns(["email"], card: true)
        let text = try await Self.table(
            RowStream(card, rows: [row]), OutputTarget(isTerminal: true, width: width))
        let lines = text.split(separator: "\n")
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "\(text)")
        for word in ["https://www.zohoapis.example", "robin.boyle@zylker.example", "ZohoCRM.settings.ALL"] {
            #expect(lines.contains { $0.contains(word) }, "\(text)")
        }
    }

    @Test func `widths of the first screenful hold for later pages`() async throws {
        let first = (0..<30).map { _ in Row([("a", "xx"), ("b", "y")]) }
        let text = try await Self.table(
            RowStream(from: GivenPages([first, [["a": "longer", "b": "z"]]])), OutputTarget(isTerminal: true))
        #expect(text.split(separator: "\n").last == "l…  z")
    }

    @Test func `pages of one row still make one table`() async throws {
        let rows: [Row] = [["a": "x"], ["a": "much longer"], ["a": "y"]]
        let text = try await Self.table(RowStream(from: GivenPages(rows.map { [$0] })), OutputTarget(isTerminal: true))
        #expect(text == "a\nx\nmuch longer\ny\n")
    }

    @Test func `rows before an error are drawn`() async throws {
        let source = GivenPages([[["a": "x"]]], failure: ZoshError(.network, "gone"))
        let buffer = Buffer()
        await #expect(throws: ZoshError.self) {
            try await Renderers.renderer(for: .table).render(
                RowStream(from: source), to: buffer, for: OutputTarget(isTerminal: true))
        }
        #expect(await buffer.text == "a\nx\n")
    }

    @Test func `columns named by the person are narrowed, not dropped`() async throws {
        let text = try await Self.table(
            Self.users(), OutputTarget(isTerminal: true, width: 60),
            columns: ["full_name", "email", "role.name", "status", "id"])
        #expect(text.split(separator: "\n").first?.split(separator: " ").count == 5)
        #expect(!text.contains("hidden"))
    }
}
