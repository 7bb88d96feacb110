import ZoshKit

/// Zoho as it is now: a read after a write sees what was written.
struct LivingZoho: ZohoService {
    let organisation: LivingOrganisation

    func list(_ resource: Resource, _ query: ListQuery) -> RowStream {
        resource == .users ? RowStream(.of(.users), from: People(organisation)) : .none
    }
    func lookup(_ resource: Resource, ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?)
        -> RowStream
    { .none }
    func count(_ resource: Resource, _ query: ListQuery) async throws -> Int { await organisation.users.count }

    func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws -> RawReply {
        RawReply(status: 200, body: .null)
    }

    /// One row a page, each as it is when its page is asked for.
    private actor People: RowSource {
        private let organisation: LivingOrganisation
        private var last = ""

        init(_ organisation: LivingOrganisation) { self.organisation = organisation }

        func next() async throws -> RowBatch? {
            let users = await organisation.users
            guard let id = users.keys.filter({ $0 > last }).min(), let row = users[id] else { return nil }
            last = id
            return RowBatch([row])
        }

        func outcome() -> RowOutcome { RowOutcome() }
    }
}
