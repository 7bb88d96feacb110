internal import ZoshKit

/// The fields that the rows of a file have, read from its first rows before the line that opens it runs.
struct HeadingsAhead {
    let files: any FileReading
    /// Whether the files are as the run will read them: a resumed run uses their old content.
    let isNew: Bool

    /// What `open` and the like will read.
    /// - Parameter words: those of the stage whose values are known.
    /// - Returns: nil where that cannot be known: a file that is made on the way, a pipe, no rows, options not known.
    func fields(of stage: PlannedStage, _ words: [String: [BoundValue]], after made: FilesMade) async -> KnownFields? {
        guard let signature = stage.signature, Set(stage.given.map(\.parameter.name)).isSubset(of: words.keys),
            let path = stage.signature?.parameters.first(where: { $0.type == .file }).flatMap({ words[$0.name]?.last })
        else { return nil }
        let call = Call(signature, span: stage.name, bound: words)
        let options: FileOptions
        do { options = FileOptions(format: try call["format"], encoding: try call["encoding"]) } catch { return nil }
        return await fields(at: path.text, options, after: made)
    }

    func fields(at path: String, _ options: FileOptions, after made: FilesMade) async -> KnownFields? {
        guard isNew, !made.mayHold(path), files.isRegular(path), let rows = try? await files.rows(at: path, options)
        else { return nil }
        if let known = rows.columns.fields { return known }
        guard let page = try? await rows.next(), !page.rows.isEmpty else { return nil }
        return page.columns?.fields ?? .union(of: page.rows)
    }
}
