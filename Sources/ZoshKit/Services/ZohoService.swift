/// What can be read from Zoho. It only reads: whatever changes something is a `Change`, handed to the gate.
///
/// Every call is for one connection and one line; errors are `ZohoError`s turned into `ZoshError`.
public protocol ZohoService: Sendable {
    /// All pages of `GET /users`, in Zoho's order, duplicates by id dropped.
    func users(_ query: UserQuery) -> RowStream

    /// Users by id, in the order asked for, in calls of at most 100 `ids=`. Ids asked for twice come once; ids that
    /// are nobody's are named in the outcome's `missing`.
    /// - Parameter ids: pulled until it returns nil; a chunk leaves as soon as it is full.
    func users(ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?) -> RowStream

    /// `GET /users/actions/count`.
    func userCount(_ type: UserType) async throws -> Int

    /// The caller, as `GET /users?type=CurrentUser` shows them.
    func currentUser() async throws -> Row

    /// The one organisation of this connection (`GET /org`).
    func organization() async throws -> Row

    func roles() -> RowStream
    func profiles() -> RowStream

    /// Fields Metadata of the Users module: API names and types.
    func userFields() -> RowStream

    /// A raw read below `/crm/{version}`, for `api get`.
    func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws -> RawReply
}

/// A reply as Zoho sent it, decoded but not interpreted.
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
    /// Users by ids that are already at hand.
    public func users(ids: [String], version: APIVersion? = nil) -> RowStream {
        let once = Once(ids)
        return users(ids: { await once.take() }, version: version)
    }
}

/// Gives its content once, then nil.
private actor Once {
    private var content: [String]?
    init(_ content: [String]) { self.content = content }

    func take() -> [String]? {
        defer { content = nil }
        return content
    }
}
