import ZohoClient
import ZoshCore
import ZoshGate
import ZoshKit
import ZoshTrust

/// Stored grants for the modules trusted with them.
struct Accounts: AccountService {
    let registeredConnections: ConnectionRegistry
    let session: Session
    let login: LoginFlow
    let sealed: SealedClients
    let credits: CallLedger
    let doctor: Doctor
    let transport: HTTPTransport

    func status(of connection: String?) async throws -> Row {
        guard let grant = try await grant(connection) else {
            let names = try await registeredConnections.grants().map(\.name)
            return [
                "connected": false, "stored": .integer(Int64(names.count)),
                "connections": .list(names.map(Value.string)),
            ]
        }
        let tokens = await registeredConnections.tokens(for: grant)
        let accepted = await tokens.acceptedAt
        let refusal = await tokens.refusal
        let use = await credits.use(of: grant.id)
        let made = TokenBudget.recent(grant.creations, at: login.clock.now).count
        let live = TokenBudget.siblings(of: grant, among: try await registeredConnections.grants()).count
        return [
            "connected": true, "name": .string(grant.name), "email": .string(grant.email),
            "user_id": .string(grant.userID),
            "zuid": .string(grant.zuid), "org_id": .string(grant.zgid), "org_name": .string(grant.orgName),
            "dc": .string(grant.dataCentreCode), "environment": .string(grant.environment.rawValue),
            "api_domain": .string(grant.apiDomain), "token_expires_at": .string(Moment.text(grant.expiresAt)),
            "scopes": .string(grant.scopes?.map(\.name).joined(separator: " ") ?? "unknown"),
            "client_id": .string(grant.clientID),
            "client_source": .string(grant.clientSource.isEmpty ? "sealed with this connection" : grant.clientSource),
            "way": .string(grant.way.rawValue), "read_only": .bool(grant.readOnly),
            "tags": .string(grant.tags.joined(separator: ",")),
            "changes_per_hour": .string(
                "\(Self.words(grant.brakes.changed)) changed, "
                    + "\(Self.words(grant.brakes.removed)) deactivated or deleted"),
            "access_tokens": .string("\(made) of \(TokenBudget.creations) in ten minutes"),
            "live_grants": .string("\(live) of \(TokenBudget.liveGrants) known here"),
            "calls_today": .integer(Int64(use.total)),
            "credits_remaining": use.remaining.map { .integer(Int64($0)) } ?? .null,
            // A refresh and a login are answers of Zoho's too, and their times are stored.
            "last_worked": .string(
                Moment.text([accepted, grant.refreshedAt].compactMap(\.self).max() ?? grant.grantedAt)),
            "verified": refusal.map { .string("refused: \($0.problem)") }
                ?? (accepted == nil ? "not in this session; check with: doctor" : "in this session"),
        ]
    }

    private static func words(_ share: BrakeLimits.Share) -> String {
        "\(share.users) user\(share.users == 1 ? "" : "s") or \(share.percent) %"
    }

    func refresh(_ connection: String?) async throws -> Row {
        let grant = try await chosen(connection)
        let fresh = try await registeredConnections.tokens(for: grant).refreshNow()
        return ["name": .string(fresh.name), "token_expires_at": .string(Moment.text(fresh.expiresAt))]
    }

    func authorize(_ wish: LoginOptions) async throws -> SignInRequest { try await login.authorize(wish) }

    func extending(_ connection: String?, by scopes: [Scope]) async throws -> LoginOptions {
        let grant = try await chosen(connection)
        // Where Zoho did not say what it granted, what was asked for is the best there is to add to.
        let known = grant.scopes ?? grant.asked
        guard grant.scopes == nil || !known.missing(from: scopes).isEmpty else {
            throw ZoshError(
                .usage, "'\(grant.name)' already allows \(scopes.map(\.name).joined(separator: ", "))",
                remedy: "see what it allows: auth status \(grant.name)")
        }
        return LoginOptions(
            name: grant.name, dataCentre: grant.dataCentreCode, scopes: known.extended(by: scopes), way: grant.way,
            organization: grant.zgid, extending: grant.name)
    }

    func clients() async throws -> [Row] {
        try await sealed.all().map {
            [
                "name": .string($0.name), "client_id": .string($0.id), "type": .string($0.kind.rawValue),
                "dc": Value($0.dataCentre),
            ]
        }
    }

    func inspect(_ token: InspectedToken, dataCentre: String?) async throws -> Row {
        let centre = try login.table.dataCentre(named: dataCentre ?? login.table.own?.code ?? login.defaults.dataCentre)
        return try await Inspection(transport: transport, table: login.table, clock: login.clock).inspect(
            token, at: centre)
    }

    func credits(of connection: String?) async throws -> [Row] {
        let grant = try await chosen(connection)
        let use = await credits.use(of: grant.id)
        var rows: [Row] = use.hours.sorted { $0.key < $1.key }.map { hour, calls in
            ["hour": .string(Moment.text(hour * 3600)), "calls": .integer(Int64(calls)), "remaining": .null]
        }
        rows.append([
            "hour": "24 hours", "calls": .integer(Int64(use.total)),
            "remaining": use.remaining.map { .integer(Int64($0)) } ?? .null,
        ])
        return rows
    }

    func examine(_ connection: String?) async throws -> [Row] {
        let found: Doctor.Login
        do {
            if let grant = try await grant(connection) {
                found = .grant(grant, await registeredConnections.tokens(for: grant))
            } else {
                found = .none(stored: try await registeredConnections.grants().map(\.name))
            }
        } catch {
            // A store that cannot be read is one of the things to report.
            found = .unknown(error)
        }
        return try await doctor.examine(found, among: try? await registeredConnections.grants().map(\.summary))
    }

    func timedJobs(needing connection: String) async throws -> [JobSummary] {
        let all = try await registeredConnections.grants().map(\.summary)
        let others = all.filter { $0.name != connection }
        var needing: [JobSummary] = []
        for job in try await doctor.jobs.timed() {
            guard try await doctor.jobs.hasConnection(job.number, among: all) else { continue }
            if try await !doctor.jobs.hasConnection(job.number, among: others) { needing.append(job) }
        }
        return needing
    }

    func dataCentres() -> [Row] {
        login.table.all.map {
            [
                "code": .string($0.code), "accounts": .string($0.accounts), "api": .string($0.api),
                "console": Value($0.console),
            ]
        }
    }

    /// The grant a command needs.
    /// - Throws: what to do when there is none, or when several are stored and none is chosen.
    private func chosen(_ name: String?) async throws -> Grant {
        if let grant = try await grant(name) { return grant }
        let names = try await registeredConnections.grants().map(\.name)
        throw names.count > 1 ? ConnectionSearch.noneChosen(names) : NoConnection.notSignedIn
    }

    /// The grant of a name, of the current connection, or of the only one.
    private func grant(_ name: String?) async throws -> Grant? {
        if let name { return try await registeredConnections.grant(named: name) }
        let all = try await registeredConnections.grants()
        if let current = await session.connectionName { return try await registeredConnections.grant(named: current) }
        return all.count == 1 ? all[0] : nil
    }
}
