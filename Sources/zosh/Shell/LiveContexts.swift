import ZohoClient
import ZoshCore
import ZoshGate
import ZoshKit

/// Gives each pipeline the world as it is now: the current connection, Zoho as that connection, the gate.
///
/// A pipeline that needs no connection never opens the store: `help` must not ask for a passphrase.
struct LiveContexts: ContextSource {
    let session: Session
    let storeSession: StoreSession
    let registeredConnections: ConnectionRegistry
    let connectionAdmin: ConnectionAdmin
    let directories: DirectoryRefreshers
    let console: any Console
    let transport: HTTPTransport
    let files: any RowFiles
    let jobs: JobHistory
    let runs: Journal
    let audit: any AuditLog
    let plans: PlanRegistry
    let credits: CallLedger
    /// What ZOSH_CONNECTION says; nil where an option says otherwise. An error names it, since no line does.
    let connectionOfEnvironment: String?

    func context(progress: ProgressMeter) async throws -> ShellContext {
        try await context(needsConnection: true, progress: progress)
    }

    func context(needsConnection: Bool, progress: ProgressMeter) async throws -> ShellContext {
        try await context(
            as: needsConnection ? try await current(mayAsk: true) : try await atHand(), pinned: nil, progress)
    }

    func context(of connection: String, progress: ProgressMeter) async throws -> ShellContext {
        try await context(as: try await registeredConnections.grant(named: connection), pinned: connection, progress)
    }

    /// - Parameter pinned: the connection's name when it need not be the session's.
    private func context(as grant: Grant?, pinned: String?, _ progress: ProgressMeter) async throws -> ShellContext {
        var snapshot = await session.snapshot(connection: grant?.summary)
        snapshot.fixedConnection = pinned
        if let grant { snapshot.connection?.approvals = try await registeredConnections.approvals(at: grant) }
        let (gate, zoho) = await gate(of: snapshot, as: grant, progress)
        return ShellContext(
            session: snapshot, zoho: zoho, directory: await directories.directory(of: grant, through: zoho),
            connections: VisibleConnections(
                registeredConnections: registeredConnections, session: session, console: console),
            changes: gate, console: console, files: files,
            progress: progress)
    }

    /// The gate of a connection for jobs whose time has come: what the session allows or forbids does not count for
    /// them, but that it is read-only.
    func timedGate(of connection: String, _ progress: ProgressMeter) async throws -> ChangeGate {
        let grant = try await registeredConnections.grant(named: connection)
        let settings = await session.settings
        var snapshot = SessionSnapshot(
            connection: grant.summary, readOnly: settings.readOnly, yes: true, apiVersion: settings.apiVersion)
        snapshot.connection?.approvals = try await registeredConnections.approvals(at: grant)
        return await gate(of: snapshot, as: grant, progress).gate
    }

    private func gate(of snapshot: SessionSnapshot, as grant: Grant?, _ progress: ProgressMeter) async -> (
        gate: ChangeGate, zoho: any ZohoService
    ) {
        var zoho: any ZohoService = NoConnection(error: NoConnection.notSignedIn)
        var writer: ResourceWriter?
        if let grant {
            let tokens = await registeredConnections.tokens(for: grant)
            zoho = HTTPZohoService(
                tokens: tokens, transport: transport, version: snapshot.apiVersion, progress: progress)
            writer = ResourceWriter(
                tokens: tokens, transport: transport, version: snapshot.apiVersion, progress: progress)
        }
        var changeExecutor = ShellChangeExecutor(
            writer: writer, zoho: zoho, connections: connectionAdmin, store: StoreAdmin(storeSession: storeSession),
            jobs: jobs)
        changeExecutor.runs = runs
        changeExecutor.plans = plans
        if let grant { changeExecutor.budget = ShellChangeExecutor.Budget(credits: credits, grant: grant.id) }
        if let grant { changeExecutor.directory = await directories.refresher(of: grant) }
        let gate = ChangeGate(
            session: snapshot, console: console, executor: changeExecutor, history: jobs,
            population: grant == nil ? nil : LivePopulation(zoho: zoho), audit: audit, plans: plans,
            progress: progress)
        return (gate, zoho)
    }

    /// The grant of a line that can do without: a store that cannot be read is for commands that need it to report.
    private func atHand() async throws -> Grant? {
        do { return try await current(mayAsk: false) } catch let error as ZoshError
            where error.kind == .auth || error.kind == .local
        {
            return nil
        }
    }

    /// The grant a line works on: the named one, else the only one.
    private func current(mayAsk: Bool) async throws -> Grant? {
        guard mayAsk ? try await storeSession.existing() != nil : await storeSession.openedSilently() != nil else {
            return nil
        }
        if let name = await session.connectionName {
            do { return try await registeredConnections.grant(named: name) } catch var error as ZoshError
                where error.kind == .notFound && name == connectionOfEnvironment
            {
                error.problem += " (from ZOSH_CONNECTION)"
                throw error
            }
        }
        let all = try await registeredConnections.grants()
        if all.count == 1 {
            await session.use(connection: all[0].name)
            return all[0]
        }
        guard mayAsk, !all.isEmpty else { return nil }
        throw ConnectionSearch.noneChosen(all.map(\.name))
    }
}
