internal import ZoshKit

/// Reads CSV records as RFC 4180 defines them, streaming, knowing the line each begins at.
///
/// A reader of its own: the packaged ones hold the whole file and cannot say where in it an error is. Beyond the RFC
/// it takes what spreadsheets write: a byte order mark, line ends of any kind, and `;` between fields when the header
/// holds no comma. An empty cell is null, `""` an empty string; every other cell is text, so ids stay exact.
struct CSVReader: RecordReader {
    private var scanner: ByteScanner
    private var separator = UInt8(ascii: ",")

    init(_ file: OpenFile) { scanner = ByteScanner(file) }

    mutating func header() throws -> [String]? {
        guard let record = try next() else { return nil }
        guard record.cells.count == 1, let only = record.cells[0].string, only.contains(";") else {
            return record.cells.map(\.text)
        }
        separator = UInt8(ascii: ";")
        return only.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    }

    func failure(_ problem: String, line: Int) -> ZoshError { scanner.failure(problem, line: line) }

    /// The next record that is not a blank line.
    mutating func next() throws -> (cells: [Value], line: Int)? {
        while try scanner.peek() != nil {
            let line = scanner.line
            let cells = try record()
            if cells != [.null] { return (cells, line) }
        }
        return nil
    }

    private mutating func record() throws -> [Value] {
        var cells: [Value] = []
        while true {
            let (cell, isLast) = try cell()
            cells.append(cell)
            if isLast { return cells }
        }
    }

    private mutating func cell() throws -> (Value, isLast: Bool) {
        let line = scanner.line
        guard try scanner.peek() == UInt8(ascii: "\"") else {
            let (bytes, isLast) = try rest()
            return (bytes.isEmpty ? .null : .string(try scanner.text(bytes, line: line)), isLast)
        }
        _ = try scanner.next()
        var bytes: [UInt8] = []
        while true {
            guard let byte = try scanner.next() else { throw scanner.failure("a quote opened here is never closed", line: line) }
            if byte == UInt8(ascii: "\"") {
                guard try scanner.peek() == UInt8(ascii: "\"") else { break }
                _ = try scanner.next()
            }
            bytes.append(byte)
            guard bytes.count < ByteScanner.longest else { throw scanner.failure("a quote opened here is never closed", line: line) }
        }
        let closing = scanner.line
        let (after, isLast) = try rest()
        guard after.isEmpty else { throw scanner.failure("text after a closing quote", line: closing) }
        return (.string(try scanner.text(bytes, line: line)), isLast)
    }

    /// The bytes up to the next separator or line end, which is passed.
    private mutating func rest() throws -> ([UInt8], isLast: Bool) {
        var bytes: [UInt8] = []
        while let byte = try scanner.next() {
            switch byte {
            case separator: return (bytes, false)
            case UInt8(ascii: "\n"): return (bytes, true)
            case UInt8(ascii: "\r"):
                if try scanner.peek() == UInt8(ascii: "\n") { _ = try scanner.next() }
                return (bytes, true)
            default: bytes.append(byte)
            }
            guard bytes.count < ByteScanner.longest else { throw scanner.failure("the record is too long") }
        }
        return (bytes, true)
    }
}
