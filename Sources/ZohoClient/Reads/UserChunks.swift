internal import ZoshKit

/// The requests behind a look-up by id: one per chunk of at most a hundred.
struct UserChunks: Sendable {
    /// What one chunk gave, both in the order of its ids.
    struct Answer: Sendable {
        let rows: [Row]
        let missing: [String]
    }

    let version: APIVersion
    let caller: CRMCaller

    func answer(to chunk: [String]) async throws -> Answer {
        let sendable = chunk.filter(Self.isID)
        guard !sendable.isEmpty else { return Answer(rows: [], missing: chunk) }
        let request = CRMRequest(
            version: version, path: "/users", query: [(name: "ids", value: sendable.joined(separator: ","))],
            scope: "ZohoCRM.users.READ")
        let page = try ListPage(try await caller.read(request), key: "users")
        var found: [String: Row] = [:]
        for row in page.rows { if let id = row["id"]?.text { found[id] = row } }
        return Answer(rows: chunk.compactMap { found[$0] }, missing: chunk.filter { found[$0] == nil })
    }

    /// Zoho's ids are whole numbers of up to 19 digits; anything else is nobody's and never sent.
    static func isID(_ text: String) -> Bool {
        (1...19).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
