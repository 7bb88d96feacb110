internal import ZoshKit

/// Sends requests to the CRM API as one connection, and knows what may be tried again.
///
/// A dead token is renewed and the request repeated, reads and writes alike: Zoho refused it before doing anything. A
/// throttle is waited out for both as well: by `read`, and by `ResourceWriter`. Only reads are repeated after failures.
struct CRMCaller: Sendable {
    let transport: HTTPTransport
    let authorizer: any Authorizer
    let governor: RateGovernor
    let clock: any ClientClock
    let retry: RetryPolicy
    /// Every request that leaves is counted here, where the progress is shown.
    let progress: ProgressMeter?

    /// Reads, repeating what passes.
    /// - Throws: `ZoshError` for every answer that is none: refusals, pages, broken connections.
    func read(_ request: CRMRequest) async throws -> ZohoReply {
        // Each kind has its own patience: a page's bad luck must not use up what a token's is given.
        var failures: [RetryPolicy.Failure: Int] = [:]
        var throttles = 0
        while true {
            switch try await attempt(request) {
            case .answered(let reply):
                return reply
            case .failed(let error, let failure):
                guard failures[failure, default: 0] < failure.limit else { throw error }
                try await pause(retry.pauseAfterFailure(failures.values.reduce(0, +)))
                failures[failure, default: 0] += 1
            case .throttled(let throttle):
                try await waitOut(throttle, after: throttles)
                throttles += 1
            }
        }
    }

    /// Sleeps for as long as a throttle asks, in sight of the person.
    /// - Parameter throttles: how many of them this request has met before.
    /// - Throws: the throttle's error when it lasts too long or comes too often, `.interrupted` when the line is over.
    func waitOut(_ throttle: Throttle, after throttles: Int) async throws(ZoshError) {
        guard throttles < RetryPolicy.throttles else { throw throttle.error }
        guard let duration = retry.pauseAfterThrottle(throttles, retryAfter: throttle.seconds) else {
            throw throttle.tooLong(throttle.seconds ?? 0)
        }
        let waits = transport.waits
        do { try await Withdrawal.waiting { try await waits.pause(for: duration) } } catch { throw .interrupted }
    }

    /// How one try ended, as far as another one may end better; everything final is thrown.
    private enum Attempt {
        case answered(ZohoReply)
        case failed(ZoshError, RetryPolicy.Failure)
        case throttled(Throttle)
    }

    private func attempt(_ request: CRMRequest) async throws -> Attempt {
        let answer: (reply: HTTPReply, host: String)
        do {
            answer = try await authorized(request)
        } catch let failure as TransportFailure {
            guard let kind = failure.retryClass else { throw failure.zoshError }
            return .failed(failure.zoshError, kind)
        }
        let read = Result { () throws(ZoshError) in try ZohoReply(answer.reply, from: answer.host) }
        if let throttle = Throttle(answer.reply, read: try? read.get(), from: answer.host, scope: request.scope) {
            return .throttled(throttle)
        }
        // Nothing has changed since when? Only a request that names a time can be answered so.
        if answer.reply.status == 304, request.modifiedSince == nil {
            throw ZohoReply.blank(from: answer.host, 304)
        }
        let decoded: ZohoReply
        do {
            decoded = try read.get()
        } catch {
            // A page or half a reply in the place of data; under a 4xx it would only come again.
            guard answer.reply.status < 400 || RetryPolicy.passes(answer.reply.status) else { throw error }
            return .failed(error, .stumble)
        }
        guard let refusal = ZohoErrorReply.found(in: decoded) else {
            return decoded.isBlank
                ? .failed(ZohoReply.blank(from: answer.host, decoded.status), .stumble) : .answered(decoded)
        }
        let error = refusal.zoshError(needing: request.scope)
        guard RetryPolicy.passes(refusal.status) else { throw error }
        return .failed(error, .stumble)
    }

    /// Sends, and again while Zoho calls the token dead, which it does before doing anything: at once with a new token,
    /// a few times with that one (Zoho's servers can disagree for a moment), at last with one that had to be waited
    /// for.
    /// - Throws: `TransportFailure` when no reply came; `ZoshError` when there is no token or the reply is a redirect.
    func authorized(_ request: CRMRequest) async throws -> (reply: HTTPReply, host: String) {
        var token = try await authorizer.authorization()
        var answer = try await send(request, as: token)
        var attempt = 0
        while Self.isDeadToken(answer) {
            if attempt == 0 {
                token = try await authorizer.renewal(of: token) ?? token
            } else if attempt <= RetryPolicy.refusedTokens {
                try await pause(retry.pauseAfterFailure(attempt - 1))
            } else if attempt == RetryPolicy.refusedTokens + 1,
                let newer = try await authorizer.renewalAfterWaiting(of: token)
            {
                token = newer
            } else {
                return answer
            }
            attempt += 1
            answer = try await send(request, as: token)
        }
        if (200..<300).contains(answer.reply.status) { await authorizer.noteAccepted() }
        return answer
    }

    private static func isDeadToken(_ answer: (reply: HTTPReply, host: String)) -> Bool {
        guard answer.reply.status == 401, let decoded = try? ZohoReply(answer.reply, from: answer.host) else {
            return false
        }
        return ZohoErrorReply.found(in: decoded)?.isDeadToken == true
    }

    private func send(_ request: CRMRequest, as authorization: Authorization) async throws -> (
        reply: HTTPReply, host: String
    ) {
        let host = WebOrigin(authorization.apiDomain)?.host ?? authorization.apiDomain
        let pass: RateGovernor.Pass
        do { pass = try await governor.enter() } catch { throw ZoshError.interrupted }
        progress?.count(calls: 1, credits: 1)
        do {
            let reply = try await transport.send(request.call(as: authorization))
            governor.leave(
                pass, throttled: reply.status == 429, remaining: reply.credits, isRead: request.method == .get)
            try Redirect.refuse(reply, from: host)
            return (reply, host)
        } catch var failure as TransportFailure {
            governor.leave(pass, throttled: false)
            // Many connections have one host.
            if let name = authorization.connection { failure.host += " (\(name))" }
            throw failure
        }
    }

    private func pause(_ duration: Duration) async throws {
        let clock = clock
        do { try await Withdrawal.waiting { try await clock.sleep(for: duration) } } catch {
            throw ZoshError.interrupted
        }
    }
}
