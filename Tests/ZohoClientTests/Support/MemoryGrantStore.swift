import ZohoClient

/// Grants in memory, with a lock that several token sources share as processes would.
actor MemoryGrantStore: GrantStore {
    private var stored: [Grant.ID: Grant] = [:]
    private var locked: Set<Grant.ID> = []
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private(set) var saves = 0

    init(_ grants: [Grant] = []) { for grant in grants { stored[grant.id] = grant } }

    func grant(_ id: Grant.ID) -> Grant? { stored[id] }
    func grants() -> [Grant] { Array(stored.values) }
    func remove(_ id: Grant.ID) { stored[id] = nil }

    func save(_ grant: Grant) {
        saves += 1
        stored[grant.id] = grant
    }

    nonisolated func withRefreshLock<Result: Sendable>(
        _ id: Grant.ID, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        await lock(id)
        do {
            let result = try await body()
            await unlock(id)
            return result
        } catch {
            await unlock(id)
            throw error
        }
    }

    private func lock(_ id: Grant.ID) async {
        while locked.contains(id) { await withCheckedContinuation { waiting.append($0) } }
        locked.insert(id)
    }

    private func unlock(_ id: Grant.ID) {
        locked.remove(id)
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
