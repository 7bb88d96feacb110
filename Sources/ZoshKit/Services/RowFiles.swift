/// Files as rows: what `open FILE` and every `--from FILE` read.
public protocol RowFiles: Sendable {
    /// The rows of a file, its format told by the extension (json, ndjson, csv, tsv, yaml).
    /// - Throws: `ZoshError` naming file and line.
    func rows(at path: String) async throws -> RowStream
}
