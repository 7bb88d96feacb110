public import ZoshKit

/// The one list of formats and what writes them.
public enum Renderers {
    /// - Parameters:
    ///   - columns: the columns of table, CSV and TSV, when the person named them; nil takes the stream's headline,
    ///     else the fields of the first page. The other formats always write whole rows.
    ///   - spreadsheet: whether CSV and TSV cells that a spreadsheet would run are guarded with an apostrophe.
    public static func renderer(
        for format: OutputFormat, columns: [FieldPath]? = nil, spreadsheet: Bool = false
    ) -> any Renderer {
        switch format {
        case .table: TableRenderer(columns: columns)
        case .json: JSONRenderer()
        case .ndjson: NDJSONRenderer()
        case .csv: CSVRenderer(columns: columns, spreadsheet: spreadsheet)
        case .tsv: TSVRenderer(columns: columns, spreadsheet: spreadsheet)
        case .yaml: YAMLRenderer()
        case .ids: IDsRenderer()
        }
    }
}
