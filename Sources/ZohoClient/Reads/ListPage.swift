internal import ZoshKit

/// One page of a list as Zoho sends it: rows, and whether more follow.
struct ListPage: Sendable {
    /// How a reply says that its page is the last.
    enum Form: Sendable {
        /// `info.more_records`: without it it is not known whether the page is the last.
        case paged
        /// The same where it stands; a reply without it is the whole list.
        case whole
    }

    let rows: [Row]
    let moreRecords: Bool
    /// Whether there was no body at all, as documented for an empty list (204) and for nothing new (304).
    let isAbsent: Bool

    /// - Parameter key: the plural the rows stand under: `users`, `roles`.
    /// - Throws: `ZoshError.network` when the reply does not hold such a list, or a list of which it is not known
    ///   whether more pages follow.
    init(_ reply: ZohoReply, key: String, form: Form = .whole) throws(ZoshError) {
        isAbsent = reply.status == 204 || reply.status == 304
        guard !isAbsent else {
            rows = []
            moreRecords = false
            return
        }
        guard let body = reply.body.row, let list = body[key]?.list else {
            throw Self.unexpected("does not hold a list of \(key)")
        }
        rows = list.compactMap(\.row)
        guard rows.count == list.count else { throw Self.unexpected("holds \(key) that are not objects") }
        let said = body["info"]?.row?["more_records"]
        if said == nil, form == .whole {
            moreRecords = false
        } else {
            guard let more = Self.flag(said) else { throw Self.unexpected("does not say whether more \(key) follow") }
            moreRecords = more
        }
    }

    private static func flag(_ value: Value?) -> Bool? {
        switch value {
        case .bool(let flag)?: flag
        case .string("true")?: true
        case .string("false")?: false
        default: nil
        }
    }

    private static func unexpected(_ what: String) -> ZoshError {
        ZoshError(
            .network, "Zoho's reply \(what)",
            remedy: "try again; if it keeps failing, look at the reply with api get and contact Zoho support")
    }

    /// The error of a page that holds nothing new although it promises more: taken at its word, the list would never
    /// end, and taken for the last, it would be short without a word.
    static func stuck(_ number: Int, _ key: String, after count: Int, isEmpty: Bool) -> ZoshError {
        let what = isEmpty ? "without any \(key)" : "with \(key) it has sent before"
        return ZoshError(
            .network,
            "Zoho sent page \(number) \(what) and promises more; the list is incomplete after \(count) \(key)",
            remedy: "try again; if it keeps failing, contact Zoho support")
    }
}
