internal import Synchronization
internal import ZoshKit

/// Zoho as it would be once the lines before had run: what the later lines of a dry run read.
///
/// What cannot be worked out here is read as it is now, and that is said once.
struct ForeseenZoho: ZohoService {
    let zoho: any ZohoService
    let foreseen: ForeseenChanges
    let connection: String?
    let console: any Console

    private var isEmpty: Bool { foreseen.version == 0 }

    func list(_ resource: Resource, _ query: ListQuery) -> RowStream {
        guard !isEmpty else { return zoho.list(resource, query) }
        var whole = query
        whole.limit = nil
        let rows = ForeseenRows(zoho.list(resource, whole), resource, query, foreseen, connection) {
            sayUnforeseen("this list")
        }
        return RowStream(.of(resource), from: rows)
    }

    func lookup(
        _ resource: Resource, ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?
    ) -> RowStream {
        let asked = AskedRecords(foreseen, resource, connection)
        let rows = zoho.lookup(
            resource, ids: { try await ids().map { asked.take($0) } }, version: version)
        return RowStream(rows.columns, from: ForeseenLookup(rows: rows, asked: asked))
    }

    func count(_ resource: Resource, _ query: ListQuery) async throws -> Int {
        let count = try await zoho.count(resource, query)
        guard !isEmpty else { return count }
        var difference = 0
        for record in foreseen.records(of: resource, on: connection) {
            guard let isIn = query.includes(record.row) else {
                sayUnforeseen("this count")
                return count
            }
            if record.addedBy != nil {
                difference += isIn ? 1 : 0
            } else if !query.includesAll {
                // Whether it is counted now is not known: only what it would change to.
                sayUnforeseen("this count")
                return count
            }
        }
        return count + difference
    }

    func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws -> RawReply {
        if !isEmpty { sayUnforeseen("this reply") }
        return try await zoho.get(path, query: query, version: version)
    }

    /// What happened has happened: nothing of it is foreseen.
    func auditLog(from start: Int64, through end: Int64) async throws -> [Row] {
        try await zoho.auditLog(from: start, through: end)
    }

    private func sayUnforeseen(_ what: String) {
        let sentence =
            "\(what.prefix(1).uppercased() + what.dropFirst()) shows Zoho now, without the changes planned above"
        if foreseen.isFirst(sentence) { console.note(sentence) }
    }
}

/// A list with what the lines before would have changed in it.
private actor ForeseenRows: RowSource {
    private let upstream: RowStream
    private let resource: Resource
    private let query: ListQuery
    private let foreseen: ForeseenChanges
    private let connection: String?
    private let sayUnforeseen: @Sendable () -> Void
    private var left: Int
    private var seen: Set<String> = []
    private var hasEnded = false

    init(
        _ upstream: RowStream, _ resource: Resource, _ query: ListQuery, _ foreseen: ForeseenChanges,
        _ connection: String?, _ sayUnforeseen: @escaping @Sendable () -> Void
    ) {
        self.upstream = upstream
        self.resource = resource
        self.query = query
        self.foreseen = foreseen
        self.connection = connection
        self.sayUnforeseen = sayUnforeseen
        left = query.limit ?? .max
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        while left > 0, !hasEnded {
            var rows: [Row]
            if let page = try await upstream.next(for: query.limit == nil ? demand : .onePage) {
                rows = page.rows.compactMap(changed)
            } else {
                hasEnded = true
                rows = added
            }
            rows = Array(rows.prefix(left))
            left -= rows.count
            if !rows.isEmpty { return RowBatch(rows) }
        }
        return nil
    }

    func outcome() async -> RowOutcome { await upstream.outcome() }

    /// The row as it would be; nil when it would not be in the list any more.
    private func changed(_ row: Row) -> Row? {
        guard let id = row["id"]?.text, foreseen.record(resource, id, on: connection) != nil else { return row }
        seen.insert(id)
        let changed = foreseen.applied(to: row, of: resource, on: connection)
        guard let isIn = query.includes(changed) else {
            sayUnforeseen()
            return row
        }
        return isIn ? changed : nil
    }

    /// The records that would be in the list and are not now.
    private var added: [Row] {
        // One page of many says nothing of where they would be.
        guard query.page == nil else { return [] }
        return foreseen.records(of: resource, on: connection).compactMap { record in
            guard let id = record.row["id"]?.text, !seen.contains(id) else { return nil }
            guard let isIn = query.includes(record.row) else {
                sayUnforeseen()
                return nil
            }
            return isIn ? record.row : nil
        }
    }
}

/// The records among those asked for that only the lines before would add: Zoho is not asked for them.
private final class AskedRecords: Sendable {
    private let foreseen: ForeseenChanges
    private let resource: Resource
    private let connection: String?
    private let waiting = Mutex<[Row]>([])

    init(_ foreseen: ForeseenChanges, _ resource: Resource, _ connection: String?) {
        (self.foreseen, self.resource, self.connection) = (foreseen, resource, connection)
    }

    /// The ids that Zoho is to be asked for.
    func take(_ ids: [String]) -> [String] {
        ids.filter { id in
            guard let record = foreseen.record(resource, id, on: connection), record.addedBy != nil else { return true }
            waiting.withLock { if !$0.contains(record.row) { $0.append(record.row) } }
            return false
        }
    }

    func changed(_ row: Row) -> Row { foreseen.applied(to: row, of: resource, on: connection) }

    func rest() -> [Row] {
        waiting.withLock { rows in
            defer { rows = [] }
            return rows
        }
    }
}

/// Records by id with what the lines before would change; those they would add come last.
private struct ForeseenLookup: RowSource {
    let rows: RowStream
    let asked: AskedRecords

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        if let batch = try await rows.next(for: demand) { return RowBatch(batch.rows.map(asked.changed)) }
        let rest = asked.rest()
        return rest.isEmpty ? nil : RowBatch(rest)
    }

    func outcome() async -> RowOutcome { await rows.outcome() }
}
