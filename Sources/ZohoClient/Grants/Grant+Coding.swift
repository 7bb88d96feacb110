public import ZoshKit
internal import ZoshTrust

/// The form a grant has inside the sealed store: one JSON object.
///
/// Unknown fields are ignored on reading, so that an older zosh can open what a newer one wrote; a missing one takes a
/// value that is safe.
extension Grant {
    /// JSON with every secret in clear: for sealing only, and to be wiped after.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.write(
            Row([
                ("format", 1), ("id", .string(id)), ("name", .string(name)), ("client_id", .string(clientID)),
                ("client_secret", .string(clientSecret.revealed())), ("refresh_token", Value(refreshToken?.revealed())),
                ("access_token", Value(accessToken?.revealed())), ("expires_at", .integer(expiresAt)),
                ("refreshed_at", refreshedAt.map(Value.integer) ?? .null), ("accounts", .string(accounts)),
                ("api_domain", .string(apiDomain)), ("dc", .string(dataCentreCode)),
                ("environment", .string(environment.rawValue)), ("zuid", .string(zuid)), ("zgid", .string(zgid)),
                ("user_id", .string(userID)), ("email", .string(email)), ("org_name", .string(orgName)),
                ("scopes", scopes.map { .list($0.map { .string($0.name) }) } ?? .null),
                ("asked", .list(asked.map { .string($0.name) })), ("tags", .list(tags.map { .string($0) })),
                ("read_only", .bool(readOnly)), ("created_at", .integer(createdAt)),
                ("generation", .integer(generation)),
                ("way", .string(way.rawValue)), ("client_source", .string(clientSource)),
                ("granted_at", .integer(grantedAt)),
                ("edition", .string(edition)),
                ("creations", .list(creations.map { .integer($0) })), ("colour", Value(colour?.rawValue)),
                ("brakes", .row(Row(BrakeLimits.Key.allCases.map { ($0.rawValue, .integer(Int64(brakes[$0]))) }))),
                ("approvals", .integer(Int64(approvals))),
            ]))
        return writer.drain()
    }

    /// - Throws: `ZoshError.local` when a field zosh cannot do without is missing.
    public init(decoding bytes: [UInt8]) throws(ZoshError) {
        let row: Row?
        do { row = try JSONReader.value(of: bytes).row } catch { row = nil }
        guard let row else { throw Self.damaged("no JSON object") }
        func required(_ field: String) throws(ZoshError) -> String {
            guard let text = row.string(field) else { throw Self.damaged("no \(field)") }
            return text
        }
        // An export may come from any source: a moment is one of the next thousands of years, so that no sum of two
        // overflows.
        func moment(_ value: Value?) -> Int64? { value?.integer.map { min(max($0, 0), 1 << 40) } }
        func words(_ field: String) -> [String] { row[field]?.list?.compactMap(\.string) ?? [] }
        self.init(
            id: try required("id"), name: try required("name"), clientID: try required("client_id"),
            clientSecret: Secret(copying: try required("client_secret")),
            refreshToken: row.string("refresh_token").map { Secret(copying: $0) },
            accessToken: row.string("access_token").map { Secret(copying: $0) },
            expiresAt: moment(row["expires_at"]) ?? 0, refreshedAt: moment(row["refreshed_at"]),
            accounts: try required("accounts"), apiDomain: try required("api_domain"),
            dataCentreCode: try required("dc"),
            environment: row.string("environment").flatMap(ZohoEnvironment.init(rawValue:)) ?? .production,
            zuid: try required("zuid"), zgid: try required("zgid"), userID: row.string("user_id") ?? "",
            email: row.string("email") ?? "", orgName: row.string("org_name") ?? "",
            scopes: words("scopes").map { Scope($0) },
            asked: words("asked").map { Scope($0) }, tags: words("tags"), readOnly: row["read_only"]?.bool ?? true,
            createdAt: moment(row["created_at"]) ?? 0,
            generation: moment(row["generation"]) ?? 1,
            way: row.string("way").flatMap(LoginWay.init(rawValue:)) ?? .selfClient,
            clientSource: row.string("client_source") ?? "",
            grantedAt: moment(row["granted_at"]), edition: row.string("edition") ?? "",
            creations: row["creations"]?.list?.compactMap { moment($0) } ?? [],
            colour: row.string("colour").flatMap(ConnectionColour.init(rawValue:)),
            brakes: Self.brakes(row["brakes"]?.row ?? Row()))
        // Grants of older stores have none; an unreadable number demands more approvals than there can be.
        approvals = row["approvals"].map { $0.integer.flatMap { Int(exactly: $0) } ?? .max } ?? 0
    }

    /// What was not chosen, or is not a number of users, is the standard.
    private static func brakes(_ row: Row) -> BrakeLimits {
        var limits = BrakeLimits.standard
        for key in BrakeLimits.Key.allCases {
            if let value = row[key.rawValue]?.integer.flatMap({ Int(exactly: $0) }), value >= 0 { limits[key] = value }
        }
        return limits
    }

    private static func damaged(_ what: String) -> ZoshError {
        ZoshError(.local, "a stored connection cannot be read: \(what)", remedy: "replace it: auth login")
    }
}
