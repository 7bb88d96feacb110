public import ZoshKit
public import ZoshTrust

/// Waits for a person to type a code into a browser, and follows the account to the data centre it lives in.
///
/// The same device code is good in every data centre, and Zoho says which one to ask; the client secret goes only to
/// data centres of the table.
public struct DeviceLogin: Sendable {
    /// What the wait came to.
    public struct Outcome: Sendable {
        /// JSON with the tokens.
        public let tokens: Secret
        public let home: DataCentre
    }

    private let oauth: OAuthClient
    private let clock: any ClientClock

    public init(oauth: OAuthClient, clock: any ClientClock = SystemClock()) {
        self.oauth = oauth
        self.clock = clock
    }

    public func begin(_ client: LoginClient, scopes: [Scope], at centre: DataCentre) async throws -> DeviceCode {
        try await oauth.deviceCode(client, scopes: scopes, at: centre)
    }

    /// Asks until the person has decided, no more often than Zoho allows.
    /// - Parameters:
    ///   - told: called with where the account lives when that is elsewhere.
    ///   - waiting: called with the seconds the code still lives, once a second.
    /// - Throws: `ZoshError.declined`, or `.auth` when the code runs out.
    public func wait(
        for code: DeviceCode, _ client: LoginClient, at centre: DataCentre, movedTo: (DataCentre) -> Void,
        waiting: (Int64) -> Void
    ) async throws -> Outcome {
        let start = clock.uptime
        var interval = code.interval
        var home = centre
        var hops = 0
        while true {
            try await pause(interval, until: start + .seconds(code.expiresIn), waiting)
            switch try await ask(code, client, home) {
            case .tokens(let tokens): return Outcome(tokens: tokens, home: home)
            case .pending, nil: break
            case .slowDown: interval += 5
            case .elsewhere(let there):
                hops += 1
                guard there.accounts != home.accounts, hops <= 3 else {
                    throw ZoshError(
                        .auth, "Zoho sends the login from data centre to data centre", remedy: "auth login dc=…",
                        code: "other_dc")
                }
                home = there
                movedTo(there)
                // Zoho's limit is per data centre: the new one may be asked at once.
                if case .tokens(let tokens)? = try await ask(code, client, home) {
                    return Outcome(tokens: tokens, home: home)
                }
            }
        }
    }

    /// Nil when there was no usable answer, which the next question may bring.
    private func ask(_ code: DeviceCode, _ client: LoginClient, _ centre: DataCentre) async throws -> DeviceAnswer? {
        do { return try await oauth.poll(code, client, at: centre) } catch {
            guard error.kind == .network || error.kind == .rateLimited else { throw error }
            return nil
        }
    }

    private func pause(_ seconds: Int64, until end: Duration, _ waiting: (Int64) -> Void) async throws {
        for _ in 0..<seconds {
            let left = (end - clock.uptime).components.seconds
            guard left > 0 else {
                throw ZoshError(
                    .auth, "the code expired before it was entered", remedy: "auth login --device", code: "expired")
            }
            waiting(left)
            do { try await clock.sleep(for: .seconds(1)) } catch { throw ZoshError.interrupted }
        }
    }
}
