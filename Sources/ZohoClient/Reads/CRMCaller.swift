internal import ZoshKit

/// Sends requests to the CRM API as one connection, and knows what may be tried again.
///
/// A dead token is renewed once and the request repeated, reads and writes alike: Zoho refused it before doing
/// anything. Only reads are repeated after failures and throttling.
struct CRMCaller: Sendable {
    let transport: HTTPTransport
    let authorizer: any Authorizer
    let clock: any ClientClock
    let retry: RetryPolicy
    /// Every request that leaves is counted in each of these.
    var meters: [ProgressMeter]

    func counting(in meter: ProgressMeter) -> CRMCaller {
        var copy = self
        copy.meters.append(meter)
        return copy
    }

    /// Reads, repeating what passes.
    /// - Throws: `ZoshError` for every answer that is none: refusals, pages, broken connections.
    func read(_ request: CRMRequest) async throws -> ZohoReply {
        var failures = 0
        var throttles = 0
        while true {
            do {
                let (reply, host) = try await authorized(request)
                if RetryPolicy.passes(reply.status), failures < retry.failures {
                    try await pause(retry.pauseAfterFailure(failures))
                    failures += 1
                    continue
                }
                let decoded = try ZohoReply(reply, from: host)
                guard let error = ZohoErrorReply.found(in: decoded) else { return decoded }
                if error.status == 429, throttles < retry.throttles {
                    let asked = decoded.retryAfter ?? error.details.row?["retry_after"]?.integer.map { Int(clamping: $0) }
                    try await pause(retry.pauseAfterThrottle(throttles, retryAfter: asked))
                    throttles += 1
                    continue
                }
                throw error.zoshError(needing: request.scope)
            } catch let failure as TransportFailure {
                guard failure.stage == .beforeSending || failure.stage == .afterSending, failures < retry.failures else {
                    throw failure.zoshError(host: try await host())
                }
                try await pause(retry.pauseAfterFailure(failures))
                failures += 1
            }
        }
    }

    /// Sends once, and once more if the token was dead.
    /// - Throws: `TransportFailure` when no reply came; `ZoshError` when there is no token or the reply is a redirect.
    func authorized(_ request: CRMRequest) async throws -> (reply: HTTPReply, host: String) {
        let first = try await authorizer.authorization()
        let reply = try await send(request, as: first)
        if reply.0.status == 401, let decoded = try? ZohoReply(reply.0, from: reply.1),
            ZohoErrorReply.found(in: decoded)?.isDeadToken == true,
            let second = try await authorizer.renewal(of: first) {
            return try await send(request, as: second)
        }
        return reply
    }

    private func send(_ request: CRMRequest, as authorization: Authorization) async throws -> (HTTPReply, String) {
        let host = Origin(authorization.apiDomain)?.host ?? authorization.apiDomain
        for meter in meters { meter.count(calls: 1) }
        let reply = try await transport.send(request.call(as: authorization))
        try Redirect.refuse(reply, from: host)
        return (reply, host)
    }

    private func host() async throws -> String {
        let domain = try await authorizer.authorization().apiDomain
        return Origin(domain)?.host ?? domain
    }

    private func pause(_ duration: Duration) async throws {
        do { try await clock.sleep(for: duration) } catch { throw ZoshError.interrupted }
    }
}
