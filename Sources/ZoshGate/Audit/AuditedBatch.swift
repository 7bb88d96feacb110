internal import Synchronization
internal import ZoshKit

/// What one call of the gate says in the audit log: a line before its first request leaves, which names every record
/// it concerns, and one when it is over, which says how many ended in which way and names those of which more is to be
/// said than "done".
///
/// It holds no values: the names of fields are in the action, and what was typed is in the command. Values are people's
/// data, which a log that is never pruned would keep for ever; the job has them for as long as it is kept.
actor AuditedBatch {
    private let log: any AuditLog
    private let session: SessionSnapshot
    private let origin: Origin
    private let planned: [PlannedChange]
    private let job: Job?
    /// The places of what is to be done; the rest was settled before anything began.
    private let open: [Int]
    private var reports: [Int: ChangeReport] = [:]
    private let number = FirstNumber()
    private var hasBegun = false
    private var isSaved = false
    private var isOver = false

    init(
        _ planned: [PlannedChange], _ session: SessionSnapshot, _ origin: Origin, job: Job?, in log: any AuditLog
    ) {
        self.planned = planned
        self.session = session
        self.origin = origin
        self.job = job
        self.log = log
        open = planned.indices.filter { planned[$0].hasTurn }
    }

    /// The first request of it is about to leave.
    func begin() async {
        guard !hasBegun else { return }
        hasBegun = true
        let rows = open.map { place in AuditRow.subject(planned[place]) }
        note(await line(outcome: "intended", rows), written: { [number] in number.set($0) })
    }

    /// Whatever was said is on the disk before a request leaves.
    func save() async throws {
        guard !isSaved else { return }
        try await log.save(before: open.map { planned[$0].effect })
        isSaved = true
    }

    func conclude(_ place: Int, _ report: ChangeReport) {
        if planned[place].hasTurn { reports[place] = report }
    }

    /// Nothing more of it will be done.
    func end() async {
        guard hasBegun, !isOver else { return }
        isOver = true
        var counts: [String: Int] = [:]
        var listed: [Row] = []
        for place in open {
            let report = reports[place] ?? ChangeReport(.notStarted)
            counts[report.outcome.rawValue, default: 0] += 1
            let one = planned[place]
            // What has an id only now, and what is not one of Zoho's, is named as well.
            if report.outcome == .done, one.id != nil { continue }
            var row = AuditRow.subject(one)
            row["id"] = Value(report.id ?? one.id)
            row["outcome"] = .string(report.outcome.rawValue)
            row["code"] = Value(report.code)
            row["message"] = Value(report.message)
            listed.append(row)
        }
        let ends = ChangeReport.Outcome.allCases.compactMap { outcome in
            counts[outcome.rawValue].map { "\($0) \(outcome.rawValue)" }
        }
        note(await line(outcome: ends.joined(separator: ", "), listed))
    }

    /// What was said of its end is on the disk, if it can be.
    func saveEnd() async { await log.saveIfOpen() }

    private func note(_ row: Row, written: @escaping @Sendable (Int64) -> Void = { _ in }) {
        log.note(
            AuditLine(
                row: { [number] in
                    var row = row
                    if row["begun"] != nil { row["begun"] = number.value.map { .integer($0) } ?? .null }
                    return row
                }, written: written))
    }

    private func line(outcome: String, _ changes: [Row]) async -> Row {
        // What zosh itself keeps is changed through no connection.
        let connection = planned.contains { $0.effect.reachesZoho } ? session.connection : nil
        var row = AuditRow.row(
            origin, connection, job: await job?.number, rows: open.count, outcome: outcome, at: log.now)
        if isOver { row["begun"] = .null }
        row["changes"] = .list(changes.map { .row($0) })
        return row
    }
}

/// The number of the line that began something, once it is written.
private final class FirstNumber: Sendable {
    private let number = Mutex<Int64?>(nil)

    var value: Int64? { number.withLock { $0 } }

    func set(_ new: Int64) { number.withLock { $0 = new } }
}
