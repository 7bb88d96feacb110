internal import ZoshKit

/// Finds out what became of a write whose reply was lost, by reading the user again.
///
/// It says done only when Zoho shows the result. Anything else stays unverified, not failed: a request can land after
/// the reading, and exactly-once cannot be had from an API without conditional writes.
enum ReadBack {
    static func report(
        _ planned: PlannedChange, after reason: String, _ writer: any ChangeWriter,
        _ settle: @Sendable () async throws -> Void
    ) async -> ChangeReport {
        guard let id = planned.userID else { return unverified(reason, "check before repeating") }
        do {
            try await settle()
            let current = try await writer.reread(users: [id])[id]
            switch planned.change.operation {
            case .deleteUser where current == nil || current?.string("status") == "deleted":
                return ChangeReport(.done, message: "no reply from Zoho, but it shows the user as deleted")
            case .updateUser(_, let fields):
                if let current, FieldComparison.open(fields, in: current).isEmpty {
                    return ChangeReport(.done, message: "no reply from Zoho, but it shows the new values")
                }
                return unverified(reason, "Zoho does not show the new values; the change may still take effect")
            default:
                return unverified(reason, "the user is still there; the change may still take effect")
            }
        } catch {
            return unverified(reason, "reading the user back failed too")
        }
    }

    private static func unverified(_ reason: String, _ rest: String) -> ChangeReport {
        ChangeReport(.unverified, message: "\(reason); \(rest)")
    }
}
