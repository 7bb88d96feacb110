import ZoshKit

/// The changes that the audit log holds of one organisation, to be compared with Zoho's own log.
///
/// A change of ours accounts for one entry of Zoho's about the same record and of the same kind, at a time between its
/// two lines; the clocks may differ. So a change made on the web page while zosh changes the same user is listed.
struct OwnChanges {
    /// The clocks of this machine and of Zoho may differ by this much; seconds.
    static let skew: Int64 = 600
    /// How long after its first line a change whose end was never written may have happened; seconds.
    static let longest: Int64 = 3600

    private struct Change {
        let record: String?
        let name: String?
        let kind: String
        let module: String
        let times: ClosedRange<Int64>
    }

    private var changes: [Change] = []

    /// Zoho's word for what a verb of ours does.
    private static let kinds = ["create": "added", "delete": "deleted"]

    /// - Parameter lines: of the whole log, the oldest first.
    init(_ lines: [Row], on connection: ConnectionSummary) {
        let here = lines.filter {
            $0.string("zgid") == connection.orgID && $0.string("dc") == connection.dataCentre
                && $0.string("environment") == connection.environment.rawValue
        }
        let ends = Dictionary(
            here.compactMap { line in line["begun"]?.integer.map { ($0, line) } }, uniquingKeysWith: { $1 })
        // What was scheduled has changed nothing yet; its run writes separate lines.
        for line in here where line["begun"] == nil && line["until"] == nil {
            guard let number = line["number"]?.integer, let start = Self.time(of: line) else { continue }
            let end = ends[number]
            let until = end.flatMap(Self.time) ?? start + Self.longest
            let reported = (end?["changes"]?.list ?? []).compactMap(\.row)
            let results = Dictionary(reported.map { (Self.key($0), $0) }, uniquingKeysWith: { $1 })
            for change in (line["changes"]?.list ?? []).compactMap(\.row) {
                let result = results[Self.key(change)]
                guard !["refused", "failed", "not started", "unchanged"].contains(result?.string("outcome")),
                    let module = change.string("resource")
                else { continue }
                changes.append(
                    Change(
                        record: change.string("id") ?? result?.string("id"), name: change.string("subject"),
                        kind: Self.kinds[change.string("verb") ?? ""] ?? "updated", module: module,
                        times: start - Self.skew...max(start, until) + Self.skew))
            }
        }
    }

    /// Whether an entry is about users, roles or profiles.
    static func isCompared(_ entry: Row) -> Bool { module(of: entry) != nil }

    /// The entries that no change of ours accounts for.
    func missing(from entries: [Row]) -> [Row] {
        // By record where Zoho names it, else by name.
        let byRecord = Dictionary(grouping: changes.indices) { changes[$0].record }
        let byName = Dictionary(grouping: changes.indices) { changes[$0].name?.lowercased() }
        var used: Set<Int> = []
        return entries.filter { entry in
            let candidates =
                entry.string("id").map { byRecord[$0] ?? [] }
                ?? byName[entry.string("subject")?.lowercased()] ?? []
            guard let found = candidates.first(where: { !used.contains($0) && Self.fits(changes[$0], entry) }) else {
                return true
            }
            used.insert(found)
            return false
        }
    }

    private static func fits(_ change: Change, _ entry: Row) -> Bool {
        change.module == module(of: entry) && change.kind == entry.string("action")?.lowercased()
            && time(of: entry).map(change.times.contains) == true
    }

    /// The noun that a module of Zoho's log stands for, whether it is written in singular or plural.
    private static func module(of entry: Row) -> String? {
        let name = entry.string("module")?.lowercased() ?? ""
        return ["users", "roles", "profiles"].first { $0 == name || $0.dropLast() == name }
    }

    private static func key(_ change: Row) -> [String?] {
        [change.string("subject"), change.string("action")]
    }

    private static func time(of row: Row) -> Int64? { row.string("at").flatMap { Timestamp($0)?.instant } }
}
