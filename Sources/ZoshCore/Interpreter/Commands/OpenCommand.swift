internal import ZoshKit

/// `open FILE`: the rows of a file.
struct OpenCommand: CoreCommand {
    let signature = Signature("open", "Read the rows of a file", facts: [.readsFile], effect: .local) {
        Argument("file", .file, "JSON, NDJSON, CSV, TSV, YAML or text, by its extension")
        Option("format", .choice(FileFormat.words), "Format, regardless of the file name")
        FileOptions.encodingOption
    }

    let examples = [Example("open people.csv | count", "How many rows a file has")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let rows: RowStream
        do {
            let options = FileOptions(format: try call["format"], encoding: try call["encoding"], takesFormat: true)
            rows = try await core.files.rows(at: try call.require("file"), options)
        } catch let error as ZoshError { throw error.at(call.span(of: "file")) }
        // Signed in, the store is open.
        let all = shell.session.connection == nil ? nil : try await shell.connections.all()
        return try await rows.placedByColumn(among: all)
    }
}
