internal import ZoshKit

/// `open FILE`: the rows of a file.
struct OpenCommand: CoreCommand {
    let signature = Signature("open", "Read the rows of a file", effect: .local) {
        Argument("file", .file, "JSON, NDJSON, CSV, TSV, YAML or text, by its extension")
        Option("format", .choice(FileFormat.words), "What the file holds, whatever its name")
    }

    let examples = [Example("open people.csv | count", "How many rows a file has")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        do {
            return try await core.files.rows(at: try call.require("file"), format: try call["format"])
        } catch let error as ZoshError { throw error.at(call.span(of: "file")) }
    }
}
