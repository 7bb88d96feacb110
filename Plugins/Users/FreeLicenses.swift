import ZoshKit

/// How many more users an organisation may have, where Zoho tells (User Licenses Count documentation, v7 and newer).
enum FreeLicenses {
    private static let scope: Scope = "ZohoCRM.features.READ"

    /// Refuses more invitations than there are licences, before the first one leaves: Zoho refuses them one by one,
    /// when half of a team has its invitation already.
    ///
    /// One alone is left to Zoho, which says the same at the price of no further call.
    static func check(invitations count: Int, in shell: ShellContext, at span: Span) async throws {
        guard count > 1, shell.session.connection?.scopes.map({ $0.missing(from: [scope]).isEmpty }) ?? true else {
            return
        }
        // What cannot be asked for (no such right, an older organisation) is left to Zoho as well.
        let reply: RawReply
        do { reply = try await shell.zoho.get("__features/user_licenses", query: [], version: .v8) } catch let error
            as ZoshError where error.kind != .cancelled
        { return }
        guard let free = free(reply.body), free < count else { return }
        throw ZoshError(
            .refused, "\(count) invitations, \(free) free licence\(free == 1 ? "" : "s"); nothing was changed",
            at: span,
            remedy: "deactivate users who need none, or buy licences in Zoho", code: "LICENSE_LIMIT_EXCEEDED")
    }

    private static func free(_ body: Value) -> Int? {
        let details = body.row?["__features"]?.list?.first?.row?["details"]?.row
        func total(_ name: String) -> Int? {
            details?[name]?.row?["total"]?.integer.flatMap { Int(exactly: $0) }
        }
        if let limit = total("limits"), let used = total("used_count") { return max(0, limit - used) }
        return total("available_count")
    }
}
