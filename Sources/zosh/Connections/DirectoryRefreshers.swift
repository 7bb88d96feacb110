import Vault
import ZohoClient
import ZoshCore
import ZoshKit

/// The cached list of users of each connection, made when first asked for.
actor DirectoryRefreshers {
    private let store: SealedDirectory
    private var refreshers: [Grant.ID: DirectoryRefresher] = [:]

    init(store: SealedDirectory) { self.store = store }

    func refresher(of grant: Grant) -> DirectoryRefresher {
        if let kept = refreshers[grant.id] { return kept }
        let made = DirectoryRefresher(key: grant.id, store: store) { Moment.now }
        refreshers[grant.id] = made
        return made
    }

    /// People are in memory only while the store is open.
    func forgetAll() { refreshers = [:] }

    /// The directory one line sees; an empty one without a connection.
    func directory(of grant: Grant?, through zoho: any ZohoService) -> any UserDirectory {
        guard let grant else { return NoDirectory() }
        return refresher(of: grant).directory(through: zoho)
    }
}

/// The sealed store as ZoshCore wants to see it: blocks under a connection's id.
struct SealedDirectory: DirectoryStore {
    let storeSession: StoreSession

    func load(_ key: String) async throws -> [[UInt8]] {
        guard let store = await storeSession.openedSilently() else { return [] }
        let owner = try RecordID(grant: key)
        return try await mapped { try await store.read { try $0.readBlocks(.directory, owner: owner) } }
    }

    func save(_ blocks: [[UInt8]], for key: String) async throws {
        guard let store = await storeSession.openedSilently() else { return }
        let owner = try RecordID(grant: key)
        try await mapped { try await store.write { try $0.replaceBlocks(.directory, owner: owner, with: blocks) } }
    }
}

/// No users: what a line without a connection sees.
private struct NoDirectory: UserDirectory {
    let snapshot = DirectorySnapshot.empty

    func fresh(within seconds: Int64) async throws -> DirectorySnapshot { throw NoConnection.notSignedIn }
    func fields(of resource: Resource) async throws -> FieldSet { FieldSet(resource, gap: NoConnection.notSignedIn) }
}
