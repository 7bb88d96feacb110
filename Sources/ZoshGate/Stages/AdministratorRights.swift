internal import ZoshKit

/// Which changes give or take administrator rights: administrators can do everything in the organisation, so such a
/// change is asked about separately.
enum AdministratorRights {
    enum Direction: CaseIterable { case given, taken }

    /// Zoho's profile of that name cannot be renamed or changed (Profiles documentation).
    static func isAdministrator(profile name: String) -> Bool { name.lowercased() == "administrator" }

    static func effect(of planned: PlannedChange) -> Direction? {
        guard planned.change?.resource.population != nil else { return nil }
        let had = holds(planned.known?["profile"])
        switch planned.result {
        case .newcomer: return gets(planned) == true ? .given : nil
        case .absence: return had ? .taken : nil
        case .values:
            let gets = gets(planned)
            if let gets, gets != had { return gets ? .given : .taken }
            // The owner of the address controls the account.
            if gets ?? had, changesHandle(planned) { return .given }
            guard gets ?? had, let status = planned.sent["status"], let resource = planned.change?.resource else {
                return nil
            }
            let before = planned.known?.string("status").map { resource.shown($0, in: "status") }
            let after = resource.shown(status.text, in: "status")
            return before == after ? nil : after == "active" ? .given : .taken
        default: return nil
        }
    }

    /// Whether a change could give or take administrator rights, whatever the user's rights are now.
    static func mayConcern(_ change: Change) -> Bool {
        guard change.resource.population != nil else { return false }
        return change.write?.result == .absence || change.newHandle != nil
            || change.fields.names.contains { ["profile", "status"].contains($0.lowercased()) }
    }

    private static func changesHandle(_ planned: PlannedChange) -> Bool {
        guard let change = planned.change, let handle = change.newHandle else { return false }
        return planned.known?[change.resource.handle].string?.lowercased() != handle.lowercased()
    }

    private static func holds(_ profile: Value?) -> Bool {
        profile.map { isAdministrator(profile: $0.shownText) } ?? false
    }

    /// Whether the profile that is set is an administrator's; nil when none is set. A profile whose name cannot be had
    /// may be one.
    private static func gets(_ planned: PlannedChange) -> Bool? {
        guard let field = planned.sent.names.first(where: { $0.lowercased() == "profile" }),
            let value = planned.sent[field], !value.text.isEmpty
        else { return nil }
        if let current = planned.known?[field], planned.change?.resource.isSame(value, current, field: field) == true {
            return holds(current)
        }
        let shown = planned.shown(field, value)
        return isAdministrator(profile: shown) || shown.hasPrefix("the id ")
    }

    /// Whether the name of a profile that is set by its id decides.
    static func isAsked(_ planned: PlannedChange) -> Bool {
        planned.settled == nil && planned.change?.resource.population != nil
            && planned.sent.names.contains { $0.lowercased() == "profile" }
    }

    /// Whether it concerns a user who is an administrator, or becomes one.
    static func isConcerned(_ planned: PlannedChange) -> Bool {
        guard planned.change?.resource.population != nil else { return false }
        return holds(planned.known?["profile"]) || effect(of: planned) != nil
    }

    /// Those for whom a question has to say that they get or lose the rights, a line for each direction.
    static func sentences(_ open: [PlannedChange]) -> [String] {
        Direction.allCases.compactMap { direction in
            let concerned = open.filter { effect(of: $0) == direction }
            guard let first = concerned.first else { return nil }
            let who = concerned.count == 1 ? ChangeWords.subject(first) : "\(concerned.count) users"
            return direction == .given
                ? "This gives administrator rights to \(who)" : "This takes administrator rights from \(who)"
        }
    }
}
