internal import ZoshKit

/// One thing a run says about itself, as it is written down.
///
/// A unit is one run of one pipeline; a batch is what one of its stages handed to the gate; a row is one change of a
/// batch.
enum JournalEntry {
    /// - Parameters:
    ///   - key: which pipeline, with which values, for which row of a block, in which organisation.
    ///   - continuing: the unit of the same key that this one takes up again.
    case began(unit: Int, key: String, line: Int, continuing: Int?)
    /// Everything the stage will do, before any of it is done.
    case batch(unit: Int, stage: Int, [PlannedChange])
    /// The request is about to leave.
    case intent(unit: Int, stage: Int, row: Int, at: Int64)
    case outcome(unit: Int, stage: Int, row: Int, ChangeReport)
    /// Rows that what follows depends on, a page at a time.
    case kept(unit: Int, KeptRows.Slot, KeptRows, isLast: Bool)
    /// Such rows were too many.
    case tooMany(unit: Int, KeptRows.Slot)
    /// - Parameter failure: the error that ended it, rather than rows that failed.
    case ended(unit: Int, ExitStatus, failure: ZoshError?)
    /// It failed, and the script went on because of that (`||`).
    case decided(unit: Int)
    /// A file the run has read, by what was in it.
    case file(String, digest: String)

    var row: Row {
        switch self {
        case .began(let unit, let key, let line, let continuing):
            [
                "entry": "began", "unit": .integer(Int64(unit)), "key": .string(key), "line": .integer(Int64(line)),
                "continuing": continuing.map { .integer(Int64($0)) } ?? .null,
            ]
        case .batch(let unit, let stage, let changes):
            [
                "entry": "batch", "unit": .integer(Int64(unit)), "stage": .integer(Int64(stage)),
                "changes": .list(changes.compactMap { RecordedChange.row($0).map(Value.row) }),
            ]
        case .intent(let unit, let stage, let row, let at):
            [
                "entry": "intent", "unit": .integer(Int64(unit)), "stage": .integer(Int64(stage)),
                "row": .integer(Int64(row)),
                "at": .integer(at),
            ]
        case .outcome(let unit, let stage, let row, let report):
            [
                "entry": "outcome", "unit": .integer(Int64(unit)), "stage": .integer(Int64(stage)),
                "row": .integer(Int64(row)),
                "status": .string(report.outcome.rawValue), "id": Value(report.id), "code": Value(report.code),
                "message": Value(report.message),
            ]
        case .kept(let unit, let slot, let rows, let isLast):
            Row(
                [
                    ("entry", "kept"), ("unit", .integer(Int64(unit))), ("slot", .integer(Int64(slot.number))),
                    ("last", .bool(isLast)),
                ] + rows.fields)
        case .tooMany(let unit, let slot):
            ["entry": "too many", "unit": .integer(Int64(unit)), "slot": .integer(Int64(slot.number))]
        case .ended(let unit, let status, let failure):
            [
                "entry": "ended", "unit": .integer(Int64(unit)), "status": .integer(Int64(status.rawValue)),
                "kind": Value(failure?.kind.rawValue), "problem": Value(failure?.problem),
            ]
        case .decided(let unit): ["entry": "decided", "unit": .integer(Int64(unit))]
        case .file(let path, let digest): ["entry": "file", "path": .string(path), "digest": .string(digest)]
        }
    }

    /// Nil for an entry of a later version.
    init?(_ row: Row) {
        func number(_ name: String) -> Int { row[name]?.integer.flatMap { Int(exactly: $0) } ?? -1 }
        switch row.string("entry") {
        case "began":
            let continuing = number("continuing")
            self = .began(
                unit: number("unit"), key: row.string("key") ?? "", line: number("line"),
                continuing: continuing < 0 ? nil : continuing)
        case "batch":
            let changes = (row["changes"]?.list ?? []).compactMap { $0.row.flatMap(RecordedChange.change) }
            self = .batch(unit: number("unit"), stage: number("stage"), changes)
        case "intent":
            self = .intent(
                unit: number("unit"), stage: number("stage"), row: number("row"), at: row["at"]?.integer ?? 0)
        case "outcome":
            guard let outcome = row.string("status").flatMap(ChangeReport.Outcome.init) else { return nil }
            self = .outcome(
                unit: number("unit"), stage: number("stage"), row: number("row"),
                ChangeReport(outcome, id: row.string("id"), code: row.string("code"), message: row.string("message")))
        case "kept":
            self = .kept(
                unit: number("unit"), KeptRows.Slot(number: number("slot")), KeptRows(row), isLast: row["last"] == true)
        case "too many": self = .tooMany(unit: number("unit"), KeptRows.Slot(number: number("slot")))
        case "ended":
            guard let status = ExitStatus(rawValue: Int32(truncatingIfNeeded: number("status"))) else { return nil }
            let failure = row.string("kind").flatMap(ZoshError.Kind.init).map {
                ZoshError($0, row.string("problem") ?? "it failed")
            }
            self = .ended(unit: number("unit"), status, failure: failure)
        case "decided": self = .decided(unit: number("unit"))
        case "file": self = .file(row.string("path") ?? "", digest: row.string("digest") ?? "")
        default: return nil
        }
    }
}
