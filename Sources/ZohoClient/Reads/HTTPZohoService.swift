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
            progress: progress)
        self.version = version
        self.progress = progress
    }

    public func list(_ resource: Resource, _ query: ListQuery) -> RowStream {
        let version = query.version ?? version
        switch resource.reads {
        case .paged:
            let pages = PagedList(resource, query, version: version, caller: caller, progress: progress)
            return RowStream(.of(resource), from: pages)
        case .whole:
            let request = CRMRequest(
                version: version, path: resource.path, query: query.sorted, scope: resource.scopes[.read])
            return RowStream(
                .of(resource), from: ListSource(request, key: resource.key, caller: caller, progress: progress))
        }
    }

    public func lookup(
        _ resource: Resource, ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?
    ) -> RowStream {
        var columns = Columns.of(resource)
        columns.card = true
        return RowStream(
            columns,
            from: RecordsByID(
                resource, ids: ids, version: version ?? self.version, caller: caller, progress: progress))
    }

    public func count(_ resource: Resource, _ query: ListQuery) async throws -> Int {
        try await caller.count(resource, query, version: query.version ?? version)
    }

    public func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws
        -> RawReply
    {
        let path = try RawPath.checked(path)
        let reply = try await caller.read(CRMRequest(version: version ?? self.version, path: path, query: query))
        return RawReply(status: reply.status, body: reply.body)
    }

    public func auditLog(from start: Int64, through end: Int64) async throws -> [Row] {
        try await AuditLogExport(caller: caller, version: version).rows(from: start, through: end)
    }
}
