/// A reply that no documentation describes and real servers have sent all the same.
///
/// The request takes effect; only what is said about it is odd.
enum Oddity: Sendable, Equatable {
    /// The first page in the place of every other one, and always more records promised.
    case repeatedPage
    /// A page without rows that promises more.
    case emptyPage
    /// HTTP 200 without a body.
    case blankBody
    /// A list without its `info`.
    case missingInfo
    /// An object where the list should be.
    case noList
    /// HTTP 204 in the place of a page that was promised.
    case noContent
    /// HTTP 304, although the request names no time.
    case notModified
    /// This number as the count.
    case count(String)
    /// A token reply that does not name its scopes.
    case missingScope
    /// An access token that is dead on arrival.
    case deadToken

    var usualRoutes: Set<Route> {
        switch self {
        case .repeatedPage, .emptyPage, .missingInfo, .noList, .blankBody, .noContent, .notModified: [.listUsers]
        case .count: [.countUsers]
        case .missingScope, .deadToken: Fault.tokenRoutes
        }
    }

    /// The request as it is answered.
    func prepared(_ exchange: Exchange) -> Exchange {
        guard self == .repeatedPage else { return exchange }
        var first = exchange
        first.query.set("page", to: "1")
        return first
    }

    /// The reply as it leaves.
    func rewritten(_ reply: Reply) -> Reply {
        switch self {
        case .blankBody: return Reply(status: 200, headers: reply.headers)
        case .noContent: return .noContent
        case .notModified: return .notModified
        case .repeatedPage: return Self.edited(reply) { Self.promiseMore(in: &$0) }
        case .emptyPage:
            return Self.edited(reply) { body in
                if let list = Self.list(in: body) { body[list] = .array([]) }
                Self.promiseMore(in: &body)
            }
        case .missingInfo: return Self.edited(reply) { $0["info"] = nil }
        case .noList:
            return Self.edited(reply) { body in if let list = Self.list(in: body) { body[list] = .object(JSONObject()) }
            }
        case .count(let number): return Self.edited(reply) { $0["count"] = .number(number) }
        case .missingScope: return Self.edited(reply) { $0["scope"] = nil }
        case .deadToken: return reply
        }
    }

    /// A reply that is no JSON object stays as it is.
    private static func edited(_ reply: Reply, _ edit: (inout JSONObject) -> Void) -> Reply {
        guard case .object(var body)? = try? JSONParser.read(reply.body) else { return reply }
        edit(&body)
        var text = JSONText()
        text.value(.object(body))
        var edited = reply
        edited.body = text.bytes
        return edited
    }

    private static func list(in body: JSONObject) -> String? { body.members.first { $0.value.array != nil }?.key }

    private static func promiseMore(in body: inout JSONObject) {
        var info = body["info"]?.object ?? JSONObject()
        info["more_records"] = true
        body["info"] = .object(info)
    }
}
