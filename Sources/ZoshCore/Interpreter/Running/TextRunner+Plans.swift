internal import ZoshKit

extension TextRunner {
    /// Writes down the plans that were made of a line.
    /// - Parameter status: how the line ended.
    /// - Returns: how it ends with them.
    func writePlans(of line: PlannedLine, after status: ExitStatus) async -> ExitStatus {
        let plans = tally.takePlans()
        do {
            for plan in plans { await sink.conclude(RowOutcome(notes: try await plan.lineEnded(after: status))) }
            if plans.isEmpty, depth == 0, [.done, .partial].contains(status),
                await interpreter.session.settings.plan != nil
            {
                throw ZoshError(
                    .usage, "the line changes nothing at Zoho, so there is no plan to write",
                    remedy: "leave --plan out")
            }
            return status
        } catch {
            let error = ZoshError.placed(error, at: line.span)
            await sink.report(error, in: source)
            return ExitStatus(error.kind)
        }
    }
}

extension PipelineRunner {
    /// The file a plan of a write goes to; nil for a write that is not planned.
    func planFile(_ bound: inout [String: [BoundValue]], of stage: PlannedStage) throws -> String? {
        let own = bound.removeValue(forKey: "plan")?.last
        let outer = shell.session.plan
        // A session that plans is dry by itself.
        let isDry =
            bound["dry-run"]?.last?.value == .bool(true)
            || outer == nil && (text.options.dryRun || shell.session.dryRun)
        guard let plan = own?.text ?? outer else { return nil }
        if let own, let outer, own.text != outer {
            throw ZoshError(
                .usage, "the plan of this line goes to '\(outer.neutralised)' already", at: own.span,
                remedy: "name one file")
        }
        if isDry {
            throw ZoshError(.usage, "use either --dry-run or --plan", at: own?.span ?? stage.name)
        }
        if stage.signature?.effect == .writesLocally {
            throw ZoshError(
                .usage, "changes to zosh's own settings cannot be planned", at: stage.name,
                remedy: "show what would change: --dry-run")
        }
        return plan
    }
}
