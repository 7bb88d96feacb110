internal import ZoshKit

/// Looks for the files a stage reads before the first line of its text runs, wherever their paths are known: else the
/// lines before a misspelt one would have changed users already.
struct FilesAhead {
    let files: any FileReading

    /// - Parameter made: what the lines before may have made.
    /// - Returns: an error for each file that is not there and that no line before it makes.
    func errors(in stage: PlannedStage, after made: FilesMade) -> [ZoshError] {
        guard let signature = stage.signature else { return [] }
        var errors: [ZoshError] = []
        func look(for path: String, at span: Span) {
            guard !made.mayHold(path) else { return }
            do { try files.check(path) } catch { errors.append(ZoshError.placed(error, at: span)) }
        }
        for given in stage.given {
            switch given.source {
            case .value(let value):
                if given.parameter.type.element == .file, signature.readsItsFiles {
                    look(for: value.text, at: value.span)
                }
            case .deferred(let word):
                if let path = word.dropping(bare: "@")?.literal { look(for: path, at: word.span) }
            }
        }
        // `city=@FILE`.
        for field in stage.fields {
            if let path = field.value.dropping(bare: "@")?.literal, !path.isEmpty {
                look(for: path, at: field.value.span)
            }
        }
        return errors
    }
}
