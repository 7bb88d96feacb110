internal import ZoshKit

/// A change as a journal keeps it: whole, so that it can be done without asking again what led to it.
enum RecordedChange {
    /// Empty for what is not written down: connections, whose changes can hold secrets.
    static func row(_ planned: PlannedChange) -> Row {
        guard let change = planned.change else { return Row() }
        var row: Row = [
            "resource": .string(change.resource.name), "verb": .string(change.verb.name), "fields": .row(change.fields),
            "shown": .row(change.shown), "action": .string(change.action), "name": .string(planned.label),
        ]
        switch change.subject {
        case .existing(let id): row["id"] = .string(id)
        case .new(let handle): row["new"] = .string(handle)
        }
        if let leftAlone = planned.leftAlone { row["left_alone"] = .string(leftAlone) }
        if change.expected.count > 0 { row["expected"] = .row(change.expected) }
        if change.isAllOrNothing { row["whole"] = true }
        if planned.approvals > 0 { row["approvals"] = .integer(Int64(planned.approvals)) }
        if let seen = change.seen { row["seen"] = .row(seen) }
        if let before = planned.original ?? planned.current.map({ before(change, $0) }) { row["before"] = .row(before) }
        if !change.within.isEmpty { row["within"] = .row(texts(change.within)) }
        if !change.parameters.isEmpty { row["parameters"] = .row(texts(change.parameters)) }
        return row
    }

    /// Nil for what this version does not know.
    static func change(_ row: Row) -> PlannedChange? {
        guard let resource = row.string("resource").flatMap(Resource.named), let verb = row.string("verb"),
            let subject = row.string("id").map({ .existing(id: $0) }) ?? row.string("new").map({ .new(handle: $0) })
                as Change.Target?
        else { return nil }
        let change = Change(
            Verb(verb), resource, subject, within: texts(row["within"]?.row), seen: row["seen"]?.row,
            expected: row["expected"]?.row ?? Row(), isAllOrNothing: row["whole"]?.bool == true,
            fields: row["fields"]?.row ?? Row(),
            shown: row["shown"]?.row ?? Row(),
            parameters: texts(row["parameters"]?.row), action: row.string("action"))
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

    private static func texts(_ values: [String: String]) -> Row {
        Row(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }

    private static func texts(_ row: Row?) -> [String: String] {
        Dictionary(uniqueKeysWithValues: (row?.fields ?? []).map { ($0.name, $0.value.text) })
    }
}
