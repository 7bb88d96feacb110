public import ZoshKit

/// Reads from Zoho over HTTP, as one connection, for one line.
///
/// Cheap to make: the connection's state lives in the `TokenSource`, the sockets in the `HTTPTransport`.
public struct HTTPZohoService: ZohoService {
    private let caller: CRMCaller
    private let version: APIVersion
    private let progress: ProgressMeter

    /// - Parameters:
    ///   - version: for requests that name none.
    ///   - progress: counts calls and rows of this line.
    public init(
        tokens: TokenSource, transport: HTTPTransport, version: APIVersion = .standard,
        progress: ProgressMeter = ProgressMeter(),
        clock: any ClientClock = SystemClock(), retry: RetryPolicy = RetryPolicy()
    ) {
        caller = CRMCaller(
            transport: transport, authorizer: tokens, governor: tokens.governor, clock: clock, retry: retry,
            meters: [progress])
        self.version = version
        self.progress = progress
    }

    public func users(_ query: UserQuery) -> RowStream {
        RowStream(
            .users, from: PagedUsers(query, version: query.version ?? version, caller: caller, progress: progress))
    }

    public func users(ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?) -> RowStream {
        var columns = Columns.users
        columns.card = true
        return RowStream(
            columns, from: UsersByID(ids: ids, version: version ?? self.version, caller: caller, progress: progress))
    }

    public func userCount(_ type: UserType) async throws -> Int {
        try await caller.userCount(type, version: version)
    }

    public func currentUser() async throws -> Row { try await Identity.currentUser(caller, version) }
    public func organization() async throws -> Row { try await Identity.organization(caller, version) }

    public func roles() -> RowStream {
        list(
            "/settings/roles", "roles", ["name", "reporting_to.name", "description", "id"],
            "ZohoCRM.settings.roles.READ", .of(.roles))
    }

    public func profiles() -> RowStream {
        list(
            "/settings/profiles", "profiles", ["name", "type", "custom", "description", "id"],
            "ZohoCRM.settings.profiles.READ", .of(.profiles))
    }

    public func userFields() -> RowStream {
        list(
            "/settings/fields", "fields", ["api_name", "data_type", "field_label", "read_only", "length"],
            "ZohoCRM.settings.fields.READ", query: [(name: "module", value: "Users")])
    }

    private func list(
        _ path: String, _ key: String, _ columns: [FieldPath], _ scope: Scope, _ fields: KnownFields? = nil,
        query: [(name: String, value: String)] = []
    ) -> RowStream {
        let request = CRMRequest(version: version, path: path, query: query, scope: scope)
        return RowStream(
            Columns(columns, card: true, fields: fields),
            from: ListSource(request, key: key, caller: caller, progress: progress))
    }

    public func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws
        -> RawReply
    {
        let path = try RawPath.checked(path)
        let reply = try await caller.read(CRMRequest(version: version ?? self.version, path: path, query: query))
        return RawReply(status: reply.status, body: reply.body)
    }
}
