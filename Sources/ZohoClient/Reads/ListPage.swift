internal import ZoshKit

/// One page of a list as Zoho sends it: rows, and whether more follow.
struct ListPage: Sendable {
    let rows: [Row]
    let moreRecords: Bool

    /// - Parameter key: the plural the rows stand under: `users`, `roles`. An empty body is an empty page.
    /// - Throws: `ZoshError.network` when the reply holds no such list.
    init(_ reply: ZohoReply, key: String) throws {
        guard let body = reply.body.row else {
            guard reply.body.isNull else { throw Self.unexpected(key) }
            rows = []
            moreRecords = false
            return
        }
        guard let list = body[key]?.list else { throw Self.unexpected(key) }
        rows = list.compactMap(\.row)
        moreRecords = body["info"]?.row?["more_records"]?.bool ?? false
    }

    private static func unexpected(_ key: String) -> ZoshError {
        ZoshError(.network, "Zoho's reply holds no list of \(key)", remedy: "see the reply with --trace and api get")
    }
}
