import Testing
import ZoshCore
import ZoshKit

struct RendererTests {
    static let pipe = OutputTarget(isTerminal: false)

    static func bytes(
        _ format: OutputFormat, _ stream: RowStream, _ target: OutputTarget = pipe, columns: [FieldPath]? = nil,
        spreadsheet: Bool = false
    ) async throws -> [UInt8] {
        let buffer = Buffer()
        try await Renderers.renderer(for: format, columns: columns, spreadsheet: spreadsheet).render(
            stream, to: buffer, for: target)
        return await buffer.bytes
    }

    static func text(_ format: OutputFormat, _ stream: RowStream, _ target: OutputTarget = pipe) async throws -> String
    {
        String(decoding: try await bytes(format, stream, target), as: UTF8.self)
    }

    @Test(arguments: OutputFormat.allCases)
    func `every format in a pipe writes text exactly`(format: OutputFormat) async throws {
        let rows = People.few + People.hostile
        Golden.check(try await Self.bytes(format, RowStream(People.columns, rows: rows)), "pipe.\(format.rawValue)")
    }

    @Test(arguments: OutputFormat.allCases)
    func `every format on a terminal is neutralised`(format: OutputFormat) async throws {
        let target = OutputTarget(isTerminal: true, width: 120)
        let bytes = try await Self.bytes(format, RowStream(People.columns, rows: People.few + People.hostile), target)
        Golden.check(bytes, "terminal.\(format.rawValue)")
        let hostile = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter {
            $0 != "\n" && $0 != "\t" && $0 != "\r" && $0.isHostileToTerminals
        }
        #expect(hostile.isEmpty)
    }

    @Test(arguments: OutputFormat.allCases)
    func `no rows are a valid document`(format: OutputFormat) async throws {
        let expected: [OutputFormat: String] = [.json: "[]\n", .yaml: "[]\n", .csv: "a,b\r\n", .tsv: "a\tb\n"]
        #expect(try await Self.text(format, RowStream(Columns(["a", "b"]), rows: [])) == expected[format] ?? "")
    }

    @Test(arguments: OutputFormat.allCases)
    func `pages arrive as they are pulled, whatever their size`(format: OutputFormat) async throws {
        let whole = try await Self.bytes(format, RowStream(People.columns, rows: People.few))
        let pages = RowStream(People.columns, from: GivenPages(People.few.map { [$0] }))
        #expect(try await Self.bytes(format, pages) == whole)
    }

    @Test(arguments: OutputFormat.allCases)
    func `a source that fails midway fails the rendering after what arrived`(format: OutputFormat) async throws {
        let source = GivenPages([People.few], failure: ZoshError(.network, "Zoho is gone"))
        let buffer = Buffer()
        await #expect(throws: ZoshError(.network, "Zoho is gone")) {
            try await Renderers.renderer(for: format).render(
                RowStream(People.columns, from: source), to: buffer, for: Self.pipe)
        }
        #expect(await buffer.text.contains("5550000000000000004"))
        if format == .json { #expect(try JSONReader.value(of: await buffer.bytes).list?.count == 4) }
    }

    @Test func `json and ndjson read back as the rows written`() async throws {
        let rows = People.few + People.hostile
        for target in [Self.pipe, OutputTarget(isTerminal: true)] {
            let json = try await Self.bytes(.json, RowStream(rows: rows), target)
            #expect(try JSONReader.value(of: json) == .list(rows.map(Value.row)))
            let lines = try await Self.text(.ndjson, RowStream(rows: rows), target).split(separator: "\n")
            #expect(try lines.map { try JSONReader.value(of: String($0)) } == rows.map(Value.row))
        }
    }

    @Test func `csv takes the first page's fields, flattened, when nothing is declared`() async throws {
        let rows: [Row] = [["id": "1", "role": .row(["name": "CEO", "id": "9"])], ["id": "2", "role": nil]]
        #expect(try await Self.text(.csv, RowStream(rows: rows)) == "id,role.name,role.id\r\n1,CEO,9\r\n2,,\r\n")
        #expect(
            try await Self.text(.csv, RowStream(rows: rows.reversed())) == "id,role.name,role.id\r\n2,,\r\n1,CEO,9\r\n")
    }

    @Test func `csv says when later rows hold fields that the header lacks`() async throws {
        let stream = RowStream(from: GivenPages([[["a": 1]], [["a": 2, "b": 3]]]))
        let buffer = Buffer()
        await #expect(throws: ZoshError.self) {
            try await Renderers.renderer(for: .csv).render(stream, to: buffer, for: Self.pipe)
        }
        #expect(await buffer.text == "a\r\n1\r\n2\r\n")
    }

    @Test func `csv tells null from an empty string and never writes a blank record`() async throws {
        #expect(try await Self.text(.csv, RowStream(rows: [["a": nil, "b": ""]])) == "a,b\r\n,\"\"\r\n")
        #expect(try await Self.text(.csv, RowStream(rows: [["a": nil]])) == "a\r\n\"\"\r\n")
    }

    @Test func `formulas are guarded only when asked for`() async throws {
        let rows: [Row] = [["a": "=1+1", "b": "+x", "c": "@y", "d": .integer(-5)]]
        let plain = try await Self.bytes(.csv, RowStream(rows: rows))
        #expect(String(decoding: plain, as: UTF8.self) == "a,b,c,d\r\n=1+1,+x,@y,-5\r\n")
        let guarded = try await Self.bytes(.csv, RowStream(rows: rows), spreadsheet: true)
        #expect(String(decoding: guarded, as: UTF8.self) == "a,b,c,d\r\n'=1+1,'+x,'@y,-5\r\n")
        for (format, head) in [(OutputFormat.csv, "'=a,b"), (.tsv, "'=a\tb")] {
            let bytes = try await Self.bytes(format, RowStream(rows: [["=a": 1, "b": 2]]), spreadsheet: true)
            #expect(String(decoding: bytes, as: UTF8.self).hasPrefix(head), "a header is a cell too")
        }
    }

    @Test func `named columns win over declared ones`() async throws {
        let bytes = try await Self.bytes(
            .tsv, RowStream(People.columns, rows: People.few), columns: ["id", "role.name"])
        #expect(
            String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(2) == [
                "id\trole.name", "5550000000000000001\tCEO",
            ])
    }

    @Test func `ids fail for rows that have none and pass over nobody's`() async throws {
        #expect(try await Self.text(.ids, RowStream(rows: [["id": "1"], ["id": nil], ["id": "3"]])) == "1\n3\n")
        #expect(try await Self.text(.ids, RowStream(rows: [["email": "a@b"]])) == "a@b\n")
        await #expect(throws: ZoshError.self) { try await Self.text(.ids, RowStream(rows: [["a": 1, "b": 2]])) }
    }
}
