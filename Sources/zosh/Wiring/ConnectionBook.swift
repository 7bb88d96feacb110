import ZohoClient
import ZoshCore
import ZoshKit

/// The stored connections of this process: who there is, which one is current, and the token source of each.
///
/// The store is read again every time: another shell may have signed in or out meanwhile. Token sources are kept, since
/// they hold the access token and make a refresh happen once.
actor ConnectionBook {
    private let store: any GrantStore
    private let oauth: OAuthClient
    private let clock: any ClientClock
    private let share: @Sendable (Grant.ID) -> any OrganizationShare
    private let patience: Patience
    private var sources: [Grant.ID: (refreshToken: Secret?, source: TokenSource)] = [:]

    /// - Parameters:
    ///   - share: what the processes of this machine share about a connection's limits.
    ///   - patience: how a throttled refresh is waited for.
    init(
        store: any GrantStore, oauth: OAuthClient, clock: any ClientClock, patience: Patience,
        share: @escaping @Sendable (Grant.ID) -> any OrganizationShare
    ) {
        self.store = store
        self.oauth = oauth
        self.clock = clock
        self.patience = patience
        self.share = share
    }

    func grants() async throws -> [Grant] { try await store.grants() }

    /// - Throws: `ZoshError.notFound` naming the connections there are.
    func grant(named name: String) async throws -> Grant {
        let all = try await grants()
        if let grant = all.first(where: { $0.name == name }) { return grant }
        let names = all.map(\.name).joined(separator: ", ")
        throw ZoshError(
            .notFound, "there is no connection '\(name)'",
            remedy: all.isEmpty ? "sign in: auth login" : "there are: \(names)")
    }

    func tokens(for grant: Grant) -> TokenSource {
        if let kept = sources[grant.id], same(kept.refreshToken, grant.refreshToken) { return kept.source }
        let source = TokenSource(grant, store: store, oauth: oauth, clock: clock, share: share(grant.id), patience: patience)
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
    let book: ConnectionBook
    let session: Session

    func all() async throws -> [ConnectionSummary] { try await book.grants().map(\.summary) }

    func use(_ name: String) async throws {
        let grant = try await book.grant(named: name)
        await session.use(connection: grant.name)
    }
}
