/// How often and after which pause a request is tried again: a read after what may pass, reads and writes after a
/// throttle. A write whose fate is open is never repeated on its own. `TokenSource` decides how long a throttled
/// refresh of a token waits.
public struct RetryPolicy: Sendable {
    /// What went wrong, as far as it may pass.
    enum Failure: Sendable {
        /// No server could be reached at all: it rarely passes, and people wait.
        case unreachable
        /// A 500, 502, 503, 504, a broken connection, half a reply, a page in the place of data: the server is there,
        /// so most of these pass. A listing of a hundred pages must survive each page's bad luck, and with every third
        /// request stumbling, one run in thirty met a page that stumbled eight times.
        case stumble
        /// No reply before the deadline: the person has waited a minute, and another one rarely helps.
        case silence

        /// How many of it one request bears.
        var limit: Int {
            switch self {
            case .stumble: 12
            case .unreachable: 3
            case .silence: 1
            }
        }
    }

    /// Repeats after a 429: three quarters of a minute in all, more or less, unless Zoho names a time.
    static let throttles = 6
    /// Seconds Zoho may ask for, each time, that are still waited out.
    static let longestThrottle = 600

    /// From 0 to 1: spreads the pauses of many clients.
    let jitter: @Sendable () -> Double

    public init(jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }) { self.jitter = jitter }

    /// How often a request is repeated whose token is called dead although it is new.
    static let refusedTokens = 6

    /// Statuses that pass: the same request may do better a moment later. Those of 4xx and above 504 are of gateways
    /// that gave up waiting for Zoho, or for us.
    static func passes(_ status: Int) -> Bool {
        [500, 502, 503, 504].contains(status) || (520...524).contains(status) || isTimeout(status)
    }

    /// Whether a status under 500 says that a server between here and Zoho stopped waiting: what became of the request
    /// is open.
    static func isTimeout(_ status: Int) -> Bool { [408, 425, 444, 460, 499].contains(status) }

    /// 0.1–0.2 s, doubling up to 0.8–1.6 s: twelve of them take about ten seconds.
    func pauseAfterFailure(_ attempt: Int) -> Duration { .milliseconds(Int(100 * (1 + jitter())) << min(attempt, 3)) }

    /// 1–2 s, doubling up to 8–16 s; or what Zoho asked for, and nil when that is too long to wait.
    func pauseAfterThrottle(_ attempt: Int, retryAfter: Int?) -> Duration? {
        if let retryAfter, retryAfter > 0 {
            return retryAfter > Self.longestThrottle ? nil : .seconds(retryAfter) + .milliseconds(Int(500 * jitter()))
        }
        return .milliseconds(Int(1000 * (1 + jitter())) << min(attempt, 3))
    }
}
