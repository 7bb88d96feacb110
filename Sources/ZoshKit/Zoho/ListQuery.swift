/// What a list at Zoho can be asked.
///
/// For example `ListQuery.users(.admins, limit: 10)`, or `ListQuery(["module": "Users"])` for fields.
public struct ListQuery: Sendable, Hashable {
    /// Further query parameters by name: `type`, `module`.
    public var parameters: [String: String]
    /// First page, from 1. Nil starts at the beginning and follows to the end.
    public var page: Int?
    /// Rows per page; nil for as many as Zoho allows.
    public var perPage: Int?
    /// Stop after this many rows.
    public var limit: Int?
    /// Only what changed since: an RFC 3339 time with offset, as Zoho's `If-Modified-Since` wants it.
    public var modifiedSince: String?
    /// Nil means the session's version.
    public var version: APIVersion?

    public init(
        _ parameters: [String: String] = [:], page: Int? = nil, perPage: Int? = nil, limit: Int? = nil,
        modifiedSince: String? = nil, version: APIVersion? = nil
    ) {
        self.parameters = parameters
        self.page = page
        self.perPage = perPage
        self.limit = limit
        self.modifiedSince = modifiedSince
        self.version = version
    }

    /// Whether the list has every record of its noun.
    public var includesAll: Bool {
        parameters.isEmpty || parameters == ["type": UserType.all.rawValue]
    }

    /// Whether a record would be in the list, as far as its row shows it; nil where it does not.
    public func includes(_ row: Row) -> Bool? {
        if includesAll { return true }
        guard parameters.count == 1, let type = parameters["type"].flatMap(UserType.init) else { return nil }
        return type.includes(row)
    }

    /// Which users `GET /users` is to list.
    public static func users(
        _ type: UserType = .all, page: Int? = nil, perPage: Int? = nil, limit: Int? = nil,
        modifiedSince: String? = nil, version: APIVersion? = nil
    ) -> ListQuery {
        ListQuery(
            ["type": type.rawValue], page: page, perPage: perPage, limit: limit, modifiedSince: modifiedSince,
            version: version)
    }
}
