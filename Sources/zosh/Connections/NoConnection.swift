import ZoshKit

/// Zoho without a login: every read says so.
struct NoConnection: ZohoService {
    let error: ZoshError

    static let notSignedIn = ZoshError(
        .auth, "you are not signed in", remedy: "auth login; the first time, auth setup leads through it")

    private var refusal: RowStream { RowStream(from: Refusal(error: error)) }

    func list(_ resource: Resource, _ query: ListQuery) -> RowStream { refusal }
    func lookup(_ resource: Resource, ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?)
        -> RowStream
    { refusal }
    func count(_ resource: Resource, _ query: ListQuery) async throws -> Int { throw error }
    func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws -> RawReply {
        throw error
    }
    func auditLog(from start: Int64, through end: Int64) async throws -> [Row] { throw error }
}

private struct Refusal: RowSource {
    let error: ZoshError

    func next() async throws -> RowBatch? { throw error }
    func outcome() async -> RowOutcome { RowOutcome() }
}
