internal import ZoshKit

/// Settles what an earlier attempt may have sent before it died: done when Zoho shows the result.
///
/// What Zoho does not show is sent again only if a second time does no harm; else it is left to the person, since the
/// first request may still take effect.
enum PendingStage {
    static func settle(_ planned: inout [PlannedChange], _ session: SessionSnapshot, with executor: any ChangeExecutor)
        async throws
    {
        let arrivals = try await arrivals(planned, executor)
        for index in planned.indices where planned[index].settled == nil {
            let one = planned[index]
            guard let since = one.pendingSince, let change = one.change else { continue }
            planned[index].settled =
                result(of: one, change, arrivals[change.target], since, session)
                ?? (change.isRepeatable ? nil : unverified(change, session))
        }
    }

    /// What Zoho shows of it; nil where it does not show that it happened.
    private static func result(
        of planned: PlannedChange, _ change: Change, _ arrival: Row?, _ since: Int64, _ session: SessionSnapshot
    ) -> ChangeReport? {
        switch planned.result {
        case .values:
            guard let current = planned.current, change.resource.open(change.fields, in: current).isEmpty else {
                return nil
            }
            return ChangeReport(.done, message: "done before; Zoho shows the new values")
        case .absence:
            guard change.resource.isGone(planned.current) else { return nil }
            return ChangeReport(.done, message: "done before; Zoho shows the \(change.resource.noun) as deleted")
        case .newcomer: return arrival.flatMap { report($0, of: change.resource, since, session) }
        case .nothing, nil: return nil
        }
    }

    private static func unverified(_ change: Change, _ session: SessionSnapshot) -> ChangeReport {
        ChangeReport(
            .unverified,
            message: "it was under way when zosh stopped, Zoho does not show it, and it is not sent again; check with "
                + "'\(AddedRecord.check(change, in: session))' before you repeat it")
    }

    private static func arrivals(_ planned: [PlannedChange], _ executor: any ChangeExecutor) async throws
        -> [EffectTarget: Row]
    {
        var wanted: [Resource: [EffectTarget]] = [:]
        var first: Int64?
        for one in planned where one.settled == nil {
            guard let since = one.pendingSince, let change = one.change, one.result == .newcomer else { continue }
            wanted[change.resource, default: []].append(change.target)
            first = min(first ?? since, since)
        }
        guard let first else { return [:] }
        var found: [EffectTarget: Row] = [:]
        for (resource, targets) in wanted {
            let rows = try await executor.find(
                resource, called: Set(targets.map(\.name)), changedSince: first - AddedRecord.skew)
            for target in targets { found[target] = rows[target.name] }
        }
        return found
    }

    /// One of that name is there.
    private static func report(_ row: Row, of resource: Resource, _ since: Int64, _ session: SessionSnapshot)
        -> ChangeReport?
    {
        guard let arrival = AddedRecord(row, of: resource, after: since) else { return nil }
        return arrival.isMade(by: session)
            ? ChangeReport(.done, id: arrival.id, message: "done before; Zoho shows the new \(resource.noun)")
            : ChangeReport(.unchanged, id: arrival.id, message: "added by someone else in the meantime")
    }
}
