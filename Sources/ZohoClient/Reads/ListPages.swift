internal import ZoshKit

/// The requests behind one listing that comes in pages: its pages and its count.
struct ListPages: Sendable {
    /// Rows per page; a small limit asks for no more than it needs.
    let perPage: Int
    private let resource: Resource
    private let query: ListQuery
    private let version: APIVersion
    private let caller: CRMCaller

    init(_ resource: Resource, _ query: ListQuery, version: APIVersion, caller: CRMCaller) {
        self.resource = resource
        self.query = query
        self.version = version
        self.caller = caller
        let most = if case .paged(let rows, _, _) = resource.reads { rows } else { Int.max }
        perPage = query.perPage ?? max(1, min(most, query.limit ?? most))
    }

    /// How many requests may be open at once now.
    var window: Int { caller.governor.limit }

    func page(_ number: Int) async throws -> ListPage {
        let request = CRMRequest(
            version: version, path: resource.path,
            query: query.sorted + [
                (name: "page", value: String(number)), (name: "per_page", value: String(perPage)),
            ],
            modifiedSince: query.modifiedSince, scope: resource.scopes[.read])
        // Whether more follow is nothing to a reader of one.
        let form: ListPage.Form = query.limit == 1 ? .whole : .paged
        return try ListPage(try await caller.read(request), key: resource.key, form: form)
    }

    /// How many records the listing will have; nil when Zoho does not say.
    func count() async -> Int? {
        try? await caller.count(resource, query, version: version)
    }
}

extension ListQuery {
    /// Its parameters in a fixed order, so that the same list is always the same request.
    var sorted: [(name: String, value: String)] {
        parameters.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }
}

extension CRMCaller {
    /// `GET /users/actions/count`: a number in the documentation, a string in Zoho's own API description.
    func count(_ resource: Resource, _ query: ListQuery, version: APIVersion) async throws -> Int {
        guard case .paged(_, let path, _) = resource.reads else {
            throw ZoshError(.usage, "Zoho does not count \(resource.name)")
        }
        let request = CRMRequest(version: version, path: path, query: query.sorted, scope: resource.scopes[.read])
        guard let count = try await read(request).body.row?["count"]?.integer, count >= 0 else {
            throw ZoshError(
                .network, "Zoho's reply does not hold a count",
                remedy: "try again; \(resource.name) list | count counts the list itself")
        }
        return Int(clamping: count)
    }
}
