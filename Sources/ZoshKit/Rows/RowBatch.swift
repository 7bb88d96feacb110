/// One page of rows: the unit that moves through a pipeline.
///
/// Pipelines pay per page, not per row (a per-row asynchronous hop costs a hundred times more). How the rows are held
/// is private (`RowStorage`), so that a page of retained bytes read lazily can take this place without any command
/// noticing. A stage that passes on a few rows of a page passes those and not the page.
///
/// For example `RowBatch(batch.rows.filter { $0.string("status") == "active" }, columns: batch.columns)`.
public struct RowBatch: Sendable {
    public let rows: [Row]
    /// The columns of these rows, where the stream could not tell before they came: those of a block's command.
    public let columns: Columns?

    public init(_ rows: [Row], columns: Columns? = nil) {
        self.rows = rows.withoutUnusedPages()
        self.columns = columns
    }

    public var count: Int { rows.count }
    public var isEmpty: Bool { rows.isEmpty }
}
