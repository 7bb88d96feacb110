/// One thing that goes wrong: what, how often, and on which routes.
struct Fault: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// Wait between so many milliseconds.
        case latency(ClosedRange<Int>)
        /// INTERNAL_ERROR under 500; nothing has happened.
        case serverError
        /// TOO_MANY_REQUESTS under 429; nothing has happened.
        case tooMany
        /// INVALID_TOKEN under 401 although the token is good.
        case deadToken
        /// A gateway's HTML page under 502; nothing has happened.
        case page
        /// The token endpoint's "Access Denied".
        case throttle
        /// The connection is reset before anything has happened.
        case reset
        /// The request takes effect and its reply is lost.
        case lost
        /// The request takes effect and half of its reply arrives.
        case truncate
    }

    enum Rate: Sendable, Equatable {
        case always
        /// So many in ten thousand, drawn by the seed.
        case perTenThousand(Int)
        /// Only the request of that number, counted from 1.
        case number(Int)
        /// Every so many requests.
        case every(Int)
    }

    let kind: Kind
    let rate: Rate
    let routes: Set<Route>

    /// Whether the request of that number, counted from 1 among those of the fault's routes, is hit.
    func hits(_ number: Int, dice: inout Dice) -> Bool {
        switch rate {
        case .always: true
        case .perTenThousand(let share): dice.below(10_000) < share
        case .number(let wanted): number == wanted
        case .every(let step): number % step == 0
        }
    }

    static let accountsRoutes: Set<Route> = [
        .authorize, .consent, .token, .revoke, .userInfo, .serverInfo, .deviceCode, .devicePage, .deviceToken,
    ]
    static let apiRoutes = Set(Route.allCases).subtracting(accountsRoutes).subtracting([.unknown])
}
