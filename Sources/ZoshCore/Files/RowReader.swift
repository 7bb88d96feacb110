internal import ZoshKit

/// A file as rows, read one after the other.
protocol RowReader {
    mutating func next() throws -> Row?

    /// Which fields the rows can have, where that is known before they are read.
    var fields: KnownFields? { get }
}

extension RowReader {
    var fields: KnownFields? { nil }
}

/// NDJSON: one value per line, blank lines passed over; what is not an object becomes `value`.
struct NDJSONRows: RowReader {
    private var scanner: ByteScanner
    private var reader = JSONReader.Lines(refusesRepeatedNames: true)

    init(_ file: DecodedFile) { scanner = ByteScanner(file) }

    mutating func next() throws -> Row? {
        while true {
            let line = scanner.line
            guard let bytes = try scanner.nextLine() else { return nil }
            guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
            // The reader would repair what is not UTF-8.
            if !bytes.allSatisfy({ $0 < 0x80 }) { _ = try scanner.text(bytes, line: line) }
            do {
                return Row(element: try reader.value(of: bytes)).located(at: RowOrigin(file: scanner.name, line: line))
            } catch { throw scanner.failure("\(error.reason) (column \(error.offset + 1))", line: line) }
        }
    }
}

/// A text file: each line that is not blank as `line`.
struct LineRows: RowReader {
    private var scanner: ByteScanner
    private let shape = Shape(["line"])

    init(_ file: DecodedFile) { scanner = ByteScanner(file) }

    mutating func next() throws -> Row? {
        while true {
            let line = scanner.line
            guard let bytes = try scanner.nextLine() else { return nil }
            let text = try scanner.text(bytes, line: line)
            if text.contains(where: { !$0.isWhitespace }) {
                return Row(shape: shape.located(at: RowOrigin(file: scanner.name, line: line)), values: [.string(text)])
            }
        }
    }
}

/// Rows that are in memory already.
struct RowsRead: RowReader {
    private var rows: ArraySlice<Row>

    init(_ rows: [Row]) { self.rows = rows[...] }

    var fields: KnownFields? { rows.isEmpty ? nil : .union(of: Array(rows)) }

    mutating func next() -> Row? { rows.popFirst() }
}

extension Row {
    /// An object as it is, anything else as the field `value`.
    init(element: Value) {
        if case .row(let row) = element { self = row } else { self = ["value": element] }
    }
}
