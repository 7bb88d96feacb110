public import ZoshKit

/// Writes the lines of text another program printed, as they are.
public struct TextRenderer: Renderer {
    public init() {}

    public func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        while let batch = try await stream.next() {
            var text = ""
            for row in batch.rows {
                let line = row.string("line") ?? ""
                // A tab is no danger to a terminal, and columns hang on it.
                text +=
                    target.isTerminal
                    ? line.split(separator: "\t", omittingEmptySubsequences: false).map(\.neutralised).joined(
                        separator: "\t") : line
                text += "\n"
            }
            try await sink.write(Array(text.utf8))
        }
    }
}
