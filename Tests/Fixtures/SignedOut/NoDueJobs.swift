public import ZoshKit

/// The timed jobs of a person who has none.
public struct NoDueJobs: DueJobs {
    public init() {}

    public func due() async throws -> [JobSummary] { [] }
    public func runDue(isAttended: Bool, _ progress: ProgressMeter) async throws -> [DueJob] { [] }
    public var program: TimedProgram { TimedProgram(path: "/usr/bin/zosh", environment: [], opensStore: false) }
    public var now: Int64 { 0 }
}
