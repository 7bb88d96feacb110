public import ZoshKit
public import ZoshTrust

/// The keys of a store that does not exist.
public struct NoVault: VaultControl {
    public init() {}

    public func status() async throws -> Row { ["exists": false] }
    public func unlock(keepingFor seconds: Int64?) async throws { throw Self.noStore }
    public func lock() async throws {}
    public func setAutoLock(after seconds: Int64?) async throws {}
    public func slots() async throws -> [Row] { throw Self.noStore }
    public func verify(expecting generation: Int64?) async throws -> [Row] { throw Self.noStore }
    public func export(to path: String, withGrants: Bool) async throws -> [Row] { throw Self.noStore }
    public func generateKeyFile(at path: String) async throws { throw Self.noStore }

    private static let noStore = ZoshError(.local, "there is no store")
}
