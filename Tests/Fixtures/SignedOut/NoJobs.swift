public import ZoshKit

/// The jobs of a person who has changed nothing yet.
public struct NoJobs: JobService {
    public init() {}

    public func latest(_ count: Int) async throws -> [JobSummary] { [] }
    public func unfinished() async throws -> [JobSummary] { [] }
    public func job(_ number: Int) async throws -> JobSummary {
        throw ZoshError(.notFound, "there is no job \(number)")
    }
    public func rows(of number: Int) async throws -> [Row] { [] }
    public func failed(of number: Int) async throws -> [Row] { [] }
    public func lastOwn(on connection: ConnectionSummary, for call: Call) async throws -> JobSummary? { nil }
    public func undo(of number: Int, on connection: ConnectionSummary) async throws -> JobUndo {
        throw ZoshError(.notFound, "there is no job \(number)")
    }
}
