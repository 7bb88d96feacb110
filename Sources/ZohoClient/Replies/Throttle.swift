internal import ZoshKit

/// Zoho's "not now", in whichever shape it comes: JSON of the API, an older shape of it, a gateway's web page; with or
/// without a time to come back. Nothing has happened, so reads and writes alike may be sent again after a pause.
struct Throttle: Sendable, Equatable {
    /// Seconds Zoho asks for; nil when it names none.
    let seconds: Int?
    let error: ZoshError

    private static let codes: Set<String> = ["TOO_MANY_REQUESTS", "429"]

    /// Nil when the reply is something else.
    init?(_ reply: HTTPReply, from host: String, scope: Scope? = nil) {
        self.init(reply, read: try? ZohoReply(reply, from: host), from: host, scope: scope)
    }

    /// The same of a reply that was read already; nil where it could not be.
    init?(_ reply: HTTPReply, read decoded: ZohoReply?, from host: String, scope: Scope? = nil) {
        let refusal = decoded.flatMap(ZohoErrorReply.found)
        guard reply.status == 429 || refusal.map({ Self.codes.contains($0.code) }) == true else { return nil }
        let named = refusal?.details.row?["retry_after"]?.integer.map { Int(clamping: $0) }
        seconds = reply.retryAfter ?? named
        error =
            refusal?.code.isEmpty == false
            ? refusal?.zoshError(needing: scope) ?? Self.plain(host) : Self.plain(host)
    }

    private static func plain(_ host: String) -> ZoshError {
        ZoshError(
            .rateLimited, "\(host) is rate-limiting us (HTTP 429)", remedy: "try again in a few minutes",
            code: "TOO_MANY_REQUESTS")
    }

    /// The error of a wait that is too long to be sat out.
    func tooLong(_ seconds: Int) -> ZoshError {
        var explained = error
        explained.problem = "Zoho is rate-limiting us for another \(Self.spelt(seconds))"
        explained.remedy = "try again after that time"
        return explained
    }

    private static func spelt(_ seconds: Int) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) minutes"
        case ..<172_800: "\(seconds / 3600) hours"
        default: "two days or more"
        }
    }
}
