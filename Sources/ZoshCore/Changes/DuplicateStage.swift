internal import ZoshKit

/// Settles a change that was asked for twice in one go: done once, the second time there is nothing to do.
enum DuplicateStage {
    private struct Wish: Hashable {
        let target: ChangeTarget
        let action: String
        let after: Row
    }

    static func settle(_ planned: [PlannedChange]) -> [PlannedChange] {
        var seen: Set<Wish> = []
        return planned.map { one in
            guard one.settled == nil else { return one }
            let wish = Wish(target: one.change.target, action: one.change.action, after: one.change.after)
            guard !seen.insert(wish).inserted else { return one }
            var copy = one
            copy.settled = ChangeReport(.unchanged, message: "asked for twice")
            return copy
        }
    }
}
