import ZohoClient
import ZoshCore
import ZoshKit
import ZoshTrust

/// The stored connections of this process: who there is, which one is current, and the token source of each.
///
/// The store is read again every time: another shell may have signed in or out meanwhile. Token sources are kept, since
/// they hold the access token and make a refresh happen once.
actor ConnectionRegistry {
    private let store: any GrantStore
    private let oauth: OAuthClient
    private let clock: any ClientClock
    private let share: @Sendable (Grant.ID) -> any OrganizationShare
    private let patience: RetryPatience
    private var sources: [Grant.ID: (refreshToken: Secret?, source: TokenSource)] = [:]

    /// - Parameters:
    ///   - share: what the processes of this machine share about a connection's limits.
    ///   - patience: how a throttled refresh is waited for.
    init(
        store: any GrantStore, oauth: OAuthClient, clock: any ClientClock, patience: RetryPatience,
        share: @escaping @Sendable (Grant.ID) -> any OrganizationShare
    ) {
        self.store = store
        self.oauth = oauth
        self.clock = clock
        self.patience = patience
        self.share = share
    }

    func grants() async throws -> [Grant] { try await store.grants() }

    /// - Throws: `ZoshError.notFound` with the nearest name, or a few of those there are.
    func grant(named name: String) async throws -> Grant {
        let all = try await grants()
        if let grant = all.first(where: { $0.name == name }) { return grant }
        throw ConnectionSearch.unknown(name, among: all.map(\.name))
    }

    /// How many approvals the organisation of a connection requires: as many as any connection to it, so that a second
    /// login is no way round.
    func approvals(at grant: Grant) async throws -> Int {
        try await grants().filter {
            $0.zgid == grant.zgid && $0.environment == grant.environment && $0.dataCentreCode == grant.dataCentreCode
        }.map(\.approvals).max() ?? grant.approvals
    }

    func tokens(for grant: Grant) -> TokenSource {
        if let kept = sources[grant.id], same(kept.refreshToken, grant.refreshToken) { return kept.source }
        let source = TokenSource(
            grant, store: store, oauth: oauth, clock: clock, share: share(grant.id), patience: patience)
        sources[grant.id] = (grant.refreshToken, source)
        return source
    }

    func forget(_ id: Grant.ID) { sources[id] = nil }

    /// No token stays in memory, as soon as what runs is over.
    func forgetAll() { sources = [:] }

    private func same(_ a: Secret?, _ b: Secret?) -> Bool {
        guard let a, let b else { return a == nil && b == nil }
        return a.matches(b)
    }
}

/// The connections as every module may see them.
struct VisibleConnections: ConnectionList {
    let registeredConnections: ConnectionRegistry
    let session: Session
    let console: any Console

    func all() async throws -> [ConnectionSummary] { try await registeredConnections.grants().map(\.summary) }

    func use(_ name: String) async throws {
        let found = try ConnectionSearch.meant(by: name, among: try await all())
        await session.use(connection: found.name)
        // A part of a name is a guess, however safe: what it came to is said.
        if found.name != name {
            console.note(
                "Using '\(found.name)': \(found.orgName) (\(found.environment.rawValue), \(found.dataCentre))")
        }
    }
}
