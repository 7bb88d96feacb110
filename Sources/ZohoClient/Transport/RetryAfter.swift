/// The `Retry-After` header: seconds, or the time to come back at (RFC 9110).
enum RetryAfter {
    /// - Parameter now: the server's clock, seconds since 1970; nil when it did not say.
    /// - Returns: seconds from now; nil for anything else. More digits than a number holds mean "very long".
    static func seconds(_ text: String, now: Int64?) -> Int? {
        let digits = text.drop { $0 == " " }.prefix { "0"..."9" ~= $0 }
        if !digits.isEmpty { return Int(digits) ?? .max }
        guard let now, let then = HTTPDate.seconds(text) else { return nil }
        return Int(clamping: max(0, then - now))
    }
}
