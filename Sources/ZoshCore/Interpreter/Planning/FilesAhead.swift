internal import ZoshKit

/// Looks for the files a text reads before its first line runs, wherever their paths are written out: else the lines
/// before a misspelt one would have changed users already.
struct FilesAhead {
    private let files: any FileReading
    /// Files that a line before may have made.
    private var made: Set<String> = []
    /// Whether a line before may have made any file at all.
    private var mayBeAny = false
    private var errors: [ZoshError] = []

    /// - Returns: an error for each file that is not there and that no line before it makes.
    static func check(_ lines: [PlannedLine], _ files: any FileReading) -> [ZoshError] {
        var ahead = FilesAhead(files: files)
        for line in lines { ahead.check(line.statements) }
        return ahead.errors
    }

    /// Whether a text has several parts, so that one would have run before a mistake in another is seen.
    static func isNeeded(_ lines: [PlannedLine]) -> Bool {
        var stages = 0
        for line in lines {
            if line.statements.count > 1 { return true }
            line.visit { stage in if stage.block != nil { stages += 1 } }
        }
        return lines.count > 1 || stages > 0
    }

    private init(files: any FileReading) { self.files = files }

    private mutating func check(_ statements: [PlannedStatement]) {
        // `open a.csv || open b.csv` tries files.
        let lastRescue = statements.lastIndex { $0.condition == .ifFailed }
        for (index, statement) in statements.enumerated() {
            let isTried = lastRescue.map { index <= $0 } ?? false
            for stage in statement.pipelines.prefix(1).flatMap(\.stages) { check(stage, isTried: isTried) }
        }
    }

    private mutating func check(_ stage: PlannedStage, isTried: Bool) {
        guard let signature = stage.signature else {
            if case .program = stage.action { mayBeAny = true }
            return
        }
        let reads =
            signature.effect == .reads || signature.effect == .writes || signature.states(.readsFile)
            || signature.states(.runsFile) || signature.states(.joins)
        for given in stage.given where given.parameter.type.element == .file || isFile(given) {
            switch given.source {
            case .value(let value) where reads:
                if !isTried { look(for: value.text, at: value.span) }
            case .value(let value): made.insert(Self.whole(value.text))
            case .deferred(let word):
                if let path = word.dropping(bare: "@")?.literal {
                    if !isTried { look(for: path, at: word.span) }
                } else if !reads {
                    mayBeAny = true
                }
            }
        }
        // What the lines of a file do is not looked at.
        if signature.states(.runsFile) { mayBeAny = true }
        if let block = stage.block { check(block.statements) }
    }

    /// `@FILE`.
    private func isFile(_ given: PlannedStage.Given) -> Bool {
        if case .deferred(let word) = given.source { word.dropping(bare: "@")?.literal != nil } else { false }
    }

    private mutating func look(for path: String, at span: Span) {
        guard !mayBeAny, !made.contains(Self.whole(path)) else { return }
        do { try files.check(path) } catch {
            errors.append(ZoshError.placed(error, at: span))
        }
    }

    /// The path without what says nothing: `./a.csv` is `a.csv`.
    private static func whole(_ path: String) -> String {
        var path = FilePath.resolved(path)
        while path.hasPrefix("./") { path.removeFirst(2) }
        return path
    }
}
