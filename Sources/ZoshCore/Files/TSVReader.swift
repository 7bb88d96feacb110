internal import ZoshKit

/// Reads tab-separated lines as `TSVRenderer` writes them: `\t`, `\n`, `\r` and `\\` inside a cell are escapes, any
/// other backslash is itself. An empty cell is null.
struct TSVReader: RecordReader {
    private var scanner: ByteScanner

    init(_ file: OpenFile) { scanner = ByteScanner(file) }

    mutating func header() throws -> [String]? { try next()?.cells.map(\.text) }

    func failure(_ problem: String, line: Int) -> ZoshError { scanner.failure(problem, line: line) }

    mutating func next() throws -> (cells: [Value], line: Int)? {
        while true {
            let line = scanner.line
            guard let bytes = try scanner.nextLine() else { return nil }
            guard !bytes.isEmpty else { continue }
            let cells = try bytes.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { cell in
                cell.isEmpty ? Value.null : .string(Self.unescaped(try scanner.text(Array(cell), line: line)))
            }
            return (cells, line)
        }
    }

    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        var result = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "\\", let escaped = scalars.next() else {
                result.append(scalar)
                continue
            }
            switch escaped {
            case "t": result.append("\t")
            case "n": result.append("\n")
            case "r": result.append("\r")
            case "\\": result.append("\\")
            default: result.append(contentsOf: ["\\", escaped])
            }
        }
        return String(result)
    }
}
