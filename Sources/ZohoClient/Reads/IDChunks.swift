internal import ZoshKit

/// The requests behind a look-up by id: one for each chunk of `ids=`, or the whole list of a noun that has no `ids=`.
struct IDChunks: Sendable {
    /// What one chunk gave, both in the order of its ids.
    struct Answer: Sendable {
        let rows: [Row]
        let missing: [String]
    }

    /// The most ids of one call.
    let size: Int
    private let resource: Resource
    private let version: APIVersion
    private let caller: CRMCaller

    init(_ resource: Resource, version: APIVersion, caller: CRMCaller) {
        self.resource = resource
        self.version = version
        self.caller = caller
        size = if case .paged(_, _, let ids) = resource.reads { ids } else { .max }
    }

    /// How many requests may be open at once now.
    var window: Int { caller.governor.limit }

    func answer(to chunk: [String]) async throws -> Answer {
        let sendable = chunk.filter({ ZohoID.isID($0) })
        guard !sendable.isEmpty else { return Answer(rows: [], missing: chunk) }
        var found: [String: Row] = [:]
        for row in try await rows(sendable) { if let id = row["id"]?.text { found[id] = row } }
        return Answer(rows: chunk.compactMap { found[$0] }, missing: chunk.filter { found[$0] == nil })
    }

    private func rows(_ ids: [String]) async throws -> [Row] {
        var request = CRMRequest(version: version, path: resource.path, scope: resource.scopes[.read])
        switch resource.reads {
        case .paged:
            request.query = [(name: "ids", value: ids.joined(separator: ","))]
            return try ListPage(try await caller.read(request), key: resource.key).rows
        case .whole:
            let list = ListSource(request, key: resource.key, caller: caller, progress: ProgressMeter())
            var rows: [Row] = []
            while let batch = try await list.next() { rows += batch.rows }
            return rows
        }
    }

    /// The records by id; ids that no record has are absent.
    func records(_ ids: [String]) async throws -> [String: Row] {
        var found: [String: Row] = [:]
        var rest = ids[...]
        while !rest.isEmpty {
            let chunk = Array(rest.prefix(size))
            rest = rest.dropFirst(chunk.count)
            for row in try await answer(to: chunk).rows { if let id = row["id"]?.text { found[id] = row } }
        }
        return found
    }
}
