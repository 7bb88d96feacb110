internal import ZoshKit

/// A change as a journal keeps it: whole, so that it can be done without asking again what led to it.
enum RecordedChange {
    /// In the form of a change on a wire, with what the gate knows beside it. Empty for what is not written down:
    /// connections, whose changes can hold secrets.
    static func row(_ planned: PlannedChange) -> Row {
        if let unknown = planned.effect as? UnknownChange { return unknown.recorded }
        guard let change = planned.change, var row = change.wire.row else { return Row() }
        row["name"] = .string(planned.label)
        if let leftAlone = planned.leftAlone { row["left_alone"] = .string(leftAlone) }
        if planned.approvals > 0 { row["approvals"] = .integer(Int64(planned.approvals)) }
        if let before = planned.original ?? planned.current.map({ before(change, $0) }) { row["before"] = .row(before) }
        return row
    }

    /// Nil for what this version does not know.
    /// - Parameter nouns: the table that says what its noun means.
    static func change(_ row: Row, among nouns: [Resource]) -> PlannedChange? {
        guard let change = try? Change(wire: .row(row), among: nouns) else { return nil }
        var planned = PlannedChange(change)
        planned.name = row.string("name")
        planned.approvals = row["approvals"]?.integer.flatMap { Int(exactly: $0) } ?? 0
        planned.leftAlone = row.string("left_alone")
        planned.current = row["before"]?.row
        return planned
    }

    /// What the fields were, as the record was read before the change: what `undo` puts back. A field that Zoho did not
    /// show is left out, since its value is not known.
    private static func before(_ change: Change, _ current: Row) -> Row {
        switch change.write?.result {
        case .values: Row(change.fields.names.compactMap { name in current[name].map { (name, $0) } })
        default: change.resource.essence(of: current)
        }
    }
}
