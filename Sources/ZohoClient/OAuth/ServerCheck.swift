public import ZoshKit

/// Whether a data centre answers, how fast, and how far this machine's clock is from its own. No secret is sent.
public struct ServerCheck: Sendable {
    public struct Answer: Sendable {
        public let milliseconds: Int
        /// Nil when it did not say what time it is.
        public let skew: ClockSkew?
        /// The data centres it names, of those in the table.
        public let named: [DataCentre]
    }

    private let oauth: OAuthClient

    public init(oauth: OAuthClient) { self.oauth = oauth }

    /// `GET /oauth/serverinfo`.
    /// - Throws: `ZoshError.network`.
    public func ask(_ centre: DataCentre) async throws -> Answer {
        let start = oauth.clock.uptime
        let call = HTTPCall(method: .get, origin: centre.accounts, target: "/oauth/serverinfo")
        let reply: HTTPReply
        do { reply = try await oauth.transport.send(call) } catch { throw error.zoshError }
        let named = (try? await oauth.serverInfo(at: centre)) ?? []
        return Answer(
            milliseconds: Int((oauth.clock.uptime - start) / .milliseconds(1)),
            skew: ClockSkew(now: oauth.clock.now, date: reply.date), named: named)
    }
}
