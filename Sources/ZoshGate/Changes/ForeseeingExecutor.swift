internal import ZoshKit

/// Records as they would be once the lines before had run: what the gate of a dry run reads.
struct ForeseeingExecutor: ChangeExecutor {
    let executor: any ChangeExecutor
    let foreseen: ForeseenChanges
    let connection: String?

    var window: Int { executor.window }

    func perform(_ effect: any Effect) async -> ChangeResult { await executor.perform(effect) }

    func follow(_ job: String, of change: Change) async -> ChangeResult { await executor.follow(job, of: change) }

    func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
        let known = ids.filter { foreseen.record(resource, $0, on: connection)?.addedBy != nil }
        let others = ids.filter { !known.contains($0) }
        var rows = others.isEmpty ? [:] : try await executor.reread(resource, ids: others)
        rows = rows.mapValues { foreseen.applied(to: $0, of: resource, on: connection) }
        for id in known { rows[id] = foreseen.record(resource, id, on: connection)?.row }
        return rows
    }

    func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws
        -> [String: Row]
    {
        try await executor.find(resource, called: handles, changedSince: since)
    }

    func holders(of handles: Set<String>, _ resource: Resource) async throws -> [String: Row] {
        try await executor.holders(of: handles, resource)
    }

    func names(_ resource: Resource, ids: Set<String>) async -> [String: String] {
        let known = ids.compactMap { id in
            foreseen.record(resource, id, on: connection).flatMap { record in
                record.row[resource.title].string.map { (id, $0) }
            }
        }
        let others = ids.subtracting(known.map(\.0))
        return (others.isEmpty ? [:] : await executor.names(resource, ids: others)).merging(known) { $1 }
    }
}

extension ForeseenChanges {
    /// Notes the changes that a dry run has planned.
    func note(_ planned: [PlannedChange], on connection: String?, _ origin: Origin) {
        for one in planned {
            guard one.settled?.outcome == .planned, let change = one.change else { continue }
            note(
                change, current: one.current, names: one.names, on: connection, at: origin.place, of: origin.line)
        }
    }
}
