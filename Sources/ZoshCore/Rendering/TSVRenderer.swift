internal import ZoshKit

/// Writes tab-separated lines: a header, then one line per row; a line is always a row and a tab always a border.
///
/// For other programs tab, line feed, carriage return and backslash inside a cell are written `\t`, `\n`, `\r`, `\\`,
/// as they expect it; a file is written so that it comes back as it was.
struct TSVRenderer: Renderer {
    let columns: [FieldPath]?
    var spreadsheet = false
    /// Off for a table in a pipe: `zosh users list | cut -f2` wants values only.
    var hasHeader = true
    /// Whether our reader will read it. Then an empty text is `""`, so that it differs from null, which is nothing.
    var isFile = false

    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        var fields = SeparatedFields(stream, columns, sink)
        try await fields.write(
            header: { names in
                guard hasHeader else { return "" }
                return Self.line(
                    names.map { written(SpreadsheetGuard.text(.string($0), isOn: spreadsheet), target) })
            },
            row: { columns, row in Self.line(columns.map { cell($0.cell(in: row), target) }) })
    }

    private func cell(_ value: Value, _ target: OutputTarget) -> String {
        let text = SpreadsheetGuard.text(value, isOn: spreadsheet)
        return text.isEmpty && !value.isNull && isFile ? "\"\"" : written(text, target)
    }

    private func written(_ text: String, _ target: OutputTarget) -> String {
        target.shown(isFile ? SavedEscapes.added(to: text) : TSVEscapes.added(to: text))
    }

    private static func line(_ cells: [String]) -> String { cells.joined(separator: "\t") + "\n" }
}
