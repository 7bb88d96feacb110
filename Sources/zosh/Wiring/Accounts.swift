import ZohoClient
import ZoshCore
import ZoshKit

/// Stored grants for the modules trusted with them.
struct Accounts: AccountService {
    let book: ConnectionBook
    let session: Session
    /// The connection meant when none is named; nil takes the session's.
    var pinned: String?

    func status(of connection: String?) async throws -> Row {
        guard let grant = try await grant(connection) else { return ["connected": false] }
        return [
            "connected": true, "name": .string(grant.name), "email": .string(grant.email), "user_id": .string(grant.userID),
            "zuid": .string(grant.zuid), "org_id": .string(grant.zgid), "org_name": .string(grant.orgName),
            "dc": .string(grant.dataCentreCode), "environment": .string(grant.environment.rawValue),
            "api_domain": .string(grant.apiDomain), "token_expires_at": .string(Moment.text(grant.expiresAt)),
            "scopes": .string(grant.scopes.map(\.name).joined(separator: " ")), "client_id": .string(grant.clientID),
            "client_source": .string("sealed with this connection"), "read_only": .bool(grant.readOnly),
            "tags": .string(grant.tags.joined(separator: ",")),
        ]
    }

    func refresh(_ connection: String?) async throws -> Row {
        guard let grant = try await grant(connection) else {
            throw ZoshError(.auth, "there is no connection to refresh", remedy: "sign in: auth login --self-client")
        }
        let fresh = try await book.tokens(for: grant).refreshNow()
        return ["name": .string(fresh.name), "token_expires_at": .string(Moment.text(fresh.expiresAt))]
    }

    /// The grant of a name, of the current connection, or of the only one.
    private func grant(_ name: String?) async throws -> Grant? {
        if let name = name ?? pinned { return try await book.grant(named: name) }
        let all = try await book.grants()
        if let current = await session.connectionName { return all.first { $0.name == current } }
        return all.count == 1 ? all[0] : nil
    }
}
