/// One request as `--trace` shows it: what was asked, what came, how long it took; never a header, a body, a secret.
public struct TraceLine: Sendable, Hashable {
    public let method: String
    /// Scheme, host and port.
    public let origin: String
    /// Path and query, tokens taken out.
    public let target: String
    /// Nil when no reply came.
    public let status: Int?
    public let milliseconds: Int
    /// Credits left, when Zoho said so (`X-API-CREDITS-REMAINING`).
    public let credits: Int?
    /// Why no reply came.
    public let failure: String?

    /// One line for standard error.
    public var text: String {
        let answer = status.map(String.init) ?? failure ?? "no reply"
        let left = credits.map { ", \($0) credits left" } ?? ""
        return "\(method) \(origin)\(target) → \(answer) (\(milliseconds) ms\(left))"
    }
}

/// Where trace lines go; called once per request, from any thread.
public typealias TraceSink = @Sendable (TraceLine) -> Void
