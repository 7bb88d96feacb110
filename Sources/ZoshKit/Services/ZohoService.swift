/// What can be read from Zoho. It only reads: whatever changes something is a `Change`, handed to the gate.
///
/// Every call is for one connection and one line; errors are `ZohoError`s turned into `ZoshError`.
///
/// For example `shell.zoho.list(.users, .users(.active))`.
public protocol ZohoService: Sendable {
    /// All records of a noun, in Zoho's order, page after page, duplicates by id dropped.
    func list(_ resource: Resource, _ query: ListQuery) -> RowStream

    /// Records by id, in the order asked for, in calls of as many `ids=` as the noun allows. Ids listed twice come
    /// once; ids that no record has are named in the outcome's `missing`.
    /// - Parameter ids: pulled until it returns nil; a chunk leaves as soon as it is full.
    func lookup(_ resource: Resource, ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?)
        -> RowStream

    /// How many records a list would have (`GET /users/actions/count`).
    /// - Throws: `ZoshError.usage` for a noun that Zoho does not count.
    func count(_ resource: Resource, _ query: ListQuery) async throws -> Int

    /// A raw read below `/crm/{version}`, for `api get`.
    func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws -> RawReply

    /// What Zoho's own audit log says happened from one time to another, by all users: `at, who, action, module,
    /// subject, id`. Zoho makes an export of it first, which takes a while and changes nothing.
    /// - Parameters:
    ///   - start: seconds since 1970, as `end` is.
    func auditLog(from start: Int64, through end: Int64) async throws -> [Row]
}

/// A reply as Zoho sent it, decoded but not interpreted.
///
/// For example status 200 with `{"users": […]}` as its body.
public struct RawReply: Sendable {
    public let status: Int
    /// Null when the reply had no body (204, 304).
    public let body: Value

    public init(status: Int, body: Value) {
        self.status = status
        self.body = body
    }
}

extension ZohoService {
    /// Only what speaks to Zoho, or stands before it, has one.
    public func auditLog(from start: Int64, through end: Int64) async throws -> [Row] {
        throw ZoshError(.bug, "there is no audit log here")
    }

    public func list(_ resource: Resource) -> RowStream { list(resource, ListQuery()) }

    /// The caller, as `GET /users?type=CurrentUser` shows them.
    public func currentUser() async throws -> Row { try await only(.users, .users(.current)) }

    /// The one organisation of this connection (`GET /org`).
    public func organization() async throws -> Row { try await only(.org) }

    /// The only record of a list.
    private func only(_ resource: Resource, _ query: ListQuery = ListQuery()) async throws -> Row {
        var query = query
        query.limit = 1
        guard let row = try await list(resource, query).collect().first else {
            throw ZoshError(.network, "Zoho's list of \(resource.name) is empty", remedy: "try again")
        }
        return row
    }

    /// Records by ids that are already at hand.
    public func lookup(_ resource: Resource, ids: [String], version: APIVersion? = nil) -> RowStream {
        let once = SingleLookup(ids)
        return lookup(resource, ids: { await once.take() }, version: version)
    }
}

/// Returns its content once, then nil.
private actor SingleLookup {
    private var content: [String]?
    init(_ content: [String]) { self.content = content }

    func take() -> [String]? {
        defer { content = nil }
        return content
    }
}
