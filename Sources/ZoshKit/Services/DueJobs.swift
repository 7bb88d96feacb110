/// Runs the jobs whose time has come, those of every connection of the store.
///
/// For example `jobs due`, which a timer starts.
public protocol DueJobs: Sendable {
    /// Those that are due, the earliest first.
    func due() async throws -> [JobSummary]

    /// One that is due.
    /// - Throws: `ZoshError` for one that is not, which says why.
    func due(_ number: Int) async throws -> JobSummary

    /// Runs each that is due, once, with what was agreed to when it was written. One that cannot be run now stays due
    /// and costs the others nothing.
    /// - Parameters:
    ///   - number: of the only one that is run; nil for all of them.
    ///   - isAttended: whether a person wants it: a timer leaves what Zoho has refused alone for a while.
    ///   - progress: counts the requests.
    func runDue(_ number: Int?, isAttended: Bool, _ progress: ProgressMeter) async throws -> [DueJob]

    /// What a timer needs to run them.
    var program: TimedProgram { get }

    /// Seconds since 1970.
    var now: Int64 { get }
}

/// What became of one job whose time had come.
///
/// For example the job 12 with an obstacle whose kind is `.auth`: the store is locked.
public struct DueJob: Sendable {
    /// As it is now.
    public let job: JobSummary
    /// Why it could not be run, or not to its end; nil when it was.
    public let obstacle: ZoshError?

    public init(_ job: JobSummary, obstacle: ZoshError? = nil) {
        self.job = job
        self.obstacle = obstacle
    }
}

/// The program a timer starts, and what it has to find in its environment.
///
/// For example `/usr/local/bin/zosh` with `ZOSH_KEY_FILE` and `ZOSH_HOME`.
public struct TimedProgram: Sendable {
    /// A whole path.
    public let path: String
    /// `ZOSH_HOME` and the like, in the order they are written.
    public let environment: [(name: String, value: String)]
    /// Whether it opens the store without a question.
    public let opensStore: Bool

    public init(path: String, environment: [(name: String, value: String)], opensStore: Bool) {
        self.path = path
        self.environment = environment
        self.opensStore = opensStore
    }
}
