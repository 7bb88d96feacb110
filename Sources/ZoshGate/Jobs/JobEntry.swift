internal import ZoshKit

/// One thing a job says about itself, as it is written down. Rows are numbered through the whole job.
enum JobEntry {
    /// What one step has decided to change, before any of it is done; it takes the place of what an earlier attempt at
    /// the same step had decided.
    case batch(first: Int, Origin.Step?, [PlannedChange])
    /// A page of a batch that is still being decided on; it counts once the batch has begun.
    /// - Parameter batch: the number of the batch's first row.
    case page(first: Int, batch: Int, Origin.Step?, [PlannedChange])
    /// All pages of a batch are written down and let through.
    case begun(batch: Int)
    /// The request is about to leave.
    case intent(row: Int, at: Int64)
    /// Zoho does it later, as a job of its own.
    case accepted(row: Int, job: String)
    case outcome(row: Int, ChangeReport)
    /// What Zoho showed of the fields afterwards.
    case shown(row: Int, Row)

    var row: Row {
        switch self {
        case .batch(let first, let step, let changes): return Self.row("batch", first, step, changes)
        case .page(let first, let batch, let step, let changes):
            var row = Self.row("page", first, step, changes)
            row["batch"] = .integer(Int64(batch))
            return row
        case .begun(let batch): return ["entry": "begun", "batch": .integer(Int64(batch))]
        case .intent(let number, let at):
            return ["entry": "intent", "row": .integer(Int64(number)), "at": .integer(at)]
        case .accepted(let number, let job):
            return ["entry": "accepted", "row": .integer(Int64(number)), "job": .string(job)]
        case .outcome(let number, let report):
            return [
                "entry": "outcome", "row": .integer(Int64(number)), "outcome": .string(report.outcome.rawValue),
                "id": Value(report.id), "code": Value(report.code), "message": Value(report.message),
            ]
        case .shown(let number, let values):
            return ["entry": "shown", "row": .integer(Int64(number)), "values": .row(values)]
        }
    }

    private static func row(_ entry: String, _ first: Int, _ step: Origin.Step?, _ changes: [PlannedChange]) -> Row {
        var row: Row = [
            "entry": .string(entry), "first": .integer(Int64(first)),
            "changes": .list(changes.map { .row(RecordedChange.row($0)) }),
        ]
        if let step {
            row["step"] = .list([step.run, step.unit, step.stage].map { .integer(Int64($0)) })
        }
        return row
    }

    /// Nil for an entry of a later version.
    /// - Parameter nouns: the table that says what the nouns of its changes mean.
    init?(_ row: Row, among nouns: [Resource] = Resource.all) {
        func number(_ name: String) -> Int { row[name]?.integer.flatMap { Int(exactly: $0) } ?? -1 }
        switch row.string("entry") {
        case "begun": self = .begun(batch: number("batch"))
        case "batch", "page":
            let numbers = (row["step"]?.list ?? []).compactMap { $0.integer.flatMap { Int(exactly: $0) } }
            let step =
                numbers.count == 3 ? Origin.Step(run: numbers[0], unit: numbers[1], stage: numbers[2]) : nil
            // Outcomes are told by the number of the row, so that none may be missing.
            let changes = (row["changes"]?.list ?? []).map { recorded in
                let recorded = recorded.row ?? Row()
                return RecordedChange.change(recorded, among: nouns) ?? PlannedChange(UnknownChange(recorded))
            }
            let first = number("first")
            self =
                row["batch"] == nil
                ? .batch(first: first, step, changes)
                : .page(first: first, batch: number("batch"), step, changes)
        case "intent": self = .intent(row: number("row"), at: row["at"]?.integer ?? 0)
        case "accepted": self = .accepted(row: number("row"), job: row.string("job") ?? "")
        case "outcome":
            guard let outcome = row.string("outcome").flatMap(ChangeReport.Outcome.init) else { return nil }
            self = .outcome(
                row: number("row"),
                ChangeReport(outcome, id: row.string("id"), code: row.string("code"), message: row.string("message")))
        case "shown": self = .shown(row: number("row"), row["values"]?.row ?? Row())
        default: return nil
        }
    }
}
