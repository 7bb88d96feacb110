/// One thing that goes wrong: what, how often, and on which routes.
struct Fault: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// Wait between so many milliseconds.
        case latency(ClosedRange<Int>)
        /// INTERNAL_ERROR under 500; nothing has happened.
        case serverError
        /// TOO_MANY_REQUESTS under 429, with `Retry-After` when seconds are named; nothing has happened.
        case tooMany(after: Int?)
        /// The same from a gateway: a web page under 429; nothing has happened.
        case tooManyPage(after: Int?)
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
        /// The request takes effect and a gateway answers 408 in the place of the reply.
        case timeout
        /// The request takes effect and its reply comes byte by byte, with so many milliseconds between two.
        case trickle(Int)
        /// The request is taken and never answered; nothing has happened.
        case silence
        /// Something about the reply itself that no documented reply has.
        case oddity(Oddity)
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

    /// Where a fault strikes when its specification names no place.
    static func usualRoutes(of kind: Kind) -> Set<Route> {
        switch kind {
        case .throttle: [.token]
        case .oddity(let oddity): oddity.usualRoutes
        default: apiRoutes
        }
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
    /// Where tokens are handed out.
    static let tokenRoutes: Set<Route> = [.token, .deviceToken, .consent]
    static let apiRoutes = Set(Route.allCases).subtracting(accountsRoutes).subtracting([.unknown])
}
