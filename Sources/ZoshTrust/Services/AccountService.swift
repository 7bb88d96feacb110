public import ZoshKit

/// Stored grants, for the modules trusted with them. Reads and asks only; signing in and out are `Change`s.
public protocol AccountService: Sendable {
    /// The grant behind a connection as a row: connected, name, email, user_id, org_id, org_name, dc, environment,
    /// api_domain, token_expires_at, scopes, client, source, budgets. `connected` is false when there is no such
    /// connection.
    func status(of connection: String?) async throws -> Row

    /// Asks Zoho for a new access token now, and stores it. One of ten in ten minutes.
    func refresh(_ connection: String?) async throws -> Row

    /// Everything a login needs before anything is redeemed: the client, the data centre, a person's consent. Waits for
    /// a browser, a device, a pasted code; nothing is stored, and giving up leaves nothing behind.
    func authorize(_ wish: LoginOptions) async throws -> SignInRequest

    /// What a wider login for a connection would be: the same client and way, the scopes of both.
    /// - Parameter connection: nil means the current one.
    func extending(_ connection: String?, by scopes: [Scope]) async throws -> LoginOptions

    /// The stored OAuth clients, without their secrets: name, client_id, type, dc.
    func clients() async throws -> [Row]

    /// Whose a token is and what it may do; stores nothing.
    func inspect(_ token: InspectedToken, dataCentre: String?) async throws -> Row

    /// API credits of a connection's organisation over the last 24 hours, hour by hour.
    func credits(of connection: String?) async throws -> [Row]

    /// What might be wrong with this machine, this store and this login: check, status, detail, remedy.
    /// - Parameter connection: nil means the current one.
    func examine(_ connection: String?) async throws -> [Row]

    /// Jobs that wait for their time, or are due, and can run through no other connection than this one; the earliest
    /// first.
    func timedJobs(needing connection: String) async throws -> [JobSummary]

    /// The data centres there are: code, accounts, api, console.
    func dataCentres() -> [Row]
}
