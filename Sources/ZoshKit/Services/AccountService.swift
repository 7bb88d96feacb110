/// Stored grants, for the modules trusted with them. Reads only; signing in and out are `Change`s.
public protocol AccountService: Sendable {
    /// The grant behind a connection as a row: connected, name, email, user_id, org_id, org_name, dc, environment,
    /// api_domain, token_expires_at, scopes, client, source. `connected` is false when there is no such connection.
    func status(of connection: String?) async throws -> Row

    /// Asks Zoho for a new access token now, and stores it. One of ten in ten minutes.
    func refresh(_ connection: String?) async throws -> Row
}

/// The stored connections: names, organisations and data centres are everybody's to see.
public protocol ConnectionList: Sendable {
    func all() async throws -> [ConnectionSummary]
    /// Makes a connection the current one of this session.
    func use(_ name: String) async throws
}
