internal import ZoshKit

extension TextRunner {
    /// Whether a pipeline changes nothing: the text or the session is dry, or each of its writes says so itself. Only
    /// then does it see what the lines before have planned.
    func isDry(_ pipeline: PlannedPipeline, _ session: SessionSnapshot) -> Bool {
        // A plan is applied later, so each of its writes sees Zoho as it is now.
        if session.plan != nil { return false }
        if options.dryRun || session.dryRun { return true }
        let writes = pipeline.stagesWithBlocks.filter { $0.signature?.isWrite == true }
        return !writes.isEmpty && writes.allSatisfy(\.isDry)
    }
}

extension PlannedPipeline {
    /// Its stages, and those of the blocks they run.
    fileprivate var stagesWithBlocks: [PlannedStage] {
        stages.flatMap { stage in
            [stage] + (stage.block?.statements.flatMap { $0.pipelines.flatMap(\.stagesWithBlocks) } ?? [])
        }
    }
}

extension PlannedStage {
    fileprivate var isDry: Bool {
        given.contains { given in
            guard given.parameter.name == "dry-run", case .value(let value) = given.source else { return false }
            return value.value == .bool(true)
        }
    }
}

extension SourceText {
    /// How a later line calls the line of a place.
    func shortPlace(of place: Span) -> String {
        name == nil && !text.contains(where: \.isNewline) ? "an earlier command" : line(of: place)
    }
}
