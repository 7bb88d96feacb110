internal import ZoshKit

/// Rows as they were before the run's own writes, so that a resumed run continues with them: read again, they
/// might be others.
struct KeptRows: Sendable {
    /// More is not stored; the run continues, but whatever depends on the rows cannot be resumed.
    static let most = 10_000
    static let mostBytes = 16 << 20
    /// Rows of one entry.
    static let page = 200

    /// What the rows are, within their unit.
    enum Slot: Hashable, Sendable {
        /// What the stage of this index runs its block for.
        case source(stage: Int)
        /// What the pipeline gave.
        case result

        var number: Int { if case .source(let stage) = self { stage } else { -1 } }

        init(number: Int) { self = number < 0 ? .result : .source(stage: number) }
    }

    var rows: [Row]
    var columns = Columns.unknown
    var outcome = RowOutcome()

    var isTooLarge: Bool {
        var left = Self.mostBytes
        return rows.count > Self.most
            || rows.contains { row in
                left -= JSONWriter.text(.row(row)).utf8.count
                return left < 0
            }
    }

    /// The entries that say all this, the last of which is marked as such.
    func entries(unit: Int, _ slot: Slot) -> [JournalEntry] {
        pages.map { .kept(unit: unit, slot, $0.part, isLast: $0.isLast) }
    }

    /// The rows in parts of which each is one entry; columns and outcome come with the last.
    var pages: [(part: KeptRows, isLast: Bool)] {
        var pages: [(part: KeptRows, isLast: Bool)] = []
        var start = 0
        repeat {
            let end = min(start + Self.page, rows.count)
            var part = KeptRows(rows: Array(rows[start..<end]))
            if end == rows.count { (part.columns, part.outcome) = (columns, outcome) }
            pages.append((part, end == rows.count))
            start = end
        } while start < rows.count
        return pages
    }

    /// The parts of an entry.
    var fields: [(String, Value)] {
        [
            ("rows", .list(rows.map(Value.row))), ("columns", .list(columns.headline.map { .string($0.description) })),
            ("card", .bool(columns.card)), ("command", Value(columns.command)), ("text", .bool(columns.isText)),
            ("connections", columns.connections.map { .list($0.map(\.entry)) } ?? .null),
            ("missing", .list(outcome.missing.map(Value.string))), ("failed", .integer(Int64(outcome.failed))),
            ("doubts", .list(outcome.doubts.map { .row($0.entry) })), ("origins", origins),
            ("ending", outcome.ending.map { .integer(Int64($0.rawValue)) } ?? .null),
        ]
    }

    /// Where the rows were read, which says how far they are trusted; null when none is from a file.
    private var origins: Value {
        guard rows.contains(where: { $0.origin != nil }) else { return .null }
        return .list(
            rows.map { row in
                row.origin.map { origin in
                    .row([
                        "file": .string(origin.file), "line": .integer(Int64(origin.line)),
                        "headings": origin.headingLine.map { .integer(Int64($0)) } ?? .null,
                    ])
                } ?? .null
            })
    }

    private static func origin(_ entry: Value) -> RowOrigin? {
        guard let row = entry.row, let file = row.string("file"), let line = row["line"]?.integer else { return nil }
        return RowOrigin(
            file: file, line: Int(clamping: line), headingLine: row["headings"]?.integer.map { Int(clamping: $0) })
    }

    init(rows: [Row], columns: Columns = .unknown, outcome: RowOutcome = RowOutcome()) {
        self.rows = rows
        self.columns = columns
        self.outcome = outcome
    }

    init(_ entry: Row) {
        rows = (entry["rows"]?.list ?? []).compactMap(\.row)
        let origins = entry["origins"]?.list ?? []
        for index in rows.indices where index < origins.count {
            rows[index] = rows[index].located(at: Self.origin(origins[index]))
        }
        columns = Columns((entry["columns"]?.list ?? []).map { FieldPath($0.text) }, card: entry["card"] == true)
        columns.command = entry.string("command")
        columns.connections = entry["connections"]?.list.map { $0.map(ConnectionPlace.init(entry:)) }
        columns.isText = entry["text"] == true
        outcome.missing = (entry["missing"]?.list ?? []).map(\.text)
        outcome.doubts = (entry["doubts"]?.list ?? []).compactMap(\.row).map(Doubt.init(entry:))
        outcome.failed = entry["failed"]?.integer.flatMap { Int(exactly: $0) } ?? 0
        outcome.ending = entry["ending"]?.integer.flatMap { ExitStatus(rawValue: Int32(truncatingIfNeeded: $0)) }
    }
}

extension ConnectionPlace {
    var entry: Value {
        guard let organisation else { return .string(name) }
        return .row([
            "connection": .string(name), "org": .string(organisation.id), "dc": .string(organisation.dataCentre),
            "environment": .string(organisation.environment),
        ])
    }

    init(entry: Value) {
        guard let row = entry.row else {
            self.init(name: entry.text, organisation: nil)
            return
        }
        let organisation = row.string("org").map {
            Organisation(
                id: $0, dataCentre: row.string("dc") ?? "", environment: row.string("environment") ?? "")
        }
        self.init(name: row.string("connection") ?? "", organisation: organisation)
    }
}

extension Doubt {
    fileprivate var entry: Row { ["problem": .string(problem), "slip": .bool(isSlip), "field": Value(field)] }

    fileprivate init(entry: Row) {
        self.init(
            entry.string("problem") ?? "", isSlip: entry["slip"] == true, field: entry.string("field"))
    }
}
