import ZohoClient
import ZoshCore
import ZoshKit
import ZoshTrust

/// Signs in and out, and edits what people chose about a connection.
struct ConnectionAdmin: Sendable {
    let registeredConnections: ConnectionRegistry
    let store: any GrantStore
    let clients: SealedClients
    var login: LoginFlow
    let session: Session
    let transport: HTTPTransport

    /// Runs one step; what it throws is a refusal, since nothing was stored.
    func reporting(_ body: (ConnectionAdmin) async throws -> ChangeResult) async -> ChangeResult {
        do { return try await body(self) } catch let error as ZoshError { return .failed(error) } catch {
            return .failed(ZoshError(error is CancellationError ? .cancelled : .bug, "interrupted: \(error)"))
        }
    }

    /// The new connection becomes the current one.
    func signIn(_ request: SignInRequest) async throws -> ChangeResult {
        let stored = try await login.store(request) { grant, isProven in
            await registeredConnections.forget(grant.id)
            if isProven { await registeredConnections.tokens(for: grant).noteAccepted() }
            await session.use(connection: grant.name)
        }
        return .done(id: stored.name, message: stored.message)
    }

    func signOut(_ name: String, revoke: Bool) async throws -> ChangeResult {
        let grant = try await registeredConnections.grant(named: name)
        // Revoked first: a grant alive at Zoho and forgotten here could never be ended again.
        let gone = revoke ? try await SignOut(transport: transport).revoke(grant) == .alreadyGone : false
        try await store.remove(grant.id)
        await registeredConnections.forget(grant.id)
        if await session.connectionName == name { await session.use(connection: nil) }
        let message =
            revoke
            ? (gone ? "Zoho no longer knew the grant; forgotten" : "revoked at Zoho and forgotten")
            : "forgotten; the grant stays valid at Zoho"
        return .done(id: name, message: message)
    }

    func rename(_ name: String, to other: String) async throws -> ChangeResult {
        if let mistake = ConnectionNaming.mistake(in: other) { throw mistake }
        let grant = try await registeredConnections.grant(named: name)
        guard try await !store.grants().contains(where: { $0.name == other && $0.id != grant.id }) else {
            throw ZoshError(.usage, "a connection '\(other)' already exists", remedy: "choose another name")
        }
        try await edit(grant) { $0.name = other }
        if await session.connectionName == name { await session.use(connection: other) }
        return .done(id: other, message: nil)
    }

    func set(_ key: String, to value: String, of name: String) async throws -> ChangeResult {
        let grant = try await registeredConnections.grant(named: name)
        switch key {
        case "read-only": try await edit(grant) { $0.readOnly = value == "on" }
        case "tags": try await edit(grant) { $0.tags = value.split(separator: ",").map(String.init) }
        case "colour": try await edit(grant) { $0.colour = ConnectionColour(rawValue: value) }
        case "approvals":
            let count = Int(value) ?? .max
            try await edit(grant) { latest in
                guard count >= latest.approvals else {
                    let noun = latest.approvals == 1 ? "approval" : "approvals"
                    throw ZoshError(
                        .refused, "'\(name)' requires \(latest.approvals) \(noun); the number can only be raised",
                        remedy: "sign out of it and in again: connections remove \(name)")
                }
                latest.approvals = count
            }
        default:
            guard let brake = BrakeLimits.Key(rawValue: key), let number = Int(value), number >= 0 else {
                throw ZoshError(.bug, "a connection has no setting '\(key)'")
            }
            try await edit(grant) { $0.brakes[brake] = number }
        }
        return .done(id: name, message: nil)
    }

    func save(_ client: ClientDraft) async throws -> ChangeResult {
        try await clients.save(client)
        return .done(id: client.name, message: "stored; sign in with it: auth login client=\(client.name)")
    }

    func forget(client name: String) async throws -> ChangeResult {
        try await clients.remove(name)
        return .done(
            id: name, message: "forgotten; connections made with it keep working, and the API console still has it")
    }

    /// Under the refresh lock: another process may be storing a new token in the same grant.
    private func edit(_ grant: Grant, _ change: @escaping @Sendable (inout Grant) throws -> Void) async throws {
        try await store.withRefreshLock(grant.id) { [store] in
            guard var latest = try await store.grant(grant.id) else {
                throw ZoshError(.notFound, "the connection '\(grant.name)' was removed meanwhile")
            }
            try change(&latest)
            try await store.save(latest)
        }
        await registeredConnections.forget(grant.id)
    }
}
