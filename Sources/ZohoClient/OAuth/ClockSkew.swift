/// How far this machine's clock is from a server's, by the `Date` of its reply.
public struct ClockSkew: Sendable {
    /// Seconds that do no harm.
    static let tolerance: Int64 = 60

    /// Seconds this machine is ahead.
    public let ahead: Int64

    /// Nil when the server did not say what time it is.
    init?(now: Int64, date: Int64?) {
        guard let date else { return nil }
        ahead = now - date
    }

    public var isHarmless: Bool { abs(ahead) <= Self.tolerance }

    /// `90 s behind Zoho's`, `5 min ahead of Zoho's`.
    public var description: String {
        let seconds = abs(ahead)
        return "\(seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min") \(ahead > 0 ? "ahead of" : "behind") Zoho's"
    }
}
