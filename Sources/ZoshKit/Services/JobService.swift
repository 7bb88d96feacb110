/// The jobs of this machine: every application of changes at Zoho, by number.
///
/// For example `try await jobs.latest(20)` is what `jobs list` shows.
public protocol JobService: Sendable {
    /// The latest jobs, the newest first.
    func latest(_ count: Int) async throws -> [JobSummary]

    /// Jobs with something left to do, the oldest first.
    func unfinished() async throws -> [JobSummary]

    /// - Throws: `ZoshError.notFound` for a number that no job has.
    func job(_ number: Int) async throws -> JobSummary

    /// A row for each change of a job, in order: `number` and the columns of a write, with `change` in words,
    /// `before` and `after`.
    func rows(of number: Int) async throws -> [Row]

    /// The rows of changes that were refused, failed, are unverified or were not started, with the values that were
    /// to be set, fit to be given to the same command again.
    func failed(of number: Int) async throws -> [Row]

    /// The last job at a connection's organisation that a call can take back without naming it: in a script one of
    /// the same run, else one of this process. Nil where there is none.
    func lastOwn(on connection: ConnectionSummary, for call: Call) async throws -> JobSummary?

    /// What takes a job back.
    /// - Throws: `ZoshError.refused` for a job of another organisation, and for one that is not over.
    func undo(of number: Int, on connection: ConnectionSummary) async throws -> JobUndo
}

/// What takes a job back: each field it changed to the value it had before.
///
/// For example a change of `city` back to "Bern", and of what is impossible a row that says why.
public struct JobUndo: Sendable {
    public let changes: [Change]
    /// A row for each change that cannot be taken back: `subject, action, outcome, message, code, id`.
    public let impossible: [Row]

    public init(changes: [Change], impossible: [Row]) {
        self.changes = changes
        self.impossible = impossible
    }
}

/// A job as it is listed.
///
/// For example job 7, `users update city=Bern`, which is `.unfinished` with 3 rows `not started`.
public struct JobSummary: Sendable, Hashable {
    public enum State: String, Sendable {
        case running, unfinished, done, failed, cancelled
        /// Its time has not come.
        case waiting
        /// Its time has come, and something of it is left to do.
        case due
    }

    public let number: Int
    public package(set) var state: State
    /// The command line as it was typed or stands in its script.
    public let line: String
    /// The script's path and line; nil for a typed line.
    public let script: String?
    public let connection: String
    public let organisation: String
    /// Where it ran, whatever the connection is called since.
    package let place: ConnectionPlace
    /// Seconds since 1970; `ended` is nil while it is not over.
    public let started: Int64
    public let ended: Int64?
    /// How many changes ended in which way, by outcome; those that a process has sent are `under way`.
    public let counts: [String: Int]
    /// The number of the job that it takes back; nil for other jobs.
    public let undoes: Int?
    /// When it runs; nil for a job that ran at once.
    public let timing: JobTiming?
    /// The run it belongs to.
    package let run: Int?

    package init(
        number: Int, state: State, line: String, script: String?, place: ConnectionPlace, organisation: String,
        started: Int64, ended: Int64?, counts: [String: Int], undoes: Int?, timing: JobTiming? = nil, run: Int?
    ) {
        self.number = number
        self.state = state
        self.line = line
        self.script = script
        self.place = place
        connection = place.name
        self.organisation = organisation
        self.started = started
        self.ended = ended
        self.counts = counts
        self.undoes = undoes
        self.timing = timing
        self.run = run
    }
}

/// When a job runs that does not run at once.
///
/// For example `2026-12-31 17:00 Europe/Berlin`.
public struct JobTiming: Sendable, Hashable {
    /// Seconds since 1970.
    public let at: Int64
    /// As it was written, `2026-12-31 17:00`, and the zone that was meant; nil where no time was written.
    public let local: String?
    public let zone: String?
    /// Whether it puts back what another job has changed for some time.
    public let isWayBack: Bool
    /// After how many seconds its changes are put back; nil for never.
    public let lasting: Int64?
    /// When a timer leaves it alone after it was tried in vain; seconds since 1970.
    package let rest: Range<Int64>?

    package init(
        at: Int64, local: String?, zone: String?, isWayBack: Bool, lasting: Int64?, rest: Range<Int64>? = nil
    ) {
        self.rest = rest
        self.at = at
        self.local = local
        self.zone = zone
        self.isWayBack = isWayBack
        self.lasting = lasting
    }

    /// `2026-12-31 17:00 Europe/Berlin`; in UTC where no time was written.
    public var text: String {
        guard let local, let zone else { return Timestamp.rfc3339(at) }
        return "\(local) \(zone)"
    }
}

/// Takes up the line or the script a job belongs to, where it stopped.
///
/// For example `jobs resume 7`.
public protocol UnfinishedJobs: Sendable {
    /// - Returns: the rows of the writes; how it ended is the status of the line.
    func resume(_ job: JobSummary, for call: Call) async throws -> RowStream
}

/// Where no line runs, nothing can be taken up.
package struct NoUnfinishedJobs: UnfinishedJobs {
    package init() {}

    package func resume(_ job: JobSummary, for call: Call) async throws -> RowStream {
        throw ZoshError(.bug, "jobs are resumed from a line")
    }
}
