public import ZoshKit

/// The timed jobs of a person who has none.
public struct NoDueJobs: DueJobs {
    public init() {}

    public func due() async throws -> [JobSummary] { [] }
    public func due(_ number: Int) async throws -> JobSummary { throw ZoshError(.notFound, "no job waits") }
    public func runDue(_ number: Int?, isAttended: Bool, _ progress: ProgressMeter) async throws -> [DueJob] { [] }
    public var program: TimedProgram { TimedProgram(path: "/usr/bin/zosh", environment: [], opensStore: false) }
    public var now: Int64 { 0 }
}
