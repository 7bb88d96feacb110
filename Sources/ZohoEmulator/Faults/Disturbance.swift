/// What happens to one request and its reply.
struct Disturbance: Sendable {
    /// Milliseconds to wait.
    private(set) var delay = 0
    /// What is answered in place of the real reply; the request then has no effect.
    private(set) var instead: Reply?
    /// What becomes of the reply after the request has had its effect.
    private(set) var damage: Damage?
    /// What is odd about the reply.
    private(set) var oddities: [Oddity] = []

    enum Damage: Sendable {
        case lost, halved, timedOut
        case trickled(Int)
    }

    mutating func add(_ kind: Fault.Kind, dice: inout Dice) {
        if case .latency(let range) = kind {
            delay += range.lowerBound + dice.below(range.count)
            return
        }
        guard instead == nil, damage == nil else { return }
        switch kind {
        case .latency: break
        case .serverError: instead = APIFailure.internalError.reply
        case .tooMany(let seconds): instead = Self.asking(APIFailure.tooMany("concurrency").reply, toWait: seconds)
        case .tooManyPage(let seconds): instead = Self.asking(GatewayPage.tooMany, toWait: seconds)
        case .deadToken: instead = APIFailure.deadToken.reply
        case .page: instead = GatewayPage.badGateway
        case .throttle: instead = TokenFailure.throttled.reply
        case .reset: instead = Reply(status: 200, delivery: .reset)
        case .silence: instead = Reply(status: 200, delivery: .silent)
        case .lost: damage = .lost
        case .truncate: damage = .halved
        case .timeout: damage = .timedOut
        case .trickle(let milliseconds): damage = .trickled(milliseconds)
        case .oddity(let oddity): oddities.append(oddity)
        }
    }

    /// The request as it is answered.
    func prepared(_ exchange: Exchange) -> Exchange { oddities.reduce(exchange) { $1.prepared($0) } }

    /// The reply as it leaves. There is no half of an empty body: such a reply is lost.
    func damaged(_ reply: Reply) -> Reply {
        guard reply.delivery == .whole else { return reply }
        var damaged = oddities.reduce(reply) { $1.rewritten($0) }
        switch damage {
        case nil: break
        case .lost: damaged.delivery = .reset
        case .halved: damaged.delivery = damaged.body.count > 1 ? .truncated(damaged.body.count / 2) : .reset
        case .timedOut: return GatewayPage.timeout
        case .trickled(let milliseconds): damaged.delivery = .trickled(milliseconds)
        }
        return damaged
    }

    private static func asking(_ reply: Reply, toWait seconds: Int?) -> Reply {
        var reply = reply
        if let seconds { reply.headers.append(("Retry-After", String(seconds))) }
        return reply
    }
}

/// The pages that a gateway in front of the API answers with.
enum GatewayPage {
    static let badGateway = page(502, "502 Bad Gateway", "We are unable to process your request at this time.")
    static let tooMany = page(429, "429 Too Many Requests", "You have made too many requests. Please try again later.")
    static let timeout = page(408, "408 Request Timeout", "The server timed out waiting for the request.")

    private static func page(_ status: Int, _ title: String, _ text: String) -> Reply {
        .html(
            status,
            """
            <!DOCTYPE html>
            <html><head><title>Zoho</title></head><body><h1>\(title)</h1>
            <p>\(text)</p></body></html>

            """)
    }
}
