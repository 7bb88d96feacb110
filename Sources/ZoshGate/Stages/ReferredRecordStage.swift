internal import ZoshKit

/// Settles as refused what would refer to a record that is not there or is gone: a manager who was deleted, an id that
/// no user has. Zoho refuses both (Add User and Update User documentation).
///
/// Only people are looked up: roles and profiles come from Zoho's own lists a moment before.
enum ReferredRecordStage {
    static func settle(_ planned: inout [PlannedChange], with executor: any ChangeExecutor) async throws {
        var ids: [Resource: Set<String>] = [:]
        for one in planned where one.settled == nil {
            for (resource, id, _) in references(one) { ids[resource, default: []].insert(id) }
        }
        for (resource, some) in ids {
            let current: [String: Row]
            do { current = try await executor.reread(resource, ids: some.sorted()) } catch let error as ZoshError
                where [.permission, .auth].contains(error.kind)
            {
                // One who may write users need not be allowed to read them; Zoho decides then.
                continue
            }
            for index in planned.indices where planned[index].settled == nil {
                for (noun, id, field) in references(planned[index]) where noun == resource {
                    guard let row = current[id] else {
                        planned[index].settled = ChangeReport(
                            .refused, code: "INVALID_DATA",
                            message: "\(field) cannot be \(id.neutralised): no \(resource.noun) has this id")
                        break
                    }
                    guard resource.isGone(row) else { continue }
                    let name = row[resource.title].string ?? id
                    planned[index].settled = ChangeReport(
                        .refused, code: "NOT_ALLOWED",
                        message: "\(field) cannot be \(name): the \(resource.noun) is deleted".neutralised)
                    break
                }
            }
        }
    }

    /// The people a change would refer to that it does not refer to yet.
    private static func references(_ planned: PlannedChange) -> [(resource: Resource, id: String, field: String)] {
        guard let change = planned.change, [.values, .newcomer].contains(planned.result) else { return [] }
        return change.fields.fields.compactMap { name, value in
            guard let resource = change.resource.reference(name), case .paged = resource.reads, !value.isNull,
                planned.current.map({ !change.resource.isSame(value, $0[name] ?? .null, field: name) }) ?? true
            else { return nil }
            let id = value.row?["id"]?.text ?? value.text
            return id.isEmpty ? nil : (resource, id, name)
        }
    }
}
