import Testing
import ZoshKit

@testable import ZoshCore

struct SaveTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @discardableResult
    func save(_ rows: [Row], _ name: String, _ flags: String..., columns: Columns = .unknown, format: String? = nil)
        async throws -> Row?
    {
        try await save(RowStream(columns, rows: rows), name, flags, format: format)
    }

    func save(_ stream: RowStream, _ name: String, _ flags: [String] = [], format: String? = nil) async throws -> Row? {
        let place = Span(5, 9)
        var bound = ["file": [BoundValue(.string(folder.path + "/" + name), at: place)]]
        for flag in flags { bound[flag] = [BoundValue(true, at: place)] }
        if let format { bound["format"] = [BoundValue(.string(format), at: place)] }
        return try await SaveCommand().save(Call(SaveCommand().signature, bound: bound, input: stream)).collect().first
    }

    @Test(arguments: ["json", "ndjson", "csv", "tsv", "yaml"])
    func `what is saved opens again as the same rows`(format: String) async throws {
        let rows: [Row] = [
            [
                "id": "5550000000000000001", "name": "Zoe\u{308}, \"Z\"\n山\t\\",
                "role": .row(["name": "no", "id": "007"]), "city": nil,
            ],
            ["id": "5550000000000000002", "name": "=x", "role": .row(["name": "\u{1B}", "id": "1"]), "city": "B"],
        ]
        let summary = try await save(rows, "people." + format)
        #expect(summary == ["file": .string(folder.path + "/people." + format), "rows": 2, "format": .string(format)])
        #expect(try await LocalFiles().rows(at: folder.path + "/people." + format).collect() == rows)
        #expect(folder.mode("people." + format) == 0o600)
        #expect(folder.names == ["people." + format])
    }

    @Test func `txt holds one id per line`() async throws {
        try await save([["id": "1", "x": 2], ["id": "3", "x": 4]], "ids.txt")
        #expect(folder.text("ids.txt") == "1\n3\n")
    }

    @Test func `a file is never overwritten unasked, and nothing is pulled for it`() async throws {
        _ = folder.file("a.csv", "keep\n")
        let source = GivenPages([], failure: ZoshError(.bug, "pulled"))
        let error = await #expect(throws: ZoshError.self) { try await save(RowStream(from: source), "a.csv") }
        #expect(error?.kind == .usage)
        #expect(error?.span == Span(5, 9))
        #expect(error?.remedy?.contains("--force") == true)
        #expect(folder.text("a.csv") == "keep\n")
        try await save([["a": 1]], "a.csv", "force")
        #expect(folder.text("a.csv") == "a\r\n1\r\n")
        #expect(folder.names == ["a.csv"])
    }

    @Test func `a file that appears meanwhile is not overwritten either`() async throws {
        let late = Late { _ = folder.file("a.ndjson", "keep\n") }
        await #expect(throws: ZoshError.self) { try await save(RowStream(from: late), "a.ndjson") }
        #expect(folder.text("a.ndjson") == "keep\n")
        #expect(folder.names == ["a.ndjson"])
    }

    @Test func `rows that fail midway leave no file and the old one untouched`() async throws {
        _ = folder.file("old.csv", "keep\n")
        for (name, flags) in [("new.csv", []), ("old.csv", ["force"]), ("old.csv", ["append"])] {
            let source = GivenPages([[["keep": 1]]], failure: ZoshError(.network, "gone"))
            await #expect(throws: ZoshError(.network, "gone")) { try await save(RowStream(from: source), name, flags) }
        }
        #expect(folder.names == ["old.csv"])
        #expect(folder.text("old.csv") == "keep\n")
    }

    @Test func `appending adds under the header that is there`() async throws {
        try await save([["a": 1, "b": 2]], "x.csv", "append")
        try await save([["b": 4, "a": 3]], "x.csv", "append")
        #expect(folder.text("x.csv") == "a,b\r\n1,2\r\n3,4\r\n")
        try await save([["n": 1]], "x.ndjson", "append")
        _ = folder.file("y.ndjson", "{\"n\":0}")
        try await save([["n": 1]], "y.ndjson", "append")
        #expect(folder.text("y.ndjson") == "{\"n\":0}\n{\"n\":1}\n")
    }

    @Test func `appending refuses fields without a column, and documents that cannot grow`() async throws {
        _ = folder.file("x.tsv", "a\tb\n")
        let error = await #expect(throws: ZoshError.self) { try await save([["a": 1, "c": 2]], "x.tsv", "append") }
        #expect(error?.problem.hasSuffix("has no column for c") == true)
        for name in ["x.json", "x.yaml"] {
            await #expect(throws: ZoshError.self) { try await save([["a": 1]], name, "append") }
        }
        #expect(folder.names == ["x.tsv"])
    }

    @Test func `the format can be said, and must be when the name does not`() async throws {
        try await save([["a": 1]], "x.dat", format: "ndjson")
        #expect(folder.text("x.dat") == "{\"a\":1}\n")
        await #expect(throws: ZoshError.self) { try await save([["a": 1]], "y.dat") }
    }

    @Test func `a spreadsheet's formulas are guarded on request`() async throws {
        try await save([["a": "=HYPERLINK()"]], "x.csv", "spreadsheet")
        // Byte by byte: the mark is part of the first character otherwise.
        #expect(
            Array(folder.text("x.csv")?.utf8 ?? "".utf8) == [0xEF, 0xBB, 0xBF] + Array("a\r\n'=HYPERLINK()\r\n".utf8))
    }

    @Test func `what was missing upstream is still missing after saving`() async throws {
        let stream = RowStream(rows: [["a": 1]], outcome: RowOutcome(missing: ["7"], failed: 2))
        let place = BoundValue(.string(folder.path + "/x.csv"), at: Span(0, 0))
        let saved = try await SaveCommand().save(Call(SaveCommand().signature, bound: ["file": [place]], input: stream))
        _ = try await saved.collect()
        #expect(await saved.outcome() == RowOutcome(missing: ["7"], failed: 2))
    }

    /// Does something at the first pull, then ends.
    private struct Late: RowSource {
        let action: @Sendable () -> Void

        func next() async -> RowBatch? {
            action()
            return nil
        }

        func outcome() async -> RowOutcome { RowOutcome() }
    }
}
