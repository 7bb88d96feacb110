/// Where grants are kept; the sealed store, fitted to it where the rooms are wired.
public protocol GrantStore: Sendable {
    /// As stored now, by whichever process; nil when it was removed.
    func grant(_ id: Grant.ID) async throws -> Grant?
    func grants() async throws -> [Grant]
    /// Inserts or replaces, durably before it returns.
    func save(_ grant: Grant) async throws
    func remove(_ id: Grant.ID) async throws
    /// Runs `body` while holding this grant's refresh lock, which excludes every other process.
    ///
    /// The lock is not held across anything but `body`, is waited for off the cooperative threads, and is free again
    /// when its holder dies.
    func withRefreshLock<Result: Sendable>(
        _ id: Grant.ID, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result
}
