public import ZoshKit

/// The audit log of a person who has changed nothing yet.
public struct NoAudit: AuditService {
    public let now: Int64 = 0

    public init() {}

    public func lines(last count: Int?, where isWanted: (@Sendable (Row) -> Bool)?) async throws -> [Row] { [] }
    public func check(lookingFor head: String?) async throws -> AuditHead { throw Self.noStore }
    public func check(file: String, lookingFor head: String?) async throws -> AuditHead { throw Self.noStore }
    public func export(to file: String, replacing: Bool) async throws -> AuditHead { throw Self.noStore }

    private static let noStore = ZoshError(.local, "there is no store")
}
