public import ZoshKit

/// The access token of one connection, always usable: refreshed before it expires, once for all that wait.
///
/// A refresh token yields ten access tokens in ten minutes and then nothing, so refreshing must be rare. Rules: one
/// refresh at a time in this process (the task) and in all (the store's lock, the grant re-read after taking it);
/// saved before it is used; in a task no waiter can cancel (each may leave without ending it); never twice within a
/// minute, whatever the clock says, because a clock that jumps would otherwise refresh at every request; and not at all
/// once ten were made in ten minutes. When Zoho throttles, or calls a token dead within that minute, a caller with
/// patience waits and the grant stays.
public actor TokenSource: Authorizer {
    /// Seconds of life below which a token is renewed.
    static let margin: Int64 = 120
    /// Seconds to wait when Zoho throttles and does not say for how long.
    static let guess: Int64 = 150
    /// Seconds between two refreshes.
    static let pause: Int64 = 60

    /// The connection's share of Zoho's attention, here because this is what lives as long as the connection.
    nonisolated let governor: RateGovernor

    private var grant: Grant
    private let store: any GrantStore
    private let oauth: OAuthClient
    private let clock: any ClientClock
    private let patience: RetryPatience?
    private var running: Task<Grant, any Error>?
    /// When this process last heard Zoho's answer to a refresh, and what it was if it was no.
    private var last: (at: Duration, refusal: ZoshError?)?
    /// When Zoho last accepted a token of this grant, in seconds since 1970; nil when this process has not seen that.
    public private(set) var acceptedAt: Int64?

    /// Why Zoho no longer accepts this login, if that is what it answered last.
    public var refusal: ZoshError? { last?.refusal.flatMap { $0.kind == .auth ? $0 : nil } }

    /// - Parameters:
    ///   - share: what is shared with other processes; nil keeps to this one.
    ///   - patience: waits out a throttle; nil reports it at once.
    public init(
        _ grant: Grant, store: any GrantStore, oauth: OAuthClient, clock: any ClientClock = SystemClock(),
        share: (any OrganizationShare)? = nil, patience: RetryPatience? = nil
    ) {
        governor = RateGovernor(ceiling: Edition.calls(atOnce: grant.edition), share: share, clock: clock)
        self.patience = patience
        self.grant = grant
        self.store = store
        self.oauth = oauth
        self.clock = clock
    }

    /// The grant as this process knows it.
    public var current: Grant { grant }

    /// Refreshes now, whatever the expiry says; for `auth refresh`.
    /// - Throws: `ZoshError.rateLimited` within a minute of the last refresh.
    public func refreshNow() async throws -> Grant {
        let before = grant.generation
        try await refreshOrWait(beyond: before)
        guard grant.generation > before else {
            throw ZoshError(
                .rateLimited, "the access token was renewed less than a minute ago",
                remedy: "wait a minute; Zoho gives ten access tokens in ten minutes")
        }
        return grant
    }

    func authorization() async throws -> Authorization {
        if !lives(Self.margin) {
            do {
                try await refresh(beyond: grant.generation)
            } catch let error as ZoshError where (error.kind == .network || error.kind == .rateLimited) && lives(1) {
                // The old token still opens the door for a moment; why it could not be renewed may have passed by then.
            } catch let error as ZoshError where error.kind == .rateLimited {
                try await refreshPatiently(beyond: grant.generation, after: error)
            }
        }
        guard let token = grant.accessToken else {
            throw last?.refusal
                ?? ZoshError(.auth, "'\(grant.name)' has no access token", remedy: "auth login \(grant.name)")
        }
        return Authorization(
            apiDomain: grant.apiDomain, token: token, generation: grant.generation, connection: grant.name)
    }

    func renewal(of refused: Authorization) async throws -> Authorization? {
        if grant.generation == refused.generation { try await refreshOrWait(beyond: refused.generation) }
        return newer(than: refused)
    }

    func renewalAfterWaiting(of refused: Authorization) async throws -> Authorization? {
        if grant.generation == refused.generation {
            guard let patience else { return nil }
            if let seconds = secondsUntilNextRefresh { try await patience.wait(seconds, clock) }
            try await refreshOrWait(beyond: refused.generation)
        }
        return newer(than: refused)
    }

    /// Called when Zoho accepts a token of this grant.
    public func noteAccepted() { acceptedAt = clock.now }

    private func newer(than refused: Authorization) -> Authorization? {
        guard grant.generation > refused.generation, let token = grant.accessToken else { return nil }
        return Authorization(
            apiDomain: grant.apiDomain, token: token, generation: grant.generation, connection: grant.name)
    }

    /// Seconds until a refresh may follow the last one, here or in another process; nil when it may now.
    private var secondsUntilNextRefresh: Int64? {
        var left: Int64 = 0
        if let last, last.refusal == nil { left = Self.pause - (clock.uptime - last.at).components.seconds }
        if let refreshed = grant.refreshedAt, abs(clock.now - refreshed) < Self.pause {
            left = max(left, Self.pause - (clock.now - refreshed))
        }
        return left > 0 ? left : nil
    }

    private func refreshOrWait(beyond generation: Int64) async throws {
        do { try await refresh(beyond: generation) } catch let error as ZoshError where error.kind == .rateLimited {
            try await refreshPatiently(beyond: generation, after: error)
        }
    }

    /// Whether there is a token with at least this many seconds to live.
    private func lives(_ seconds: Int64) -> Bool { grant.accessToken != nil && grant.expiresAt - clock.now >= seconds }

    /// Waits out Zoho's throttle and asks again, for as long as its window can last.
    private func refreshPatiently(beyond generation: Int64, after error: ZoshError) async throws {
        guard let patience else { throw error }
        var waited: Int64 = 0
        var error = error
        while waited < TokenBudget.window {
            // Our own count says when; others may have used up the ten, and then it is not known.
            let known = TokenBudget.wait(grant.creations, at: clock.now)
            let seconds = min(known ?? Self.guess, TokenBudget.window - waited)
            try await patience.wait(seconds, clock)
            waited += seconds
            last = nil
            do { return try await refresh(beyond: generation) } catch let again as ZoshError
                where again.kind == .rateLimited
            {
                error = again
            }
        }
        throw error
    }

    /// Brings `grant` beyond `generation`, or leaves it when a refresh is not due; throws what Zoho answered.
    private func refresh(beyond generation: Int64) async throws {
        if running == nil, let last, clock.uptime - last.at < .seconds(Self.pause) {
            if let refusal = last.refusal { throw refusal }
            return
        }
        let task = running ?? start(beyond: generation)
        do {
            try await Withdrawal.waiting { _ = try await task.valueUnlessCancelled() }
        } catch is CancellationError {
            throw ZoshError.interrupted
        }
    }

    /// Begins the one refresh; it ends by itself, no matter which caller waits.
    private func start(beyond generation: Int64) -> Task<Grant, any Error> {
        let task = Task { [grant, store, oauth, clock] in
            do {
                let renewed = try await Withdrawal.$current.withValue(nil) {
                    try await store.withRefreshLock(grant.id) {
                        try await Self.renew(grant, beyond: generation, store: store, oauth: oauth, now: clock.now)
                    }
                }
                settle(renewed, nil)
                return renewed
            } catch {
                settle(nil, error)
                throw error
            }
        }
        running = task
        return task
    }

    private func settle(_ renewed: Grant?, _ error: (any Error)?) {
        running = nil
        if let renewed { grant = renewed }
        // No answer is not a refresh: the next request may try at once.
        let refusal = error as? ZoshError
        if error == nil || (refusal != nil && refusal?.kind != .network) { last = (clock.uptime, refusal) }
    }

    /// Under the lock: another process's newer token if there is one, else a new one, stored before it is used.
    private static func renew(
        _ known: Grant, beyond generation: Int64, store: any GrantStore, oauth: OAuthClient, now: Int64
    ) async throws -> Grant {
        guard let stored = try await store.grant(known.id) else { throw removed(known) }
        if stored.generation > generation, stored.expiresAt - now >= margin { return stored }
        // Another process refreshed a moment ago, and the clocks disagree about what that was worth.
        if let refreshed = stored.refreshedAt, abs(now - refreshed) < pause, stored.accessToken != nil { return stored }
        if let seconds = TokenBudget.wait(stored.creations, at: now) {
            throw ZoshError(
                .rateLimited,
                "ten access tokens were made for '\(stored.name)' in ten minutes; Zoho gives no more for \(seconds) s",
                remedy: "wait; the login is not lost", code: TokenError.throttled)
        }
        let reply = try await oauth.refresh(stored)
        // Names and tags may have changed while Zoho thought; a login in the meantime wins over this refresh.
        guard let latest = try await store.grant(known.id) else { throw removed(known) }
        guard latest.generation == stored.generation else { return latest }
        let next = latest.renewed(by: reply, at: now)
        try await store.save(next)
        return next
    }

    private static func removed(_ grant: Grant) -> ZoshError {
        ZoshError(.auth, "the connection '\(grant.name)' is no longer stored", remedy: "auth login \(grant.name)")
    }
}
