internal import ZoshKit

/// `… | save FILE`: rows into a file, whole or not at all.
struct SaveCommand: CoreCommand {
    let signature = Signature(
        "save", "Write rows to a file", facts: [.savesRows, .keepsFields], input: .required, effect: .local
    ) {
        Argument(
            "file", .file,
            "Its extension says the format: json, ndjson, csv, tsv, yaml, txt (ids); - is standard output")
        Flag("append", "Add to the file; for ndjson, csv, tsv and txt")
        Flag("force", "Replace a file that exists")
        Flag("spreadsheet", "Write CSV and TSV so that a spreadsheet keeps ids, dates and formulas as text")
        Option("format", .choice(FileFormat.words), "Format, regardless of the file name")
    }

    let examples = [
        Example("users list | save people.csv", "all users, as CSV"),
        Example("users list | save - format=ndjson", "to standard output"),
    ]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        try await save(call, forSpreadsheets: await core.session.settings.guardsSpreadsheets)
    }

    /// - Parameter isSet: whether files are written for spreadsheets without being asked.
    func save(_ call: Call, forSpreadsheets isSet: Bool = false) async throws -> RowStream {
        let path: String = try call.require("file")
        if path == Self.standardOutput { return try Self.passed(call) }
        let input = call.input ?? .none
        let mode: FileDraft.Mode = call.flag("append") ? .append : call.flag("force") ? .replace : .create
        let format: FileFormat
        let draft: FileDraft
        do {
            format = try FileFormat.of(path, said: try call["format"])
            if mode == .append, format == .json || format == .yaml {
                throw ZoshError(.usage, "\(format.rawValue) cannot be appended to", remedy: "save as ndjson or csv")
            }
            // Refused before the first row is asked for: asking may cost calls.
            draft = try FileDraft(path, mode)
        } catch let error as ZoshError { throw error.at(call.span(of: "file")) }
        do {
            let writing = try await AppendedRows.prepare(
                input, path, format, mode, isGuarded: isSet || call.flag("spreadsheet"))
            let counted = CountedRows(writing.stream)
            let stream = RowStream(writing.stream.columns, from: counted)
            try await writing.renderer.render(stream, to: draft, for: OutputTarget(isTerminal: false))
            try await draft.commit()
            let count = Int64(await counted.count)
            let row: Row = ["file": .string(path), "rows": .integer(count), "format": .string(format.rawValue)]
            return RowStream(Columns(["file", "rows", "format"]), rows: [row], outcome: await input.outcome())
        } catch {
            await draft.discard()
            throw error
        }
    }
}

/// Passes pages on and counts their rows.
private actor CountedRows: RowSource {
    private let stream: RowStream
    private(set) var count = 0

    init(_ stream: RowStream) { self.stream = stream }

    func next() async throws -> RowBatch? {
        let batch = try await stream.next()
        count += batch?.count ?? 0
        return batch
    }

    func outcome() async -> RowOutcome { await stream.outcome() }
}
