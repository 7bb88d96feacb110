internal import ZoshKit

/// What makes a typed line a line of a script.
enum RecordedLine {
    /// The line without aliases and abbreviations.
    static func writtenOut(_ text: String, _ aliases: [String: String], _ registry: CommandRegistry) -> String {
        Abbreviations.writtenOut(Aliases.expanded(text, aliases), registry, aliases: [:])
    }

    /// Whether a directory is needed to write the line for any day.
    static func needsDirectory(_ plan: Plan, _ text: String) -> Bool {
        plan.mentions(in: text).contains { $0.isID || $0.kind == .person && !$0.text.contains("@") }
            || !plan.looseIDs(in: text, besides: []).isEmpty
    }

    /// The line with the answer the person gave: a write that was confirmed does not ask again, and never changes more
    /// than it did then.
    /// - Parameters:
    ///   - shown: the rows the line ended with.
    ///   - allowed: what the flags of the session allow, which the script says itself then.
    static func answered(_ text: String, _ plan: Plan, _ shown: Variable?, _ allowed: RunAllowance) -> String {
        var insertions: [(span: Span, text: String)] = []
        let pipelines = plan.pipelines
        for pipeline in pipelines {
            for stage in pipeline.stages where stage.signature?.isWrite == true {
                let given = Set(stage.given.map(\.parameter.name))
                guard given.isDisjoint(with: ["yes", "dry-run", "template"]) else { continue }
                var options = " --yes"
                let isLast = pipelines.count == 1 && stage.span == pipeline.stages.last?.span
                if isLast, !given.contains("at-most"), case .rows(let rows, _, isWhole: true)? = shown, !rows.isEmpty {
                    // A limit for the session also covers what the lines before have changed within the hour.
                    options += " --at-most \(max(rows.count, allowed.atMost ?? 0))"
                }
                if allowed.administrators, stage.signature?.effect == .writes, !given.contains("administrators") {
                    options += " --administrators"
                }
                insertions.append((Span(stage.span.upper, stage.span.upper), options))
            }
        }
        return TextEdit.apply(insertions, to: text)
    }
}
