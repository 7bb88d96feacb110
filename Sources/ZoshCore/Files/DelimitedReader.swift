internal import ZoshKit

/// Reads CSV and TSV records, streaming, knowing the line each begins at.
///
/// A separate reader: the packaged ones hold the whole file and cannot say where in it an error is. Beyond RFC 4180
/// it takes what spreadsheets and scripts write: line ends of any kind, `;`, tabs and `|` between cells, Excel's
/// `sep=;` and PowerShell's `#TYPE` above the headings. An empty cell is null, `""` an empty string; every other cell
/// is text as it stands there, so ids stay exact.
struct DelimitedReader {
    private var scanner: ByteScanner
    private(set) var dialect: Dialect

    init(_ file: DecodedFile, isTabbed: Bool) throws {
        scanner = ByteScanner(file)
        var first = try file.beginning()[...]
        var skipped = 0
        while let line = Self.line(above: first) {
            skipped += 1
            first = first.dropFirst(line.count).drop { $0 == UInt8(ascii: "\r") }
            if first.first == UInt8(ascii: "\n") { first = first.dropFirst() }
            if case .separator(let byte) = line.meaning {
                dialect = Dialect(separator: byte)
                for _ in 0..<skipped { _ = try scanner.nextLine() }
                return
            }
        }
        dialect = Dialect(of: first, isTabbed: isTabbed, hasMark: file.hasMark || file.encoding != nil)
        for _ in 0..<skipped { _ = try scanner.nextLine() }
    }

    func failure(_ problem: String, line: Int, remedy: String? = nil) -> ZoshError {
        scanner.failure(problem, line: line, remedy: remedy)
    }

    var name: String { scanner.name }

    /// The next record that is not a blank line.
    mutating func next() throws -> (cells: [Value], line: Int)? {
        while try scanner.peek() != nil {
            let line = scanner.line
            let cells = try record()
            if cells != [.null] { return (cells, line) }
        }
        return nil
    }

    /// What may stand above the headings: `sep=;` of Excel, `#TYPE System.Object` of PowerShell.
    private static func line(above text: ArraySlice<UInt8>) -> (meaning: Above, count: Int)? {
        let line = Array(text.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
        if line.count == 5, line.starts(with: Array("sep=".utf8)) || line.starts(with: Array("SEP=".utf8)) {
            return (.separator(line[4]), line.count)
        }
        return line.starts(with: Array("#TYPE ".utf8)) ? (.remark, line.count) : nil
    }

    private enum Above {
        case separator(UInt8)
        case remark
    }

    // MARK: Records

    /// Cells of a record; more is an error, not minutes of work. Spreadsheets have fewer columns.
    static let most = 16_384

    private mutating func record() throws -> [Value] {
        var cells: [Value] = []
        var size = 0
        let line = scanner.line
        while true {
            let (cell, isLast) = try cell()
            size += cell.string?.utf8.count ?? 0
            cells.append(cell)
            guard cells.count <= Self.most else {
                throw scanner.failure("a row has more than \(Self.most) cells", line: line)
            }
            guard size < ByteScanner.longest else { throw scanner.failure("the row is too long", line: line) }
            if isLast { return cells }
        }
    }

    private mutating func cell() throws -> (Value, isLast: Bool) {
        let line = scanner.line
        var blanks: [UInt8] = []
        while try scanner.peek() == UInt8(ascii: " "), let blank = try scanner.next() { blanks.append(blank) }
        guard try scanner.peek() == UInt8(ascii: "\"") else {
            let (bytes, isLast) = try rest(after: blanks)
            return (bytes.isEmpty ? .null : .string(try text(bytes, line: line)), isLast)
        }
        _ = try scanner.next()
        var bytes: [UInt8] = []
        while true {
            try scanner.takeRun(into: &bytes) { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") }
            guard let byte = try scanner.next() else {
                throw scanner.failure("a quote opened here is never closed", line: line)
            }
            if byte == UInt8(ascii: "\"") {
                guard try scanner.peek() == UInt8(ascii: "\"") else { break }
                _ = try scanner.next()
            }
            bytes.append(byte)
        }
        let closing = scanner.line
        let (after, isLast) = try rest(after: [])
        guard after.allSatisfy({ $0 == UInt8(ascii: " ") }) else {
            throw scanner.failure("text after a closing quote", line: closing)
        }
        return (.string(SpreadsheetGuard.removed(from: try scanner.text(bytes, line: line))), isLast)
    }

    private func text(_ bytes: [UInt8], line: Int) throws -> String {
        let text = try scanner.text(bytes, line: line)
        return SpreadsheetGuard.removed(from: dialect.hasEscapes ? SavedEscapes.removed(from: text) : text)
    }

    /// The bytes up to the next separator or line end, which is passed.
    private mutating func rest(after blanks: [UInt8]) throws -> ([UInt8], isLast: Bool) {
        var bytes = blanks
        let separator = dialect.separator
        try scanner.takeRun(into: &bytes) { $0 == separator || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        switch try scanner.next() {
        case separator: return (bytes, false)
        case let end:
            try scanner.passLineEnd(end)
            return (bytes, true)
        }
    }
}
