internal import ZoshKit

/// Leaves alone what someone has changed since: a field that has another value by now than the change expects. A change
/// of a plan is refused whole then, since it is not what was reviewed any more.
enum ChangedSinceStage {
    static func settle(_ planned: inout [PlannedChange]) {
        for index in planned.indices where planned[index].settled == nil {
            guard let change = planned[index].change, change.expected.count > 0, let current = planned[index].current
            else { continue }
            let moved = change.expected.names.filter { isMoved($0, change, current) }
            guard !moved.isEmpty else { continue }
            let values = moved.map { "\($0) is \(ChangeWords.shown(current[$0] ?? .null))" }
            if change.isAllOrNothing {
                planned[index].settled = ChangeReport(
                    .refused, message: "changed since it was planned: \(values.joined(separator: ", "))")
                continue
            }
            let sentence = "changed since, so left alone: \(values.joined(separator: ", "))"
            let rest = change.leaving(out: Set(moved))
            if rest.fields.count == 0 {
                // Nothing of it is to be put back any more, which is no failure.
                planned[index].settled = ChangeReport(.unchanged, message: sentence)
            } else {
                planned[index].effect = rest
                planned[index].leftAlone = sentence
            }
        }
    }

    private static func isMoved(_ name: String, _ change: Change, _ current: Row) -> Bool {
        let (resource, now) = (change.resource, current[name] ?? .null)
        // What has the value already is nothing to do.
        if let wanted = change.fields[name], resource.isSame(wanted, now, field: name) { return false }
        return !resource.isSame(change.expected[name] ?? .null, now, field: name)
    }
}
