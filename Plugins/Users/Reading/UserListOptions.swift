import ZoshKit

/// What `users list` and `users ids` can be asked; written once so that they cannot drift apart.
struct UserListOptions {
    let query: ListQuery
    private let filters: [UserFilter]
    private let limit: Int?

    @SignatureBuilder static var parameters: [Parameter] {
        Option("type", .choice(UserType.self), default: "AllUsers", "Which users, in Zoho's words")
        Option("modified-since", .date, "Only users changed since then")
        Option("page", .integer(1...), "Only this page")
        Option("per_page", .integer(1...200), "Rows per page (Zoho's maximum is 200)")
        Option("limit", .integer(0...), "Stop after this many rows")
        Option("role", .role, "Only this role, by name or id (filtered here: Zoho has no such filter)")
        Option("profile", .profile, "Only this profile, by name or id (filtered here)")
        Option("status", .choice(UserFilter.statuses), "Only this status (filtered here); inactive is disabled")
        Option("api-version", .apiVersion, "Version of the CRM API to ask")
    }

    init(_ call: Call) throws {
        let (role, profile, status): (String?, String?, String?) = (
            try call["role"], try call["profile"], try call["status"]
        )
        filters = [
            role.map { UserFilter(role: $0) }, profile.map { UserFilter(profile: $0) },
            status.map { UserFilter(status: $0) },
        ].compactMap(\.self)
        // A limit counts rows that pass the filters, so Zoho may only get it when there are none.
        let limit: Int? = try call["limit"]
        query = ListQuery.users(
            try call["type"] ?? .all, page: try call["page"], perPage: try call["per_page"],
            limit: filters.isEmpty ? limit : nil, modifiedSince: try call["modified-since"],
            version: try call["api-version"])
        self.limit = limit
    }

    func stream(from zoho: any ZohoService) -> RowStream {
        let users = zoho.list(.users, query)
        guard !filters.isEmpty, limit != 0 else { return users }
        let seen = ListedValuesSeen(filters)
        let kept = RowFilter(users, limit: limit) { row in seen.meets(row) }
        return RowStream(users.columns, from: NotedFilter(rows: kept, seen: seen))
    }
}

/// The users that pass and, when none does, a note that says which values there were.
private struct NotedFilter: RowSource {
    let rows: RowFilter
    let seen: ListedValuesSeen

    func next() async throws -> RowBatch? { try await rows.next() }
    func next(for demand: Demand) async throws -> RowBatch? { try await rows.next(for: demand) }

    func outcome() async -> RowOutcome {
        var outcome = await rows.outcome()
        if let note = seen.note { outcome.notes.append(note) }
        return outcome
    }
}
