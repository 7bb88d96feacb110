internal import ZoshKit

/// When a job runs that does not run at once, as its header has it.
///
/// The job decides what becomes of it, not the clock: it waits until it has begun, and is over once. A clock that goes
/// back makes it wait longer, one that goes forward makes it late.
struct Timing: Sendable, Equatable {
    /// Seconds since 1970.
    let at: Int64
    /// As it was written; nil where no time was.
    var local: String?
    var zone: String?
    /// After how many seconds its changes are put back.
    var lasting: Int64?
    /// Whether it puts back what the job that it undoes has changed.
    var isWayBack = false
    /// Whether it puts back what is written down of it, not all that the job has changed: the rest is back already.
    var hasOwnRows = false
    /// Whether giving and taking administrator rights was allowed.
    let administrators: Bool
    /// The id and the e-mail address of the user of the login it was written with.
    let user: String
    let email: String
    /// When it was first taken up, in seconds since 1970; nil while it waits.
    var begun: Int64?
    /// How often it has put back in vain, and when it last did; seconds since 1970.
    private(set) var tries: Int64 = 0
    private(set) var tried: Int64 = 0

    init(at: Int64, administrators: Bool, on connection: ConnectionSummary) {
        self.at = at
        self.administrators = administrators
        user = connection.userID
        email = connection.email
    }

    init(_ time: ChosenTime, lasting: Int64?, administrators: Bool, on connection: ConnectionSummary) {
        self.init(at: time.instant, administrators: administrators, on: connection)
        (local, zone, self.lasting) = (time.local, time.zone, lasting)
    }

    private static let field = "timed"

    /// Nil for the header of a job that ran at once.
    init?(_ header: Row) {
        guard let row = header[Self.field]?.row, let at = row["at"]?.integer else { return nil }
        self.at = at
        (local, zone, lasting) = (row.string("local"), row.string("zone"), row["for"]?.integer)
        (isWayBack, hasOwnRows) = (row["way_back"]?.bool == true, row["own_rows"]?.bool == true)
        administrators = row["administrators"]?.bool == true
        (user, email) = (row.string("user") ?? "", row.string("email") ?? "")
        begun = row["begun"]?.integer
        (tries, tried) = (row["tries"]?.integer ?? 0, row["tried"]?.integer ?? 0)
    }

    func note(in header: inout Row) {
        header[Self.field] = .row([
            "at": .integer(at), "local": Value(local), "zone": Value(zone),
            "for": lasting.map { .integer($0) } ?? .null, "way_back": .bool(isWayBack),
            "own_rows": .bool(hasOwnRows), "administrators": .bool(administrators), "user": .string(user),
            "email": .string(email),
            "begun": begun.map { .integer($0) } ?? .null, "tries": .integer(tries), "tried": .integer(tried),
        ])
    }

    /// It was tried in vain: a timer waits a minute before it tries again, then two, and so on up to an hour.
    mutating func noteTry(at now: Int64) {
        tries += 1
        tried = now
    }

    private var rest: Range<Int64>? {
        guard tries > 0 else { return nil }
        return tried..<tried + min(3600, 60 << min(tries - 1, 6))
    }

    /// Whether it may run: its time has come, or had come before a clock was set back.
    func isDue(at now: Int64) -> Bool { begun != nil || at <= now }

    func state(at now: Int64, isRunning: Bool) -> JobSummary.State {
        // A line that writes it holds it, too.
        if isRunning, begun != nil { return .running }
        return isDue(at: now) ? .due : .waiting
    }

    var summary: JobTiming {
        // Where no time was written, one is shown in the same form.
        let utc = String(Timestamp.rfc3339(at).prefix(19)).replacing("T", with: " ")
        return JobTiming(
            at: at, local: local ?? utc, zone: zone ?? "+00:00", isWayBack: isWayBack, lasting: lasting, rest: rest)
    }

    static let runs = "'jobs due' runs it then, and 'jobs timer' prints a timer for that"

    /// What a dry run says of times; nil where there are none.
    static func dryNote(_ write: WriteOptions) -> String? {
        let start = write.at.map { "would wait until \($0.text)\($0.isZoneOfMachine ? zoneNote : "")" }
        let end = write.lasting.map { "would be put back \(TimeLength.text($0)) later" }
        let parts = [start, end].compactMap(\.self)
        return parts.isEmpty ? nil : "Note: this \(parts.joined(separator: " and "))".neutralised
    }

    private static let zoneNote = " (the time zone of this machine)"

    /// What is said of a job when it was written.
    func sentence(_ job: Int, isZoneOfMachine: Bool) -> String {
        "job \(job) waits until \(summary.text)\(isZoneOfMachine ? Self.zoneNote : ""); "
            + Self.runs
    }
}
