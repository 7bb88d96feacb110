internal import ZoshKit

/// The grant of a login under way, in memory alone, so that its token is renewed the way a stored one's is.
actor UnstoredGrant: GrantStore {
    private var kept: Grant

    init(_ grant: Grant) { kept = grant }

    func grant(_ id: Grant.ID) -> Grant? { kept }
    func grants() -> [Grant] { [kept] }
    func save(_ grant: Grant) { kept = grant }
    func remove(_ id: Grant.ID) {}

    /// No other process knows of it.
    func withRefreshLock<Result: Sendable>(
        _ id: Grant.ID, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result { try await body() }
}
