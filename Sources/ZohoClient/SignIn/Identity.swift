internal import ZoshKit

/// Who a token belongs to, asked of CRM itself.
enum Identity {
    /// `GET /users?type=CurrentUser`.
    static func currentUser(_ caller: CRMCaller, _ version: APIVersion) async throws -> Row {
        let request = CRMRequest(
            version: version, path: "/users", query: [(name: "type", value: UserType.current.rawValue)],
            scope: "ZohoCRM.users.READ")
        guard let row = try ListPage(try await caller.read(request), key: "users").rows.first else {
            throw ZoshError(.network, "Zoho does not say who is signed in", remedy: "try again")
        }
        return row
    }

    /// `GET /org`.
    static func organization(_ caller: CRMCaller, _ version: APIVersion) async throws -> Row {
        let request = CRMRequest(version: version, path: "/org", scope: "ZohoCRM.org.READ")
        guard let row = try ListPage(try await caller.read(request), key: "org").rows.first else {
            throw ZoshError(.network, "Zoho does not name the organisation", remedy: "try again")
        }
        return row
    }
}
