internal import ZoshKit

/// Finds out what became of a write whose reply was lost, by reading the record again.
///
/// It says done only when Zoho shows the result. Anything else stays unverified, not failed: a request can land after
/// the reading, and exactly-once cannot be had from an API without conditional writes.
struct ReadBack: Sendable {
    let executor: any ChangeExecutor
    let session: SessionSnapshot
    /// Waits, since a request can land late.
    let settle: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - reason: why the reply is not known.
    ///   - since: when the request left, in seconds since 1970; nil where no clock is kept, so that it is not possible
    ///     to tell a new record from an older one.
    func report(_ planned: PlannedChange, after reason: String, since: Int64?) async -> ChangeReport {
        guard let change = planned.change, let result = planned.result, result != .nothing else {
            return Self.unverified(reason, "check before repeating")
        }
        do {
            try await settle()
            if result == .newcomer { return try await arrival(of: change, after: reason, since: since) }
            guard let id = change.id else { return Self.unverified(reason, "check before repeating") }
            return try await state(of: id, change, result, after: reason)
        } catch {
            return Self.unverified(reason, "reading the \(change.resource.noun) back failed too")
        }
    }

    private func state(of id: String, _ change: Change, _ result: Write.Result, after reason: String) async throws
        -> ChangeReport
    {
        let resource = change.resource
        let current = try await executor.reread(resource, ids: [id])[id]
        switch result {
        case .absence where resource.isGone(current):
            return ChangeReport(.done, message: "\(reason), but Zoho shows the \(resource.noun) as deleted")
        case .values:
            if let current, resource.open(change.fields, in: current).isEmpty {
                return ChangeReport(.done, message: "\(reason), but Zoho shows the new values")
            }
            return Self.unverified(reason, "Zoho does not show the new values; the change may still take effect")
        default:
            return Self.unverified(reason, "the \(resource.noun) is still there; the change may still take effect")
        }
    }

    private func arrival(of change: Change, after reason: String, since: Int64?) async throws -> ChangeReport {
        let resource = change.resource
        let name = change.target.name
        if let since {
            let rows = try await executor.find(resource, called: [name], changedSince: since - AddedRecord.skew)
            let arrival = rows[name].flatMap { AddedRecord($0, of: resource, after: since) }
            if let arrival, arrival.isMade(by: session) {
                return ChangeReport(
                    .done, id: arrival.id, message: "\(reason), but Zoho shows the new \(resource.noun)")
            }
        }
        return Self.unverified(
            reason,
            "it may still take effect: check with '\(AddedRecord.check(change, in: session))' before you repeat it")
    }

    private static func unverified(_ reason: String, _ rest: String) -> ChangeReport {
        ChangeReport(.unverified, message: "\(reason); \(rest)")
    }
}
