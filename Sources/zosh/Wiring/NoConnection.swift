import ZoshKit

/// Zoho for somebody who has not signed in: every read says so.
struct NoConnection: ZohoService {
    let error: ZoshError

    private var refusal: RowStream { RowStream(from: Refusal(error: error)) }

    func users(_ query: UserQuery) -> RowStream { refusal }
    func users(ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?) -> RowStream { refusal }
    func userCount(_ type: UserType) async throws -> Int { throw error }
    func currentUser() async throws -> Row { throw error }
    func organization() async throws -> Row { throw error }
    func roles() -> RowStream { refusal }
    func profiles() -> RowStream { refusal }
    func userFields() -> RowStream { refusal }
    func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws -> RawReply {
        throw error
    }
}

private struct Refusal: RowSource {
    let error: ZoshError

    func next() async throws -> RowBatch? { throw error }
    func outcome() async -> RowOutcome { RowOutcome() }
}
