internal import ZoshKit

/// Writes tab-separated lines: a header, then one line per row; tab, line feed, carriage return and backslash inside a
/// cell are written `\t`, `\n`, `\r`, `\\`, so that a line is always a row and a tab always a border.
struct TSVRenderer: Renderer {
    let columns: [FieldPath]?
    var spreadsheet = false
    /// Off for a table in a pipe: `zosh users list | cut -f2` wants values only.
    var hasHeader = true

    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        var fields = SeparatedFields(stream, columns, sink)
        try await fields.write(
            header: { hasHeader ? Self.line($0.map { SpreadsheetGuard.text(.string($0), isOn: spreadsheet) }, target) : "" },
            row: { columns, row in
                Self.line(columns.map { SpreadsheetGuard.text($0.cell(in: row), isOn: spreadsheet) }, target)
            })
    }

    private static func line(_ cells: [String], _ target: OutputTarget) -> String {
        cells.map { target.shown(escaped($0)) }.joined(separator: "\t") + "\n"
    }

    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { escape(for: $0) != nil }) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if let escape = escape(for: byte) { bytes.append(contentsOf: escape.utf8) } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func escape(for byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "\t"): "\\t"
        case UInt8(ascii: "\n"): "\\n"
        case UInt8(ascii: "\r"): "\\r"
        case UInt8(ascii: "\\"): "\\\\"
        default: nil
        }
    }
}
