internal import ZoshKit

/// Refuses, where a connection demands approvals, what touches an administrator, deletes something or changes more than
/// ten users, unless it comes from a plan that enough others have signed.
enum ApprovalStage {
    /// More than this many need an approval.
    static let few = 10

    /// Why changes need an approval, as part of a sentence; nil when they do not.
    /// - Parameter before: how many targets the line has changed already.
    static func reason(_ planned: [PlannedChange], before: Int = 0) -> String? {
        let open = planned.filter { $0.effect.reachesZoho && [nil, .planned].contains($0.settled?.outcome) }
        guard !open.isEmpty else { return nil }
        if let one = open.first(where: { $0.result == .absence }), let noun = one.change?.resource.noun {
            return "deletes a \(noun)"
        }
        if open.contains(where: touchesAdministrator) { return "touches an administrator" }
        let count = Set(open.map(\.effect.target)).count + before
        return count > few ? "changes \(count) users" : nil
    }

    /// Whether the user is an administrator, or becomes one. A user whose profile is unknown counts as one.
    private static func touchesAdministrator(_ planned: PlannedChange) -> Bool {
        guard let change = planned.change, change.resource.holdsCaller else { return false }
        if AdministratorRights.effect(of: planned) != nil { return true }
        guard change.id != nil else { return false }
        guard let profile = planned.known?["profile"] else { return true }
        return AdministratorRights.isAdministrator(profile: profile.shownText)
    }

    /// - Throws: `ZoshError.refused` when an approval is missing.
    static func check(
        _ planned: [PlannedChange], _ session: SessionSnapshot, _ tally: LineTally, isPlan: Bool, at span: Span
    ) throws {
        guard let connection = session.connection, connection.approvals > 0 else { return }
        let own = LineTally.targets(of: planned.map(\.effect), on: connection.name)
        let before = max(0, tally.whole.count(adding: own).all - own.count)
        guard let reason = reason(planned, before: before) else { return }
        let open = planned.filter { $0.effect.reachesZoho && $0.settled == nil }
        let fewest = open.map(\.approvals).min() ?? 0
        guard fewest < connection.approvals else { return }
        let missing = connection.approvals - fewest
        throw ZoshError(
            .refused,
            "this \(reason), and '\(connection.name)' demands \(missing) \(fewest > 0 ? "more " : "")"
                + "approval\(missing == 1 ? "" : "s") by others for that", at: span,
            remedy: isPlan
                ? "send the plan to an approver, who runs: approve FILE"
                : "make a plan of it with --plan FILE, and send that to an approver")
    }
}
