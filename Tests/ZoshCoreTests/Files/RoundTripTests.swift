import Testing
import ZoshKit

@testable import ZoshCore

/// What zosh writes comes back from its own reader as it was, for programs and for spreadsheets alike.
struct RoundTripTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Pieces that readers, writers and spreadsheets each have a meaning for.
    private static let pieces = [
        "'", "''", "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "\"", "\"\"", ",", ";", "|", "\\", "\\t", "\\\"",
        "\\{t}", "\\{b}", "{t}", "\\{", " ",
        "\u{A0}", "0", "007",
        "4150868000000411014", "1.50", "2026-01-31", "4E5", "1/2", "MAR1", "Berg, Dr.", "O'Neil", "#TYPE x", "sep=;",
        "null", "true", "é", "山",
        "e\u{301}", "\u{FEFF}", "12", "(5)", "10:30",
    ]

    private static func rows(seed: UInt64, count: Int) -> [Row] {
        var random = seed
        func next(_ bound: Int) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((random >> 33) % UInt64(bound))
        }
        func text() -> String { (0..<next(4)).map { _ in pieces[next(pieces.count)] }.joined() }
        return (0..<count).map { number in
            // A name first, so that no row is a blank line.
            var row: Row = ["name": .string("n\(number)")]
            for name in ["a", "b,c", "d;e"] { row[name] = next(5) == 0 ? .null : .string(text()) }
            return row
        }
    }

    @Test(arguments: ["csv", "tsv"], [false, true])
    func `any rows come back`(format: String, forSpreadsheets: Bool) async throws {
        for seed in UInt64(1)...60 {
            let rows = Self.rows(seed: seed, count: 8)
            let name = "r\(seed).\(format)"
            let place = ["file": [BoundValue(.string(folder.path + "/" + name), at: Span(0, 0))]]
            let call = Call(SaveCommand().signature, bound: place, input: RowStream(rows: rows))
            _ = try await SaveCommand().save(call, forSpreadsheets: forSpreadsheets).collect()
            #expect(try await LocalFiles().rows(at: folder.path + "/" + name).collect() == rows, "seed \(seed)")
            // A line is a row where other programs read lines.
            if format == "tsv", !forSpreadsheets {
                #expect(folder.text(name)?.utf8.count { $0 == UInt8(ascii: "\n") } == rows.count + 1, "seed \(seed)")
            }
        }
    }

    @Test(arguments: [
        ("4150868000000411014", "'4150868000000411014"), ("007", "'007"), ("0", "0"), ("10115", "10115"),
        ("123456789012345", "123456789012345"),
        ("1234567890123456", "'1234567890123456"), ("=1+1", "'=1+1"), ("-x", "'-x"), ("@x", "'@x"), ("'=x", "''=x"),
        ("O'Neil", "O'Neil"),
        ("'t Hooft", "'t Hooft"), ("2026-01-31", "'2026-01-31"), ("1.50", "'1.50"), ("MARCH1", "'MARCH1"),
        ("12 Main St", "12 Main St"),
        ("2026-01-31T10:00:00+01:00", "2026-01-31T10:00:00+01:00"), ("ada@x.example", "ada@x.example"), ("", ""),
    ])
    func `an apostrophe stands before what a spreadsheet would change, and there alone`(text: String, written: String) {
        #expect(SpreadsheetGuard.text(.string(text), isOn: true) == written)
        #expect(SpreadsheetGuard.removed(from: written) == text)
        #expect(SpreadsheetGuard.removed(from: SpreadsheetGuard.text(.string(text), isOn: false)) == text)
    }

    @Test func `rows are added in the way a file is written`() async throws {
        _ = folder.file("semi.csv", "\"id\";\"name\"\r\n1;a\r\n")
        _ = folder.file("tab.tsv", "\u{FEFF}id\tname\r\n1\ta\r\n")
        for name in ["semi.csv", "tab.tsv"] {
            let bound = [
                "file": [BoundValue(.string(folder.path + "/" + name), at: Span(0, 0))],
                "append": [BoundValue(true, at: Span(0, 0))],
            ]
            let rows: [Row] = [["id": "2", "name": "b;c\td"]]
            _ = try await SaveCommand().save(Call(SaveCommand().signature, bound: bound, input: RowStream(rows: rows)))
                .collect()
            #expect(
                try await LocalFiles().rows(at: folder.path + "/" + name).collect() == [["id": "1", "name": "a"]] + rows
            )
        }
    }

    @Test func `rows are not added to a file in another encoding`() async throws {
        let bytes: [UInt8] = [0xFF, 0xFE] + "id\r\n".utf8.flatMap { [$0, 0] }
        let path = folder.file("wide.csv", bytes: bytes)
        let bound = ["file": [BoundValue(.string(path), at: Span(0, 0))], "append": [BoundValue(true, at: Span(0, 0))]]
        let error = await #expect(throws: ZoshError.self) {
            try await SaveCommand().save(
                Call(SaveCommand().signature, bound: bound, input: RowStream(rows: [["id": "2"]])))
        }
        #expect(error?.problem.contains("is not UTF-8") == true)
    }
}
