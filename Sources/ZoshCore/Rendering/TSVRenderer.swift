internal import ZoshKit

/// Writes tab-separated lines: a header, then one line per row; tab, line feed, carriage return and backslash inside a
/// cell are written `\t`, `\n`, `\r`, `\\`, so that a line is always a row and a tab always a border.
struct TSVRenderer: Renderer {
    let columns: [FieldPath]?
    var spreadsheet = false
    /// Off for a table in a pipe: `zosh users list | cut -f2` wants values only.
    var hasHeader = true
    /// What an empty text is written as; null is always nothing. Files say `""`, so that it comes back; a pipe has no
    /// use for quotes.
    var emptyText = ""

    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        var fields = SeparatedFields(stream, columns, sink)
        try await fields.write(
            header: { names in
                guard hasHeader else { return "" }
                return Self.line(
                    names.map { Self.written(SpreadsheetGuard.text(.string($0), isOn: spreadsheet), target) })
            },
            row: { columns, row in Self.line(columns.map { cell($0.cell(in: row), target) }) })
    }

    private func cell(_ value: Value, _ target: OutputTarget) -> String {
        let text = SpreadsheetGuard.text(value, isOn: spreadsheet)
        return text.isEmpty && !value.isNull ? emptyText : Self.written(text, target)
    }

    private static func written(_ text: String, _ target: OutputTarget) -> String {
        target.shown(TSVEscapes.added(to: text))
    }

    private static func line(_ cells: [String]) -> String { cells.joined(separator: "\t") + "\n" }
}
