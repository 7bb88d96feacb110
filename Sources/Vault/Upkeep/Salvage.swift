internal import FoundationEssentials
internal import GRDB
internal import ZoshTrust

/// Opens everything in a store that still opens, and names what does not: it continues after every problem, unlike
/// reading, which stops at the first.
final class Salvage {
    private let database: Database
    private let meta: Meta
    private let reader: StoreReader
    /// Kinds whose content is kept in `items`.
    private let wanted: Set<RecordKind>
    private(set) var result: Verification
    private(set) var items: [ExportItem] = []

    init(_ database: Database, key: DataKey, keeping wanted: [RecordKind] = []) throws {
        self.database = database
        self.wanted = Set(wanted)
        meta = try Meta.read(database)
        reader = StoreReader(unverified: database, seal: RecordSeal(key: key, store: meta.store), meta: meta)
        result = Verification(generation: meta.generation, epoch: meta.epoch)
    }

    func run(expecting expected: Int64?, schema: Schema) {
        noting { try schema.checkObjects(in: database) }
        noting { try SetSeal.verify(database, meta: meta, key: reader.seal.key) }
        if let expected, meta.generation < expected {
            result.problems.append(
                "an older copy was put back: its generation is \(meta.generation), expected was \(expected) or more")
        }
        noting {
            for row in try GRDB.Row.fetchAll(database, sql: "PRAGMA integrity_check") {
                let line = try row.text("integrity_check")
                if line != "ok" { result.problems.append("the file: \(line)") }
            }
        }
        for row in rows("SELECT kind, id, generation, sealed FROM record NOT INDEXED", by: ["rowid"]) {
            noting {
                let kind = try row.recordKind("kind")
                let record = try reader.open(row, kind: kind)
                if kind.series != nil, record.id == .shared { return }
                found([ExportItem(form: .record, kind: kind, id: record.id, body: record.body)], kind)
            }
        }
        for row in rows("SELECT kind, stream FROM log", by: ["kind", "stream"]) {
            noting {
                let kind = try row.recordKind("kind")
                let stream = try row.identity("stream")
                found(
                    try reader.readLog(kind, stream: stream).map {
                        ExportItem(form: .entry, kind: kind, id: stream, body: $0.body)
                    }, kind)
            }
            noting { try reader.checkLinks(row.recordKind("kind"), stream: row.identity("stream")) }
        }
        for row in rows("SELECT kind, owner FROM blocks", by: ["kind", "owner"]) {
            noting {
                let kind = try row.recordKind("kind")
                let count = try reader.readBlocks(kind, owner: row.identity("owner")).count
                if count > 0 { result.intact[kind, default: 0] += count }
            }
        }
        salvageSeries()
        for (part, whole, column) in [("entry", "log", "stream"), ("block", "blocks", "owner")] {
            noting { try checkBelonging(part, to: whole, by: column) }
        }
    }

    private func salvageSeries() {
        var hasPieces = false
        noting { hasPieces = try database.tableExists("piece") }
        guard hasPieces else { return }
        for kind in SeriesKind.allCases {
            let salvage = SeriesSalvage(kind, reader, noting: noting)
            salvage.run { found($0, kind.record) }
        }
    }

    /// Rows that no log or set of blocks knows are read by nothing, and a seal over what is known does not cover them.
    private func checkBelonging(_ part: String, to whole: String, by column: String) throws {
        let known =
            "SELECT 1 FROM \(whole) WHERE \(whole).kind = \(part).kind AND \(whole).\(column) = \(part).\(column)"
        let bounds =
            part == "entry"
            ? " AND entry.position >= log.first AND entry.position < log.next" : " AND block.part < blocks.count"
        let row = try GRDB.Row.fetchOne(
            database, sql: "SELECT count(*) AS strays FROM \(part) WHERE NOT EXISTS (\(known)\(bounds))")
        guard let strays = try row?.integer("strays"), strays > 0 else { return }
        throw VaultError.damaged("\(strays) of the rows of '\(part)' belong to nothing in the store")
    }

    /// Names what was met before anything could be read.
    func note(_ problem: String) {
        // One lost page is met on many ways.
        if !result.problems.contains(problem) { result.problems.append(problem) }
    }

    private func found(_ opened: [ExportItem], _ kind: RecordKind) {
        guard !opened.isEmpty else { return }
        result.intact[kind, default: 0] += opened.count { $0.form != .piece }
        if wanted.contains(kind) { items += opened }
    }

    /// The rows of a table. A lost page ends the walk through it; the walk from the other end finds what lies behind.
    private func rows(_ sql: String, by columns: [String]) -> [GRDB.Row] {
        var (rows, isWhole) = walk("\(sql) ORDER BY \(columns.joined(separator: ", "))")
        if !isWhole {
            let rest = walk("\(sql) ORDER BY \(columns.map { "\($0) DESC" }.joined(separator: ", "))").rows
            rows += rest.filter { !rows.contains($0) }
        }
        return rows
    }

    private func walk(_ sql: String) -> (rows: [GRDB.Row], isWhole: Bool) {
        var rows: [GRDB.Row] = []
        var isWhole = false
        noting {
            let cursor = try GRDB.Row.fetchCursor(database, sql: sql)
            while let row = try cursor.next() { rows.append(row.copy()) }
            isWhole = true
        }
        return (rows, isWhole)
    }

    private func noting(_ body: () throws -> Void) {
        let problem: String
        do {
            return try body()
        } catch VaultError.damaged(let what) {
            problem = what
        } catch let error as DatabaseError {
            if case .damaged(let what) = VaultError(error, path: "") {
                problem = what
            } else {
                problem = VaultError(error, path: "").problem
            }
        } catch {
            problem = "\(error)"
        }
        note(problem)
    }
}
