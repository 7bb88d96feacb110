import ZoshKit

/// What `users list` and `users ids` can be asked; written once so that they cannot drift apart.
struct UserListOptions {
    let query: UserQuery
    private let filters: [(path: FieldPath, wanted: String)]

    @SignatureBuilder static var parameters: [Parameter] {
        Option("type", .choice(UserType.self), default: "AllUsers", "Which users, in Zoho's words")
        Option("modified-since", .date, "Only users changed since then")
        Option("page", .integer(1...), "Only this page")
        Option("per_page", .integer(1...200), "Rows per page (Zoho's maximum is 200)")
        Option("limit", .integer(0...), "Stop after this many rows")
        Option("role", .role, "Only this role (filtered here: Zoho has no such filter)")
        Option("profile", .profile, "Only this profile (filtered here)")
        Option("status", .choice(["active", "disabled", "deleted", "closed"]), "Only this status (filtered here)")
        Option("api-version", .apiVersion, "Version of the CRM API to ask")
    }

    init(_ call: Call) throws {
        let local: [(FieldPath, String?)] = [
            ("role.name", try call["role"]), ("profile.name", try call["profile"]), ("status", try call["status"]),
        ]
        filters = local.compactMap { path, wanted in wanted.map { (path, $0) } }
        // A limit counts rows that pass the filters, so Zoho may only be told it when there are none.
        let limit: Int? = try call["limit"]
        query = UserQuery(
            type: try call["type"] ?? .all, page: try call["page"], perPage: try call["per_page"],
            limit: filters.isEmpty ? limit : nil, modifiedSince: try call["modified-since"],
            version: try call["api-version"])
        self.limit = limit
    }

    private let limit: Int?

    func stream(from zoho: any ZohoService) -> RowStream {
        let users = zoho.users(query)
        guard !filters.isEmpty else { return users }
        let filters = filters
        return RowStream(
            users.columns,
            from: RowFilter(users, limit: limit) { row in
                filters.allSatisfy { row[$0.path].text.lowercased() == $0.wanted.lowercased() }
            })
    }
}
