internal import ZoshKit

/// Settles everything as planned, with each field before and after; a dry run ends here, having only read.
enum DryRunStage {
    static func settle(_ planned: inout [PlannedChange]) {
        for index in planned.indices where planned[index].settled == nil {
            planned[index].settled = report(planned[index])
        }
    }

    private static func report(_ planned: PlannedChange) -> ChangeReport {
        var before = Row()
        var sentences: [String] = []
        for (name, value) in planned.change.after.fields {
            let old = planned.current?[name] ?? .null
            if planned.current != nil {
                if FieldComparison.isSame(value, old, field: name) { continue }
                before[name] = old
            }
            sentences.append(planned.current == nil ? "\(name): \(shown(value))" : "\(name): \(shown(old)) → \(shown(value))")
        }
        var report = ChangeReport(.planned, message: sentences.isEmpty ? nil : sentences.joined(separator: "; "))
        report.before = planned.current == nil ? nil : before
        report.after = planned.change.after
        return report
    }

    private static func shown(_ value: Value) -> String {
        if case .row(let row) = value { return row.string("name") ?? value.text }
        return value.isNull || value.text.isEmpty ? "–" : value.text
    }
}
