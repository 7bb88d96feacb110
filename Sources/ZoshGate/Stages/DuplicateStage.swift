internal import ZoshKit

/// Settles what is listed twice in one go: the same change is done once, and values that contradict each other are
/// refused, since it is not clear which is meant.
enum DuplicateStage {
    private struct ChangeKey: Hashable {
        let target: EffectTarget
        let action: String
        let shown: Row
    }

    static func settle(_ planned: [PlannedChange]) -> [PlannedChange] {
        let disputed = contradictions(planned)
        var seen: Set<ChangeKey> = []
        return planned.map { one in
            guard one.settled == nil else { return one }
            var copy = one
            let wish = ChangeKey(target: one.effect.target, action: one.effect.action, shown: one.effect.shown)
            if let field = disputed[one.effect.target] {
                copy.settled = ChangeReport(.refused, message: "listed twice with different values for \(field)")
            } else if !seen.insert(wish).inserted {
                copy.settled = ChangeReport(.unchanged, message: "listed twice")
            }
            return copy
        }
    }

    /// The records of which two changes set a field to different values, with the field's name.
    private static func contradictions(_ planned: [PlannedChange]) -> [EffectTarget: String] {
        var values: [EffectTarget: [String: Value]] = [:]
        var found: [EffectTarget: String] = [:]
        for one in planned where one.settled == nil {
            guard let change = one.change, one.result == .values else { continue }
            let target = change.target
            for (name, value) in change.fields.fields {
                if let other = values[target]?[name], !change.resource.isSame(value, other, field: name) {
                    found[target] = found[target] ?? name
                }
                values[target, default: [:]][name] = value
            }
        }
        return found
    }
}
