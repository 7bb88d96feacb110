internal import ZoshKit

/// Writes the id of each row on its own line, ready for `ids=@file`.
struct IDsRenderer: Renderer {
    /// - Throws: `ZoshError.usage` at the first row that has neither an `id` nor exactly one field. A null id (a change
    ///   that added no user) is passed over.
    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        while let batch = try await stream.next() {
            var lines = ""
            for row in batch.rows {
                let named: Value? = row["id"]
                guard let id = named ?? (row.count == 1 ? row.values.first : nil) else {
                    try await sink.write(Array(lines.utf8))
                    throw ZoshError(.usage, "these rows have no id", remedy: "pick one field with `select`")
                }
                if !id.isNull { lines += target.shown(id.text) + "\n" }
            }
            if !lines.isEmpty { try await sink.write(Array(lines.utf8)) }
        }
    }
}
