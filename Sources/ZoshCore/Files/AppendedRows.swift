internal import ZoshKit

/// What writes rows into a file, and for CSV and TSV under an existing header, whether they fit under it.
enum AppendedRows {
    static func prepare(
        _ input: RowStream, _ path: String, _ format: FileFormat, _ mode: FileDraft.Mode, isGuarded: Bool
    ) async throws -> (stream: RowStream, renderer: any Renderer) {
        if mode == .append, let file = try existing(path) {
            guard file.encoding == nil || file.encoding == .utf8 else {
                throw ZoshError(
                    .usage, "'\(path)' is not UTF-8, and rows are written as UTF-8",
                    remedy: "save to a file of another name")
            }
            try refuseOtherText(path)
            if format == .csv || format == .tsv, let (header, dialect) = try header(of: file, format) {
                let stream = try await fitting(input, under: header, path)
                return (stream, renderer(under: header, dialect, isGuarded: isGuarded))
            }
        }
        switch format {
        case .json: return (input, JSONRenderer())
        case .ndjson: return (input, NDJSONRenderer())
        case .yaml: return (input, YAMLRenderer())
        case .txt: return (input, IDsRenderer())
        case .csv: return (input, CSVRenderer(columns: nil, spreadsheet: isGuarded, hasMark: isGuarded))
        case .tsv where isGuarded:
            return (input, CSVRenderer(columns: nil, spreadsheet: true, separator: "\t", hasMark: true))
        case .tsv: return (input, TSVRenderer(columns: nil, isFile: true))
        }
    }

    /// The same separator, quotes and escapes as the rows that are there.
    private static func renderer(under header: [String], _ dialect: Dialect, isGuarded: Bool) -> any Renderer {
        let columns = header.map { FieldPath($0) }
        if dialect.hasEscapes {
            return TSVRenderer(columns: columns, spreadsheet: isGuarded, hasHeader: false, isFile: true)
        }
        let separator = Character(Unicode.Scalar(dialect.separator))
        return CSVRenderer(columns: columns, spreadsheet: isGuarded, hasHeader: false, separator: separator)
    }

    /// Nil when there is no file yet.
    private static func existing(_ path: String) throws -> DecodedFile? {
        do { return try DecodedFile(try OpenFile(path), FileOptions(takesEncoding: false)) } catch let error
            as ZoshError where error.kind == .notFound
        {
            return nil
        }
    }

    /// A file in an encoding that nothing in it names: with rows in UTF-8 behind it no encoding would read it any more.
    private static func refuseOtherText(_ path: String) throws {
        let file = try OpenFile(path)
        guard file.isRegular else { return }
        var scanner = ByteScanner(try DecodedFile(file, FileOptions(takesEncoding: false)))
        while true {
            let line = scanner.line
            guard let bytes = try scanner.nextLine() else { return }
            guard bytes.contains(where: { $0 >= 0x80 }), NotText.place(in: bytes) != nil else { continue }
            throw ZoshError(
                .usage, "'\(path)' is not UTF-8 (line \(line)), and rows are written as UTF-8",
                remedy: "save to another file, or make this one UTF-8 first: open \(Syntax.quoted(path)) "
                    + "--encoding windows-1252 | save NEW")
        }
    }

    /// Nil for an empty file.
    private static func header(of file: DecodedFile, _ format: FileFormat) throws -> (
        names: [String], dialect: Dialect
    )? {
        var reader = try DelimitedReader(file, isTabbed: format == .tsv)
        guard let (cells, line) = try reader.next() else { return nil }
        let names = cells.map(\.text)
        guard !names.contains(where: \.trimmedOfUnseen.isEmpty) else {
            throw reader.failure(
                "the header has a column without a name", line: line, remedy: "name it, or save to a new file")
        }
        return (names, reader.dialect)
    }

    /// The same rows, once it is clear that the header has a column for each of their fields.
    private static func fitting(_ input: RowStream, under header: [String], _ path: String) async throws -> RowStream {
        var names = input.columns.headline.map(\.description)
        var first: RowBatch?
        if names.isEmpty {
            first = try await input.next()
            names = input.columns(with: first).headline.map(\.description)
        }
        if names.isEmpty {
            names = first.map { Set($0.rows.flatMap(Flattening.names)) }.map(Array.init) ?? []
        }
        let homeless = names.filter { !header.contains($0) }.sorted()
        guard homeless.isEmpty else {
            throw ZoshError(
                .usage, "the header of '\(path)' has no column for \(homeless.listedNames)",
                remedy: "pick its columns with `select \(header.joined(separator: ","))`")
        }
        return RowStream(input.columns, from: Resumed(first, input))
    }

    /// A stream whose first page was looked at.
    private actor Resumed: RowSource {
        private var first: RowBatch?
        private let rest: RowStream

        init(_ first: RowBatch?, _ rest: RowStream) {
            self.first = first
            self.rest = rest
        }

        func next() async throws -> RowBatch? {
            if let page = first {
                first = nil
                return page
            }
            return try await rest.next()
        }

        func outcome() async -> RowOutcome { await rest.outcome() }
    }
}
