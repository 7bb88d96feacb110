internal import ZoshKit

/// Settles everything as planned, with each field before and after; a dry run ends here, having only read.
enum DryRunStage {
    /// - Parameter foreseen: what the lines before would have changed.
    static func settle(
        _ planned: inout [PlannedChange], after foreseen: ForeseenChanges? = nil, on connection: String? = nil
    ) {
        for index in planned.indices {
            if let change = planned[index].change, let id = change.id {
                planned[index].addedBy = foreseen?.record(change.resource, id, on: connection)?.addedBy
            }
            // A user who is only foreseen has no id that could be used.
            if let change = planned[index].change, let id = planned[index].settled?.id,
                foreseen?.record(change.resource, id, on: connection)?.addedBy != nil
            {
                planned[index].settled?.id = nil
            }
            // Nothing is asked for either.
            planned[index].accepted = nil
            if planned[index].settled == nil { planned[index].settled = report(planned[index]) }
        }
    }

    private static func report(_ planned: PlannedChange) -> ChangeReport {
        var sentences =
            planned.sent.count > 0
            ? ChangeWords.fields(planned)
            : planned.effect.shown.fields.map { "\($0.name): \(ChangeWords.shown($0.value))" }
        if let change = planned.change, let place = planned.addedBy {
            sentences.append("the \(change.resource.noun) would be added by \(place)")
        }
        if let doubt = planned.doubt { sentences.append(doubt) }
        var report = ChangeReport(.planned, message: sentences.isEmpty ? nil : sentences.joined(separator: "; "))
        if let current = planned.current, let change = planned.change {
            let open = change.resource.open(change.fields, in: current)
            report.before = Row(open.map { ($0, current[$0] ?? .null) })
        }
        report.after = Row(
            planned.effect.shown.fields.map { name, value in (name, planned.names[name].map(Value.string) ?? value) })
        return report
    }
}
