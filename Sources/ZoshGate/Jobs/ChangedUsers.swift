internal import ZoshKit

/// Whom changes hit, as the brakes count: each user once, however many changes they get. A new user does not count.
struct ChangedUsers: Sendable {
    private(set) var changed: Set<EffectTarget> = []
    /// Those of them who are deactivated or deleted.
    private(set) var removed: Set<EffectTarget> = []

    init() {}

    init(_ changes: some Sequence<Change>) {
        for change in changes { add(change) }
    }

    mutating func add(_ change: Change) {
        guard let person = change.person else { return }
        add(person, endsWork: change.concerns == nil && change.endsWork)
    }

    mutating func add(_ target: EffectTarget, endsWork: Bool) {
        changed.insert(target)
        if endsWork { removed.insert(target) }
    }

    func union(_ others: ChangedUsers) -> ChangedUsers {
        var all = self
        all.changed.formUnion(others.changed)
        all.removed.formUnion(others.removed)
        return all
    }
}
