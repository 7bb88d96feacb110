internal import ZoshKit

/// Settles what an earlier attempt may have sent before it died: done when Zoho shows the result.
///
/// A user who is not there is added again. Zoho refuses a second user with the same address (`DUPLICATE_DATA`, Insert
/// User documentation), so a first request that lands late costs a refused row and never a second person.
enum PendingStage {
    /// The clocks of two machines may differ by this much; seconds.
    static let skew: Int64 = 600

    static func settle(_ planned: inout [PlannedChange], _ session: SessionSnapshot, with executor: any ChangeExecutor)
        async throws
    {
        let arrivals = try await arrivals(planned, executor)
        for index in planned.indices where planned[index].settled == nil {
            guard let since = planned[index].pendingSince else { continue }
            let current = planned[index].current
            guard let change = planned[index].change else { continue }
            switch planned[index].result {
            case .values:
                guard let current, change.resource.open(change.fields, in: current).isEmpty else { continue }
                planned[index].settled = ChangeReport(.done, message: "done before; Zoho shows the new values")
            case .absence:
                guard change.resource.isGone(current) else { continue }
                planned[index].settled = ChangeReport(
                    .done, message: "done before; Zoho shows the \(change.resource.noun) as deleted")
            case .newcomer:
                guard let row = arrivals[change.target] else { continue }
                planned[index].settled = report(row, of: change.resource, since, session)
            default: continue
            }
        }
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
