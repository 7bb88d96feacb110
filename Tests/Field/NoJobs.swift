import ZoshKit

/// The jobs of somebody who has changed nothing yet.
struct NoJobs: JobService {
    func latest(_ count: Int) async throws -> [JobSummary] { [] }
    func unfinished() async throws -> [JobSummary] { [] }
    func job(_ number: Int) async throws -> JobSummary { throw ZoshError(.notFound, "there is no job \(number)") }
    func rows(of number: Int) async throws -> [Row] { [] }
    func failed(of number: Int) async throws -> [Row] { [] }
}
