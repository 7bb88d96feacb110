internal import ZoshKit

/// Reads every target again and refuses those that are not who the person saw.
///
/// Lists grow stale while somebody thinks: an id may have been given a new e-mail, or a user been disabled by a
/// colleague. What remains is the time between this reading and the write.
enum RereadStage {
    /// The most ids one `ids=` call takes (Get Users documentation).
    static let batch = 100

    static func settle(_ planned: inout [PlannedChange], with writer: any ChangeWriter) async throws {
        var ids: [String] = []
        var known: Set<String> = []
        for one in planned where one.settled == nil {
            if let id = one.userID, known.insert(id).inserted { ids.append(id) }
        }
        var current: [String: Row] = [:]
        for start in stride(from: 0, to: ids.count, by: batch) {
            try Task.checkCancellation()
            let chunk = Array(ids[start..<min(start + batch, ids.count)])
            current.merge(try await writer.reread(users: chunk)) { $1 }
        }
        for index in planned.indices where planned[index].settled == nil {
            guard case .user(let id, let seen) = planned[index].change.subject else { continue }
            guard let row = current[id] else {
                // Nobody there is what an earlier deletion would leave behind.
                if case .deleteUser = planned[index].change.operation, planned[index].pendingSince != nil { continue }
                planned[index].settled = ChangeReport(.refused, message: "no user has this id")
                continue
            }
            planned[index].current = row
            if let drift = drift(from: seen, to: row) {
                planned[index].settled = ChangeReport(.refused, message: "changed since you saw it: " + drift)
            }
        }
    }

    /// What of e-mail and status is no longer as seen; nil when all is, or nothing was seen.
    private static func drift(from seen: Row?, to current: Row) -> String? {
        guard let seen else { return nil }
        let moved = ["email", "status"].compactMap { name -> String? in
            guard let before = seen.string(name), let now = current.string(name) else { return nil }
            let isSame = name == "email" ? before.lowercased() == now.lowercased() : before == now
            return isSame ? nil : "\(name) was \(before), is \(now)"
        }
        return moved.isEmpty ? nil : moved.joined(separator: "; ")
    }
}
