internal import ZoshKit

/// The requests behind one listing of users: its pages and its count.
struct UserPages: Sendable {
    /// Rows per page; a small limit asks for no more than it needs.
    let perPage: Int
    private let query: UserQuery
    private let version: APIVersion
    private let caller: CRMCaller

    init(_ query: UserQuery, version: APIVersion, caller: CRMCaller) {
        self.query = query
        self.version = version
        self.caller = caller
        perPage = query.perPage ?? max(1, min(200, query.limit ?? 200))
    }

    func page(_ number: Int) async throws -> ListPage {
        let request = CRMRequest(
            version: version, path: "/users",
            query: [
                (name: "type", value: query.type.rawValue), (name: "page", value: String(number)),
                (name: "per_page", value: String(perPage)),
            ],
            modifiedSince: query.modifiedSince, scope: "ZohoCRM.users.READ")
        return try ListPage(try await caller.read(request), key: "users", form: .paged)
    }

    /// How many users the listing will have; nil when Zoho does not say.
    func count() async -> Int? {
        try? await caller.userCount(query.type, version: version)
    }
}

extension CRMCaller {
    /// `GET /users/actions/count`: a number in the documentation, a string in Zoho's own API description.
    func userCount(_ type: UserType, version: APIVersion) async throws -> Int {
        let request = CRMRequest(
            version: version, path: "/users/actions/count", query: [(name: "type", value: type.rawValue)],
            scope: "ZohoCRM.users.READ")
        guard let count = try await read(request).body.row?["count"]?.integer, count >= 0 else {
            throw ZoshError(
                .network, "Zoho's reply does not hold a count",
                remedy: "try again; users list | count counts the list itself")
        }
        return Int(clamping: count)
    }
}
