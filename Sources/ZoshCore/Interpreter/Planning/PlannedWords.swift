internal import ZoshKit

extension PlannedStage {
    /// The words variables or files decide, without those in blocks.
    var words: [Word] {
        var words: [Word] = []
        switch action {
        case .variable(let word), .program(let word): words.append(word)
        case .command: break
        }
        words += given.compactMap { if case .deferred(let word) = $0.source { word } else { nil } }
        return words + fields.map(\.value) + (condition?.words ?? [])
    }
}

extension PlannedPipeline {
    /// The variables it reads, blocks included, with their places.
    var references: [(VariableReference, Span)] {
        stages.flatMap { stage in
            stage.words.flatMap(\.references)
                + (stage.block?.statements.flatMap { $0.ownPipelines.flatMap(\.references) } ?? [])
        }
    }
}

extension Word {
    /// The variables in it, with their places.
    var references: [(VariableReference, Span)] {
        fragments.compactMap { if case .variable(let reference) = $0.kind { (reference, $0.span) } else { nil } }
    }
}
