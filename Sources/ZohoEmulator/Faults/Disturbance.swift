/// What happens to one request and its reply.
struct Disturbance: Sendable {
    /// Milliseconds to wait.
    private(set) var delay = 0
    /// What is answered in place of the real reply; the request then has no effect.
    private(set) var instead: Reply?
    /// What becomes of the reply after the request has had its effect.
    private(set) var damage: Damage?

    enum Damage: Sendable { case lost, halved }

    mutating func add(_ kind: Fault.Kind, dice: inout Dice) {
        if case .latency(let range) = kind {
            delay += range.lowerBound + dice.below(range.count)
            return
        }
        guard instead == nil, damage == nil else { return }
        switch kind {
        case .latency: break
        case .serverError: instead = APIFailure.internalError.reply
        case .tooMany: instead = APIFailure.tooMany("concurrency").reply
        case .deadToken: instead = APIFailure.deadToken.reply
        case .page: instead = Self.gatewayPage
        case .throttle: instead = TokenFailure.throttled.reply
        case .reset: instead = Reply(status: 200, delivery: .reset)
        case .lost: damage = .lost
        case .truncate: damage = .halved
        }
    }

    /// The reply as it leaves. There is no half of an empty body: such a reply is lost.
    func damaged(_ reply: Reply) -> Reply {
        guard let damage, reply.delivery == .whole else { return reply }
        var damaged = reply
        damaged.delivery = damage == .halved && reply.body.count > 1 ? .truncated(reply.body.count / 2) : .reset
        return damaged
    }

    private static let gatewayPage = Reply.html(
        502,
        """
        <!DOCTYPE html>
        <html><head><title>Zoho</title></head><body><h1>502 Bad Gateway</h1>
        <p>We are unable to process your request at this time.</p></body></html>

        """)
}
