/// What `GET /users` can be asked.
public struct UserQuery: Sendable, Hashable {
    public var type: UserType
    /// First page, from 1. Nil starts at the beginning and follows to the end.
    public var page: Int?
    /// Rows per page, 1…200; Zoho's default and maximum are 200.
    public var perPage: Int?
    /// Stop after this many rows.
    public var limit: Int?
    /// Only users changed since: an RFC 3339 time with offset, as Zoho's `If-Modified-Since` wants it.
    public var modifiedSince: String?
    /// Nil means the session's version.
    public var version: APIVersion?

    public init(
        type: UserType = .all, page: Int? = nil, perPage: Int? = nil, limit: Int? = nil, modifiedSince: String? = nil,
        version: APIVersion? = nil
    ) {
        self.type = type
        self.page = page
        self.perPage = perPage
        self.limit = limit
        self.modifiedSince = modifiedSince
        self.version = version
    }
}
