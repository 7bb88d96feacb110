internal import ZoshKit

/// One thing a run says about itself, as it is written down.
///
/// A unit is one run of one pipeline; what its stages change is written down by the gate.
enum JournalEntry {
    /// - Parameter key: which pipeline, with which values, for which row of a block, in which organisation.
    case began(unit: Int, key: String)
    /// A stage is about to hand changes to the gate.
    case changing(unit: Int, stage: Int)
    /// Rows that what follows depends on, a page at a time.
    case kept(unit: Int, KeptRows.Slot, KeptRows, isLast: Bool)
    /// The rows of a variable that a line found set, a page at a time.
    case variable(String, KeptRows, isLast: Bool)
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
        case .began(let unit, let key):
            ["entry": "began", "unit": .integer(Int64(unit)), "key": .string(key)]
        case .changing(let unit, let stage):
            ["entry": "changing", "unit": .integer(Int64(unit)), "stage": .integer(Int64(stage))]
        case .kept(let unit, let slot, let rows, let isLast):
            Row(
                [
                    ("entry", "kept"), ("unit", .integer(Int64(unit))), ("slot", .integer(Int64(slot.number))),
                    ("last", .bool(isLast)),
                ] + rows.fields)
        case .variable(let name, let rows, let isLast):
            Row([("entry", "variable"), ("name", .string(name)), ("last", .bool(isLast))] + rows.fields)
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
        case "began": self = .began(unit: number("unit"), key: row.string("key") ?? "")
        case "changing": self = .changing(unit: number("unit"), stage: number("stage"))
        case "kept":
            self = .kept(
                unit: number("unit"), KeptRows.Slot(number: number("slot")), KeptRows(row), isLast: row["last"] == true)
        case "variable": self = .variable(row.string("name") ?? "", KeptRows(row), isLast: row["last"] == true)
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
