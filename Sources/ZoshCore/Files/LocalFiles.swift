public import ZoshKit

/// The files of this machine, as rows, as text, or as the values behind `@path`.
///
/// NDJSON, CSV, TSV and text are streamed; a JSON or YAML document is read whole, since its rows may stand anywhere
/// in it. Errors name file and line.
public struct LocalFiles: FileReading {
    public init() {}

    public func text(at path: String) async throws -> String {
        let file = try OpenFile(path)
        return try Self.source(file)
    }

    public func digest(at path: String) async -> String? {
        guard path != "-", let file = try? OpenFile(path), file.isRegular else { return nil }
        var digest = Digest()
        while let bytes = try? file.read(), !bytes.isEmpty { digest.add(bytes) }
        return digest.text
    }

    public func check(_ path: String) throws {
        // Opening standard input would take it from whoever reads it later.
        if path != "-" { _ = try OpenFile(path) }
    }

    public func rows(at path: String) async throws -> RowStream { try await rows(at: path, format: nil) }

    public func rows(at path: String, format: String?) async throws -> RowStream {
        let format = try FileFormat.of(path, said: format)
        return RowStream(from: FileRows(try Self.reader(try OpenFile(path), format)))
    }

    public func values(at path: String, columns: [String]) async throws -> [String] {
        let format = FileFormat(path: path) ?? .txt
        var values: [String] = []
        if format == .txt {
            var lines = LineRows(try OpenFile(path))
            while let line = try lines.next() { values.append(Self.trimmed(line.string("line") ?? "")) }
            return values
        }
        var reader = try Self.reader(try OpenFile(path), format)
        var column: String?
        while let row = try reader.next() {
            if column == nil {
                let found = try Self.column(of: row, among: columns, path)
                // A list of people without a header: its first line was taken for one.
                if row.count == 1, !columns.contains(found), Self.isPerson(found) { values.append(found) }
                column = found
            }
            if let column, let value = row[column], !value.isNull { values.append(value.text) }
        }
        return values
    }

    private static func text(_ file: OpenFile) throws -> String {
        var bytes = try file.readAll()
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ZoshError(.local, "\(file.name): this is no UTF-8 text")
        }
        return text
    }

    private static func reader(_ file: OpenFile, _ format: FileFormat) throws -> any RowReader {
        switch format {
        case .csv: try RecordRows(CSVReader(file))
        case .tsv: try RecordRows(TSVReader(file))
        case .ndjson: NDJSONRows(file)
        case .txt: LineRows(file)
        case .json: RowsRead(Row.rows(of: try json(file)))
        case .yaml: RowsRead(Row.rows(of: try YAMLReader.value(of: try text(file), name: file.name)))
        }
    }

    private static func json(_ file: OpenFile) throws -> Value {
        let text = try text(file)
        do {
            return try JSONReader.value(of: text)
        } catch {
            let line = text.utf8.prefix(error.offset).count { $0 == UInt8(ascii: "\n") } + 1
            throw ZoshError(.local, "\(file.name):\(line): \(error.reason)")
        }
    }

    private static func column(of row: Row, among columns: [String], _ path: String) throws -> String {
        for wanted in columns {
            if let name = row.names.first(where: { $0.lowercased() == wanted.lowercased() }) { return name }
        }
        if row.count == 1 { return row.names[0] }
        throw ZoshError(.usage, "'\(path)' has none of the columns \(columns.joined(separator: ", "))")
    }

    private static func isPerson(_ text: String) -> Bool {
        text.contains("@") || (!text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) })
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
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
