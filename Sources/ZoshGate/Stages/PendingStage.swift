internal import ZoshKit

/// Settles what an earlier attempt may have sent before it died: done when Zoho shows the result.
///
/// What Zoho does not show is sent again only if a second time does no harm; else it is left to the person, since the
/// first request may still take effect.
enum PendingStage {
    /// The clocks of two machines may differ by this much; seconds.
    static let skew: Int64 = 600

    static func settle(_ planned: inout [PlannedChange], _ session: SessionSnapshot, with executor: any ChangeExecutor)
        async throws
    {
        let arrivals = try await arrivals(planned, executor)
        for index in planned.indices where planned[index].settled == nil {
            let one = planned[index]
            guard let since = one.pendingSince, let change = one.change else { continue }
            planned[index].settled =
                result(of: one, change, arrivals[change.target], since, session)
                ?? (change.isRepeatable ? nil : unverified(change))
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

    private static func unverified(_ change: Change) -> ChangeReport {
        let (resource, name) = (change.resource, change.id ?? change.label)
        let field = change.id == nil ? resource.handle.description : "id"
        return ChangeReport(
            .unverified,
            message: "it was under way when zosh stopped, Zoho does not show it, and it is not sent again; check with "
                + "'\(resource.name) list | where \(field) == \(name)' before you repeat it".neutralised)
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
                resource, called: Set(targets.map(\.name)), changedSince: first - skew)
            for target in targets { found[target] = rows[target.name] }
        }
        return found
    }

    /// One of that name is there. Ours when it came after the attempt and by our own hand, as far as Zoho tells either.
    private static func report(_ row: Row, of resource: Resource, _ since: Int64, _ session: SessionSnapshot)
        -> ChangeReport?
    {
        let creator = row["created_by.id" as FieldPath].string ?? row["created_by__s.id" as FieldPath].string
        let isOurs = creator == nil || creator == session.connection?.userID
        if let created = row.string("created_time").flatMap({ Timestamp($0)?.instant }),
            created < since - skew
        {
            return nil
        }
        let id = row.string("id")
        return isOurs
            ? ChangeReport(.done, id: id, message: "done before; Zoho shows the new \(resource.noun)")
            : ChangeReport(.unchanged, id: id, message: "added by someone else in the meantime")
    }
}
