internal import ZoshKit

/// What writes rows into a file, and for CSV and TSV under an existing header, whether they fit under it.
enum AppendedRows {
    static func prepare(
        _ input: RowStream, _ path: String, _ format: FileFormat, _ mode: FileDraft.Mode, isGuarded: Bool
    ) async throws -> (stream: RowStream, renderer: any Renderer) {
        if mode == .append, format == .csv || format == .tsv, let header = try header(path, format) {
            let stream = try await fitting(input, under: header, path)
            let columns = header.map { FieldPath($0) }
            return format == .csv
                ? (stream, CSVRenderer(columns: columns, spreadsheet: isGuarded, hasHeader: false))
                : (stream, TSVRenderer(columns: columns, spreadsheet: isGuarded, hasHeader: false))
        }
        let output: OutputFormat =
            switch format {
            case .json: .json
            case .ndjson: .ndjson
            case .csv: .csv
            case .tsv: .tsv
            case .yaml: .yaml
            case .txt: .ids
            }
        return (input, Renderers.renderer(for: output, spreadsheet: isGuarded))
    }

    /// Nil when there is no file yet, or an empty one.
    private static func header(_ path: String, _ format: FileFormat) throws -> [String]? {
        do {
            let file = try OpenFile(path)
            var csv = CSVReader(file)
            var tsv = TSVReader(file)
            return format == .csv ? try csv.header() : try tsv.header()
        } catch let error as ZoshError where error.kind == .notFound { return nil }
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
                .usage, "the header of '\(path)' has no column for \(homeless.joined(separator: ", "))",
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
