public import ZoshKit

/// The plans of a person who has made none, and knows nobody who approves any.
public struct NoPlans: PlanService {
    public init() {}

    public func open(_ path: String, on connection: ConnectionSummary) async throws -> OpenedPlan {
        throw ZoshError(.notFound, "there is no file '\(path)'")
    }
    public func review(_ path: String) async throws -> ReviewedPlan {
        throw ZoshError(.notFound, "there is no file '\(path)'")
    }
    public func ownKey(as email: String) async throws -> (approver: Approver, text: String) {
        throw ZoshError(.auth, "there is no store")
    }
    public func approvers() async throws -> [Approver] { [] }
    public func approver(named name: String, key text: String) async throws -> Approver {
        throw ZoshError(.auth, "there is no store")
    }
}
