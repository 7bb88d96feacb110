internal import ZoshKit

/// Files that earlier lines may write; their present content is not reliable.
struct FilesMade: Sendable {
    private var made: Set<String> = []
    /// Whether any file at all may have been made.
    private var mayBeAny = false

    func mayHold(_ path: String) -> Bool { mayBeAny || made.contains(Self.whole(path)) }

    /// Adds what a stage may make.
    mutating func add(by stage: PlannedStage) {
        guard let signature = stage.signature else {
            if case .program = stage.action { mayBeAny = true }
            return
        }
        // What the lines of a file do is not looked at, unless it could be read.
        if signature.states(.runsFile), stage.file == nil { mayBeAny = true }
        for given in stage.given where given.parameter == WriteOptions.plan {
            if case .value(let value) = given.source { made.insert(Self.whole(value.text)) } else { mayBeAny = true }
        }
        guard !signature.readsItsFiles else { return }
        for given in stage.given where given.parameter.type.element == .file {
            switch given.source {
            case .value(let value): made.insert(Self.whole(value.text))
            case .deferred(let word): if word.dropping(bare: "@") == nil { mayBeAny = true }
            }
        }
    }

    /// The path without what says nothing: `./a.csv` is `a.csv`.
    private static func whole(_ path: String) -> String {
        var path = FilePath.resolved(path)
        while path.hasPrefix("./") { path.removeFirst(2) }
        return path
    }
}

extension Signature {
    /// Whether the files it is given are read rather than made.
    var readsItsFiles: Bool {
        effect == .reads || effect == .writes || states(.readsFile) || states(.runsFile) || states(.joins)
    }
}
