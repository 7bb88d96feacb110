internal import ZoshKit

/// Who a token belongs to, asked of CRM itself.
enum Identity {
    /// `GET /users?type=CurrentUser`.
    static func currentUser(_ caller: CRMCaller, _ version: APIVersion) async throws -> Row {
        let request = CRMRequest(
            version: version, path: Resource.users.path, query: ListQuery.users(.current).sorted,
            scope: Resource.users.scopes[.read])
        guard let row = try ListPage(try await caller.read(request), key: Resource.users.key).rows.first else {
            throw ZoshError(.network, "Zoho does not say who is signed in", remedy: "try again")
        }
        return row
    }

    /// `GET /org`.
    static func organization(_ caller: CRMCaller, _ version: APIVersion) async throws -> Row {
        let request = CRMRequest(version: version, path: Resource.org.path, scope: Resource.org.scopes[.read])
        guard let row = try ListPage(try await caller.read(request), key: Resource.org.key).rows.first else {
            throw ZoshError(.network, "Zoho does not name the organisation", remedy: "try again")
        }
        return row
    }
}
