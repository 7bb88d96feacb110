internal import ZoshKit

/// Settles what is listed twice in one go: the same change is done once, and values that contradict each other are
/// refused, since nobody can tell which is meant.
enum DuplicateStage {
    private struct Wish: Hashable {
        let target: ChangeTarget
        let action: String
        let after: Row
    }

    static func settle(_ planned: [PlannedChange]) -> [PlannedChange] {
        let disputed = contradictions(planned)
        var seen: Set<Wish> = []
        return planned.map { one in
            guard one.settled == nil else { return one }
            var copy = one
            let wish = Wish(target: one.change.target, action: one.change.action, after: one.change.after)
            if let field = disputed[one.change.target] {
                copy.settled = ChangeReport(.refused, message: "listed twice with different values for \(field)")
            } else if !seen.insert(wish).inserted {
                copy.settled = ChangeReport(.unchanged, message: "listed twice")
            }
            return copy
        }
    }

    /// The users whom two updates give different values of a field, with its name.
    private static func contradictions(_ planned: [PlannedChange]) -> [ChangeTarget: String] {
        var values: [ChangeTarget: [String: Value]] = [:]
        var found: [ChangeTarget: String] = [:]
        for one in planned where one.settled == nil {
            guard case .updateUser(_, let fields) = one.change.operation else { continue }
            for (name, value) in fields.fields {
                if let other = values[one.change.target]?[name], !FieldComparison.isSame(value, other, field: name) {
                    found[one.change.target] = found[one.change.target] ?? name
                }
                values[one.change.target, default: [:]][name] = value
            }
        }
        return found
    }
}
