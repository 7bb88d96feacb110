public import ZoshKit

/// The plans of a person who has made none.
public struct NoPlans: PlanService {
    public init() {}

    public func open(_ path: String, on connection: ConnectionSummary) async throws -> OpenedPlan {
        throw ZoshError(.notFound, "there is no file '\(path)'")
    }
}
