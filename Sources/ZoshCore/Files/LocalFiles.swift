public import ZoshKit

/// The files of this machine, as rows, as text, or as the values behind `@path`.
///
/// NDJSON, CSV, TSV and text are streamed; a JSON or YAML document is read whole, since its rows may stand anywhere
/// in it. Errors name file and line.
public struct LocalFiles: FileReading {
    public init() {}

    public func text(at path: String, _ options: FileOptions) async throws -> String {
        try Self.source(DecodedFile(try OpenFile(path), options))
    }

    public func digest(at path: String) async -> String? {
        guard path != "-", let file = try? OpenFile(path), file.isRegular else { return nil }
        var digest = Digest()
        while let bytes = try? file.read(), !bytes.isEmpty { digest.add(bytes) }
        return digest.text
    }

    public func check(_ path: String) throws {
        // Opening standard input would take it from a later reader, and a pipe would lose its writer.
        if path != "-", !OpenFile.isPipe(path) { _ = try OpenFile(path) }
    }

    public func isRegular(_ path: String) -> Bool {
        guard path != "-", !OpenFile.isPipe(path), let file = try? OpenFile(path) else { return false }
        return file.isRegular
    }

    public func rows(at path: String, _ options: FileOptions) async throws -> RowStream {
        let reader = try Self.reader(of: path, options)
        let fields = try reader.fields ?? Self.fieldsOfLines(at: path, options)
        return RowStream(Columns([], fields: fields), from: FileRows(reader))
    }

    public func values(at path: String, columns: [String], _ options: FileOptions) async throws -> [String] {
        var values: [String] = []
        if (FileFormat(path: path) ?? .txt) == .txt {
            var lines = LineRows(try DecodedFile(try OpenFile(path), options))
            while let line = try lines.next() { values.append((line.string("line") ?? "").trimmedOfUnseen) }
            return values
        }
        var reader = try Self.reader(of: path, options)
        var column: String?
        while let row = try reader.next() {
            if column == nil { column = try Self.column(of: row, among: columns, path) }
            if let column, let value = row[column], !value.isNull { values.append(value.text) }
        }
        return values
    }

    private static func text(_ file: DecodedFile) throws -> String {
        let bytes = try file.readAll()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ZoshError(.local, "\(file.name): \(file.complaint.problem)", remedy: file.complaint.remedy)
        }
        return text
    }

    private static func reader(of path: String, _ options: FileOptions) throws -> any RowReader {
        // Before the name is asked what it holds: a workbook is recognised by its content.
        let file = try DecodedFile(try OpenFile(path), options)
        switch try FileFormat.of(path, said: options.format, isRead: true, takesFormat: options.takesFormat) {
        case .csv: return try RecordRows(try DelimitedReader(file, isTabbed: false))
        case .tsv: return try RecordRows(try DelimitedReader(file, isTabbed: true))
        case .ndjson: return NDJSONRows(file)
        case .txt: return try TextRows.reader(file)
        case .json: return RowsRead(try DocumentRows.json(file))
        case .yaml: return RowsRead(try YAMLReader.rows(of: try text(file), name: file.name))
        }
    }

    /// The fields of rows that stand a line each: those of any line, which is read to its end first. Nil for a pipe and
    /// for a file too long to be read twice.
    private static func fieldsOfLines(at path: String, _ options: FileOptions) throws -> KnownFields? {
        guard path != "-", let file = try? OpenFile(path), file.isRegular, file.size <= longestReadTwice,
            case .ndjson? = try? FileFormat.of(path, said: options.format, isRead: true)
        else { return nil }
        var seen = FieldsSeen()
        var reader = try reader(of: path, options)
        while let row = try reader.next() { seen.add(row) }
        let fields = seen.fields
        return fields.isEmpty ? nil : .exactly(fields: fields)
    }

    private static let longestReadTwice = 64 << 20

    private static func column(of row: Row, among columns: [String], _ path: String) throws -> String {
        for wanted in columns {
            if let name = row.names.first(where: { $0.lowercased() == wanted.lowercased() }) { return name }
        }
        if row.count == 1 { return row.names[0] }
        throw ZoshError(
            .usage, "'\(path)' has none of the columns \(columns.joined(separator: ", "))",
            remedy: "rename its column: open \(Syntax.quoted(path)) | select NAME as \(columns.first ?? "id") | …")
    }
}

/// A reader behind a stream, a page at a time.
private actor FileRows: RowSource {
    private var reader: any RowReader
    private static let page = 500

    init(_ reader: sending any RowReader) { self.reader = reader }

    func next() throws -> RowBatch? {
        var rows: [Row] = []
        while rows.count < Self.page, let row = try reader.next() { rows.append(row) }
        return rows.isEmpty ? nil : RowBatch(rows)
    }

    func outcome() -> RowOutcome { RowOutcome() }
}
