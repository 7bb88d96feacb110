/// How many users may be changed through one connection within an hour without `--at-most`.
///
/// For example `BrakeLimits.standard.changed.most(of: 100)` is 25.
public struct BrakeLimits: Sendable, Hashable {
    /// A number of users, or a part of the active ones, whichever is more: a small organisation is not stopped at its
    /// third change, a large one not at its eleventh.
    public struct Share: Sendable, Hashable {
        public var users: Int
        /// Of the active users.
        public var percent: Int

        public init(users: Int, percent: Int) {
            self.users = users
            self.percent = percent
        }

        /// - Parameter active: how many users the organisation has that are active; nil where that is not known.
        public func most(of active: Int?) -> Int { max(users, (active ?? 0) * percent / 100) }
    }

    /// Updated, deactivated or deleted.
    public var changed: Share
    /// Deactivated or deleted.
    public var removed: Share

    public init(changed: Share, removed: Share) {
        self.changed = changed
        self.removed = removed
    }

    public static let standard = BrakeLimits(
        changed: Share(users: 10, percent: 25), removed: Share(users: 5, percent: 10))

    /// What `connections set` calls them.
    public enum Key: String, CaseIterable, Sendable {
        case changedUsers = "changed-users"
        case changedPercent = "changed-percent"
        case removedUsers = "removed-users"
        case removedPercent = "removed-percent"
    }

    public subscript(_ key: Key) -> Int {
        get {
            switch key {
            case .changedUsers: changed.users
            case .changedPercent: changed.percent
            case .removedUsers: removed.users
            case .removedPercent: removed.percent
            }
        }
        set {
            switch key {
            case .changedUsers: changed.users = newValue
            case .changedPercent: changed.percent = newValue
            case .removedUsers: removed.users = newValue
            case .removedPercent: removed.percent = newValue
            }
        }
    }
}
