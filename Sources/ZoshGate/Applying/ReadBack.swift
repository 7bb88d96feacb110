internal import ZoshKit

/// Finds out what became of a write whose reply was lost, by reading the record again.
///
/// It says done only when Zoho shows the result. Anything else stays unverified, not failed: a request can land after
/// the reading, and exactly-once cannot be had from an API without conditional writes.
enum ReadBack {
    static func report(
        _ planned: PlannedChange, after reason: String, _ executor: any ChangeExecutor,
        _ settle: @Sendable () async throws -> Void
    ) async -> ChangeReport {
        guard let change = planned.change, let id = change.id, change.write?.result != .nothing else {
            return unverified(reason, "check before repeating")
        }
        let resource = change.resource
        do {
            try await settle()
            let current = try await executor.reread(resource, ids: [id])[id]
            switch planned.result {
            case .absence where resource.isGone(current):
                return ChangeReport(.done, message: "no reply from Zoho, but it shows the \(resource.noun) as deleted")
            case .values:
                if let current, resource.open(change.fields, in: current).isEmpty {
                    return ChangeReport(.done, message: "no reply from Zoho, but it shows the new values")
                }
                return unverified(reason, "Zoho does not show the new values; the change may still take effect")
            default:
                return unverified(reason, "the \(resource.noun) is still there; the change may still take effect")
            }
        } catch {
            return unverified(reason, "reading the user back failed too")
        }
    }

    private static func unverified(_ reason: String, _ rest: String) -> ChangeReport {
        ChangeReport(.unverified, message: "\(reason); \(rest)")
    }
}
