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

    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        var fields = SeparatedFields(stream, columns, sink)
        try await fields.write(
            header: { names in
                guard hasHeader else { return "" }
                return Self.record(names.map { target.shown(Self.quoted(SpreadsheetGuard.text(.string($0), isOn: spreadsheet))) })
            },
            row: { columns, row in
                Self.record(columns.map { column in cell(column.cell(in: row), for: target) })
            })
    }

    private func cell(_ value: Value, for target: OutputTarget) -> String {
        if value.isNull { return "" }
        let text = SpreadsheetGuard.text(value, isOn: spreadsheet)
        return text.isEmpty ? "\"\"" : target.shown(Self.quoted(text))
    }

    /// A lone null would be a blank line, which readers skip: it becomes an empty string.
    private static func record(_ cells: [String]) -> String {
        (cells == [""] ? "\"\"" : cells.joined(separator: ",")) + "\r\n"
    }

    static func quoted(_ text: String) -> String {
        let needed = text.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        }
        guard needed else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// Cells that a spreadsheet would run as a formula, made text by an apostrophe; only when asked for.
enum SpreadsheetGuard {
    static func text(_ value: Value, isOn: Bool) -> String {
        let text = value.text
        guard isOn, case .string = value, let first = text.unicodeScalars.first else { return text }
        return "=+-@\t\r".unicodeScalars.contains(first) ? "'" + text : text
    }
}

extension OutputTarget {
    /// The text as this target may see it.
    func shown(_ text: String) -> String { isTerminal ? text.neutralised : text }
}
