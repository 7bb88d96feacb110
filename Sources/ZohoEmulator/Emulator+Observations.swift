/// What a test may look at and put in the way.
extension Emulator {
    /// How many requests a route has answered, or all routes together.
    public func requestCount(_ route: Route? = nil) -> Int { observatory.count(route) }

    /// The latest requests in the order they were answered, at least the last two thousand.
    public var recentRequests: [RequestRecord] { observatory.records }

    /// The most API calls that were open at the same time.
    public var highestConcurrency: Int { observatory.highestConcurrency }

    /// Forgets counts and records, not the world.
    public func forgetRequests() { observatory.forget() }

    /// What has taken effect in the first organisation, in order: each user that was added, updated or deleted,
    /// whatever the caller was told of it.
    public var effects: [UserEffect] {
        get async {
            await world.organisations[0].auditTrail.map { record in
                UserEffect(kind: record.action.rawValue, user: String(record.recordID))
            }
        }
    }

    /// How many access tokens were made from refresh tokens.
    public var tokenRefreshes: Int {
        get async { await world.ledger.refreshCount }
    }

    /// Holds the replies of a route, but the first ones, until the gate is released.
    public func hold(_ route: Route, after free: Int = 0) -> Gate { observatory.hold(route, after: free) }

    /// Answers the next request on a route with this instead; several are used up in order.
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - body: The text of the body.
    ///   - contentType: The `Content-Type` header.
    public func script(
        _ status: Int, _ body: String, contentType: String = "application/json;charset=UTF-8", for route: Route
    ) {
        let reply = Reply(status: status, headers: [("Content-Type", contentType)], body: Array(body.utf8))
        observatory.script(reply, for: route)
    }
}

/// One change of one user that has taken effect.
public struct UserEffect: Sendable, Hashable {
    /// `Added`, `Updated` or `Deleted`.
    public let kind: String
    /// The user's id.
    public let user: String
}
