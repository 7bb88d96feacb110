internal import ZoshKit

/// What was doubtful when a variable was set is refused when its rows reach a write: `let x = users list | where city
/// != Lonodn`, and later `$x | users update …`.
extension PipelineRunner {
    /// - Throws: `ZoshError.usage` at a variable whose rows would not have passed before this pipeline's write.
    func checkDoubts(of pipeline: PlannedPipeline) throws {
        guard pipeline.containsWriteAtZoho else { return }
        let ahead = WriteAhead(pipeline.stages)
        let isLimited = ahead.isLimited || shell.session.atMost != nil
        for (reference, place) in pipeline.references {
            let doubt = text.variables.doubts(about: reference.name).first { doubt in
                doubt.isSlip || !isLimited && !ahead.fields.contains(doubt.field ?? "")
            }
            guard let doubt else { continue }
            let limit = "\(ahead.command ?? "") --at-most \(text.variables.count(of: reference.name))"
            throw ZoshError(
                .usage, "'$\(reference.name)' may hold the wrong rows: \(doubt.problem)", at: place,
                remedy: doubt.isSlip
                    ? "choose the rows again with the right value"
                    : "choose the rows again, or say how many may change: \(limit)")
        }
    }
}

extension TextRunner {
    /// What is doubtful about rows that are made of others.
    func doubts(of pipeline: PlannedPipeline, _ outcome: RowOutcome) -> [Doubt] {
        outcome.doubts + doubts(of: pipeline.references)
    }

    func doubts(of references: [(VariableReference, Span)]) -> [Doubt] {
        references.flatMap { variables.doubts(about: $0.0.name) }
    }
}
