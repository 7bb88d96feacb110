internal import ZoshKit

/// Writes CSV as RFC 4180 says: a header, CRLF after every record, quotes where needed.
///
/// CRLF because the RFC and spreadsheets want it; `tsv` is the format for `cut` and `awk`. An empty string is written
/// `""` and null as nothing, so that `open` gives back what `save` was given. Text is exact unless the target is a
/// terminal.
struct CSVRenderer: Renderer {
    let columns: [FieldPath]?
    let spreadsheet: Bool
    /// Off for rows appended under a header that is there already.
    var hasHeader = true
    /// A tab is how spreadsheets write TSV: with quotes, not with escapes.
    var separator: Character = ","
    /// A byte order mark first: without one Excel takes UTF-8 for the system's old encoding.
    var hasMark = false

    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        var fields = SeparatedFields(stream, columns, sink)
        try await fields.write(
            header: { names in
                guard hasHeader else { return "" }
                let cells = names.map { name in
                    let text = SpreadsheetGuard.text(.string(name), isOn: spreadsheet)
                    return target.shown(quoted(text, isHeading: true))
                }
                return (hasMark ? "\u{FEFF}" : "") + record(cells)
            },
            row: { columns, row in
                record(columns.map { column in cell(column.cell(in: row), for: target) })
            })
    }

    private func cell(_ value: Value, for target: OutputTarget) -> String {
        if value.isNull { return "" }
        let text = SpreadsheetGuard.text(value, isOn: spreadsheet)
        return text.isEmpty ? "\"\"" : target.shown(quoted(text))
    }

    /// A lone null would be a blank line, which readers skip: it becomes an empty string.
    private func record(_ cells: [String]) -> String {
        (cells == [""] ? "\"\"" : cells.joined(separator: String(separator))) + "\r\n"
    }

    /// - Parameter isHeading: then what other readers, ours too, take for a separator or a remark is quoted as well.
    private func quoted(_ text: String, isHeading: Bool = false) -> String {
        let looksOdd = isHeading && (text.hasPrefix("#TYPE ") || text.utf8.contains { Self.separators.contains($0) })
        let needed =
            looksOdd
            || text.utf8.contains { byte in
                byte == separator.asciiValue || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                    || byte == UInt8(ascii: "\r")
            }
        guard needed else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private static let separators = Array(",;\t|".utf8)
}

extension OutputTarget {
    /// The text as this target may see it.
    func shown(_ text: String) -> String { isTerminal ? text.neutralised : text }
}
