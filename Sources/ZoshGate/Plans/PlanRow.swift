internal import ZoshKit

/// One row of a plan: a change that applying it makes, or what was left as it is and why.
enum PlanRow: Sendable {
    case planned(PlannedChange)
    /// As it is shown; nothing of it is ever done.
    case settled(Row)

    /// - Parameter planned: as a dry run has it.
    init(_ planned: PlannedChange) {
        guard let report = planned.settled, report.outcome != .planned else {
            self = .planned(planned)
            return
        }
        self = .settled([
            "outcome": .string(report.outcome.rawValue), "subject": .string(ChangeWords.subject(planned)),
            "action": .string(planned.effect.action), "message": Value(report.message), "code": Value(report.code),
        ])
    }

    var outcome: String {
        switch self {
        case .planned: ChangeReport.Outcome.planned.rawValue
        case .settled(let row): row.string("outcome") ?? ""
        }
    }

    /// As it stands in the file: what is shown is worked out from what is done.
    var row: Row {
        switch self {
        case .planned(let planned):
            // Whole: others are to know what they approve.
            ChangeWords.$longest.withValue(100_000) {
                [
                    "outcome": .string(outcome), "subject": .string(ChangeWords.subject(planned)),
                    "action": .string(planned.effect.action), "change": .string(ChangeWords.changes(planned)),
                    "message": Value(planned.doubt ?? planned.leftAlone), "do": .row(Self.recorded(planned)),
                ]
            }
        case .settled(let row): row
        }
    }

    private static func recorded(_ planned: PlannedChange) -> Row {
        var row = RecordedChange.row(planned)
        // It stands in the record, with what else tells who it is.
        row["before"] = nil
        if let record = planned.current { row["record"] = .row(record) }
        if !planned.names.isEmpty {
            row["names"] = .row(Row(planned.names.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        }
        if let doubt = planned.doubt { row["doubt"] = .string(doubt) }
        return row
    }

    /// Nil for what this version does not know.
    init?(_ row: Row) {
        guard let outcome = row.string("outcome").flatMap(ChangeReport.Outcome.init) else { return nil }
        guard outcome == .planned else {
            self = .settled(row)
            return
        }
        guard let recorded = row["do"]?.row, var planned = RecordedChange.change(recorded, among: Resource.all) else {
            return nil
        }
        planned.current = recorded["record"]?.row
        planned.doubt = recorded.string("doubt")
        for (name, value) in recorded["names"]?.row?.fields ?? [] { planned.names[name] = value.text }
        self = .planned(planned)
    }

    /// The change as applying the plan makes it: refused as a whole when a field has another value by then.
    var change: Change? {
        guard case .planned(let planned) = self, let change = planned.change else { return nil }
        return change.expecting(planned.current ?? Row(), seen: planned.current ?? change.seen)
    }
}
