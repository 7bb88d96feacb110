/// API credits an organisation has used over the rolling day.
///
/// A call costs one credit, and what is older than 24 hours no longer counts (API limits
/// documentation).
struct CreditLedger: Sendable {
    private var spent: [String: [Double]] = [:]

    static let day = 86_400.0

    /// Spends one credit and says how many remain; nil when none was left.
    mutating func spend(_ zgid: String, of limit: Int, now: Double) -> Int? {
        var times = spent[zgid, default: []]
        if let first = times.first, first <= now - Self.day {
            times.removeAll { $0 <= now - Self.day }
        }
        guard times.count < limit else { return nil }
        times.append(now)
        spent[zgid] = times
        return limit - times.count
    }
}
