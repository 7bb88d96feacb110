internal import ZoshKit

/// Reads every target again and refuses those that are not who the person saw.
///
/// A list is out of date soon: a colleague may have changed a user's e-mail address or disabled the user. What remains
/// is the time between this reading and the write.
enum RereadStage {
    static func settle(_ planned: inout [PlannedChange], with executor: any ChangeExecutor) async throws {
        for (resource, ids) in targets(planned) {
            let current = try await executor.reread(resource, ids: ids)
            for index in planned.indices where planned[index].settled == nil {
                guard let change = planned[index].change, change.resource == resource, let id = change.id else {
                    continue
                }
                guard let row = current[id] else {
                    // Nothing there is what an earlier deletion would leave behind.
                    if planned[index].result == .absence, planned[index].pendingSince != nil { continue }
                    planned[index].settled = ChangeReport(.refused, message: "no \(resource.noun) has this id")
                    continue
                }
                planned[index].current = row
                if let drift = drift(of: resource, from: change.seen, to: row) {
                    planned[index].settled = ChangeReport(.refused, message: "changed since you saw it: " + drift)
                }
            }
        }
    }

    /// The ids to read, each once, in order.
    private static func targets(_ planned: [PlannedChange]) -> [(resource: Resource, ids: [String])] {
        var ids: [Resource: [String]] = [:]
        var known: Set<EffectTarget> = []
        for one in planned where one.settled == nil {
            guard let change = one.change, let id = change.id, known.insert(change.target).inserted else { continue }
            ids[change.resource, default: []].append(id)
        }
        return ids.map { ($0.key, $0.value) }
    }

    /// What by which it was recognised is no longer as seen; nil when all is, or nothing was seen.
    private static func drift(of resource: Resource, from seen: Row?, to current: Row) -> String? {
        guard let seen else { return nil }
        let moved = resource.identity.compactMap { path -> String? in
            guard let before = seen[path].string, let now = current[path].string else { return nil }
            let isSame = path == resource.handle ? before.lowercased() == now.lowercased() : before == now
            return isSame ? nil : "\(path) was \(before), is \(now)"
        }
        return moved.isEmpty ? nil : moved.joined(separator: "; ")
    }
}
