/// What happens to one reply on its way.
struct Disturbance: Sendable {
    /// Milliseconds to wait.
    var delay = 0
    /// What is answered in place of the real reply; the request then has no effect.
    var instead: Reply?
    /// Applied to the reply after the request has had its effect.
    var damage: Reply.Delivery?

    /// The reply as it leaves.
    func damaged(_ reply: Reply) -> Reply {
        guard let damage else { return reply }
        var damaged = reply
        switch damage {
        case .truncated: damaged.delivery = reply.body.isEmpty ? .reset : .truncated(reply.body.count / 2)
        default: damaged.delivery = damage
        }
        return damaged
    }
}
