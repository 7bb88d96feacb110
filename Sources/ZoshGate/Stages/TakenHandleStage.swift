internal import ZoshKit

/// Settles as refused what would be added under a handle that a record has already: the one that was seen to have it
/// is read again, since lists grow stale.
enum TakenHandleStage {
    static func settle(_ planned: inout [PlannedChange], with executor: any ChangeExecutor) async throws {
        var ids: [Resource: Set<String>] = [:]
        for one in planned where one.settled == nil && one.result == .newcomer {
            guard let change = one.change, let holder = change.holder else { continue }
            ids[change.resource, default: []].insert(holder)
        }
        for (resource, some) in ids {
            let current = try await executor.reread(resource, ids: some.sorted())
            for index in planned.indices where planned[index].settled == nil && planned[index].result == .newcomer {
                guard let change = planned[index].change, change.resource == resource, let id = change.holder,
                    let row = current[id], !resource.isGone(row),
                    let handle = row[resource.handle].string, handle.lowercased() == change.target.name
                else { continue }
                let state = row.string("status").map { " (\($0.neutralised))" } ?? ""
                planned[index].settled = ChangeReport(
                    .refused, id: id, message: "\(handle.neutralised) is a \(resource.noun) already\(state)")
            }
        }
    }
}
