public import ZoshKit

/// `open FILE`: the rows of a file.
public struct OpenCommand: Command {
    private let files = LocalFiles()

    public init() {}

    public let signature = Signature("open", "Read the rows of a file", effect: .local) {
        Argument("file", .file, "JSON, NDJSON, CSV, TSV, YAML or text, by its extension")
        Option("format", .choice(FileFormat.words), "What the file holds, whatever its name")
    }

    public let examples = [Example("open people.csv | count", "How many rows a file has")]

    public func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        do {
            return try files.rows(at: try call.require("file"), format: try call["format"])
        } catch let error as ZoshError { throw error.at(call.span(of: "file")) }
    }
}
