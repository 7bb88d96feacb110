internal import ZoshKit

/// Settles as refused what would give a record a handle that another one has: the one that was seen to have it is read
/// again, since lists grow stale.
enum TakenHandleStage {
    /// Zoho's code for a handle that is taken (Add User and Update User documentation).
    static let code = "DUPLICATE_DATA"

    static func settle(_ planned: inout [PlannedChange], with executor: any ChangeExecutor) async throws {
        settleShared(&planned)
        var ids: [Resource: Set<String>] = [:]
        for one in planned where one.settled == nil {
            guard let change = one.change, let holder = change.holder else { continue }
            ids[change.resource, default: []].insert(holder)
        }
        for (resource, some) in ids {
            let current = try await executor.reread(resource, ids: some.sorted())
            for index in planned.indices where planned[index].settled == nil {
                guard let change = planned[index].change, change.resource == resource, let id = change.holder,
                    id != change.id, let row = current[id],
                    row[resource.handle].string?.lowercased() == change.newHandle?.lowercased()
                else { continue }
                if resource.isGone(row) {
                    planned[index].doubt =
                        "\(handle(change)) was the address of a \(state(row, resource)), "
                        + "and Zoho may refuse it"
                } else {
                    planned[index].settled = report(change, holder: row)
                }
            }
        }
    }

    /// A handle that several records would get belongs to none of them: it is not clear which is meant.
    private static func settleShared(_ planned: inout [PlannedChange]) {
        var targets: [String: Set<EffectTarget>] = [:]
        for one in planned where one.settled == nil && one.result == .values {
            guard let change = one.change, let handle = change.newHandle?.lowercased() else { continue }
            targets[handle, default: []].insert(change.target)
        }
        for index in planned.indices where planned[index].settled == nil && planned[index].result == .values {
            guard let change = planned[index].change,
                let count = change.newHandle.flatMap({ targets[$0.lowercased()]?.count }), count > 1
            else { continue }
            planned[index].settled = ChangeReport(
                .refused, code: code,
                message: "\(handle(change)) is given to \(count) \(change.resource.name); only one can have it")
        }
    }

    /// What is said of a handle that is taken, whether zosh knew or Zoho said so.
    /// - Parameter holder: the record that has it; nil when it cannot be read.
    static func report(_ change: Change, holder: Row?) -> ChangeReport {
        if let holder, isThere(change, as: holder) {
            return ChangeReport(.unchanged, id: holder.string("id"), message: sentence(change, holder: holder))
        }
        return ChangeReport(.refused, code: code, message: sentence(change, holder: holder))
    }

    /// Whether the record that has the handle is the one that would be added, value for value: a file of newcomers that
    /// is run again asks for nothing.
    private static func isThere(_ change: Change, as holder: Row) -> Bool {
        let resource = change.resource
        return change.id == nil && resource.open(change.fields, in: holder).isEmpty
            && holder.string("status") == resource.initial["status"]?.string
    }

    private static func sentence(_ change: Change, holder: Row?) -> String {
        let resource = change.resource
        guard let holder else { return "\(handle(change)) already belongs to another \(resource.noun)" }
        let name = holder[resource.title].string.flatMap { $0.isEmpty ? nil : $0 } ?? "another \(resource.noun)"
        let status = holder.string("status").map { " (\($0))" } ?? ""
        return "\(handle(change)) already belongs to \(name)\(status)".neutralised
    }

    private static func handle(_ change: Change) -> String { (change.newHandle ?? change.label).neutralised }

    private static func state(_ row: Row, _ resource: Resource) -> String {
        (row.string("status").map { "\($0) \(resource.noun)" } ?? "deleted \(resource.noun)").neutralised
    }
}
