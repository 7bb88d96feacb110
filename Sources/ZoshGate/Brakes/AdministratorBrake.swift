internal import ZoshKit

/// Stops what gives or takes administrator rights unless an option allows it, and what would leave an organisation
/// without an administrator.
struct AdministratorBrake {
    /// As many should remain: with a single administrator, a lost phone locks everyone out.
    static let enough = 2

    let isAllowed: Bool
    /// The ids of those who can administrate the organisation now; nil where that cannot be known.
    let administrators: @Sendable () async -> Set<String>?

    /// - Returns: nil when it is allowed.
    /// - Throws: `ZoshError.refused` for what no option allows.
    func stop(_ open: [PlannedChange], at span: Span) async throws -> BrakeStop? {
        let given = open.filter { AdministratorRights.effect(of: $0) == .given }
        let taken = open.filter { AdministratorRights.effect(of: $0) == .taken }
        guard let first = taken.first ?? given.first else { return nil }
        let remaining = taken.isEmpty ? nil : await remaining(after: taken, given)
        if remaining == 0 {
            throw ZoshError(
                .refused, "no active administrator would remain", at: span,
                remedy: "give another user administrator rights first")
        }
        guard !isAllowed else { return nil }
        let people = taken.isEmpty ? given : taken
        let who = people.count == 1 ? ChangeWords.subject(first) : "\(people.count) users"
        let verb = taken.isEmpty ? "gives administrator rights to" : "takes administrator rights from"
        let rest =
            remaining.flatMap { $0 < Self.enough ? "; only \($0) active administrator would remain" : nil } ?? ""
        return BrakeStop(problem: "this \(verb) \(who)\(rest)", option: "--administrators", isAboutMany: false)
    }

    private func remaining(after taken: [PlannedChange], _ given: [PlannedChange]) async -> Int? {
        guard let now = await administrators() else { return nil }
        // An invited user has no rights yet.
        return now.union(given.compactMap(\.id)).subtracting(taken.compactMap(\.id)).count
    }
}
