internal import Synchronization

/// The one place where bytes leave for the network.
///
/// libcurl behind it is loaded at the first request, so that help and start-up cost nothing. Redirects are never
/// followed (they would carry a token to another host), no cookie is kept, and no reply larger than `largestReply` is
/// read.
public final class HTTPTransport: Sendable {
    /// Bytes; Zoho's largest documented page is far below.
    static let largestReply = 64 << 20

    /// What is being waited for.
    public let waits: Waits

    private let clock: any ClientClock
    private let trace: TraceSink?
    private let deadline: Duration
    private let connecting: Duration
    private let network: NetworkSettings
    private let loop: TransferLoop
    private let trusted = Mutex(Trusted())

    private struct Trusted: Sendable {
        var authorities: Authorities?
        var extent = TrustSettings.Extent.usual
    }

    /// - Parameters:
    ///   - network: proxies and authorities.
    ///   - deadline: how long one request may take, its reply included.
    ///   - connecting: how long a connection may take to come about.
    ///   - idle: how long connections are kept with nothing to do; seconds. One that the server has closed meanwhile
    ///     costs a write its certainty.
    public init(
        clock: any ClientClock = SystemClock(), network: NetworkSettings = .plain, deadline: Duration = .seconds(60),
        connecting: Duration = .seconds(10), idle: Int = 15, trace: TraceSink? = nil
    ) {
        self.clock = clock
        self.network = network
        self.deadline = deadline
        self.connecting = connecting
        self.trace = trace
        loop = TransferLoop(idle: idle)
        waits = Waits(clock: clock)
    }

    deinit { loop.beginClosing() }

    /// Closes all connections. A later request opens new ones.
    public func shutdown() async {
        await loop.close()
        trusted.withLock { $0 = Trusted() }
    }

    func send(_ call: HTTPCall) async throws(TransportFailure) -> HTTPReply {
        let start = clock.uptime
        let origin = WebOrigin(call.origin)
        let host = origin?.host ?? call.origin
        var proxy: ProxySettings.Proxy?
        do {
            if let origin { proxy = try network.proxies.proxy(for: origin) }
            let way = proxy
            let reply = try await waits.request(to: host) { try await exchange(call, through: way) }
            report(call, since: start, status: reply.status, credits: reply.credits)
            return reply
        } catch {
            let failure = TransportFailure(error, host: host, through: proxy)
            report(call, since: start, failure: failure.reason)
            throw failure
        }
    }

    private func exchange(_ call: HTTPCall, through proxy: ProxySettings.Proxy?) async throws -> HTTPReply {
        // Plain connections to this machine need no authorities, not even readable ones.
        guard WebOrigin(call.origin)?.scheme != "http" else {
            return try await perform(call, proxy, Authorities())
        }
        let known = try authorities()
        do { return try await perform(call, proxy, known) } catch let failure as TransferFailure {
            // What left on a connection that died since must not leave again.
            guard failure.cause == .noHandshake, !failure.mayHaveLeft,
                HandshakeFailure.isUnknownAuthority(failure.verdict),
                let more = try authorities(beyond: known)
            else { throw failure }
            return try await perform(call, proxy, more)
        }
    }

    /// Whether TLS is spoken at a plain address where a request got no reply: it cannot have been understood then.
    func speaksTLS(at origin: String) async -> Bool {
        guard let plain = WebOrigin(origin), plain.scheme == "http" else { return false }
        let secure = "https://\(plain.host):\(plain.port)"
        do {
            // Nothing is trusted: the handshake ends before a request leaves.
            _ = try await perform(HTTPCall(method: .get, origin: secure, target: "/"), nil, Authorities())
            return true
        } catch { return (error as? TransferFailure).map { $0.cause == .noHandshake && $0.verdict != 0 } ?? false }
    }

    private func perform(
        _ call: HTTPCall, _ proxy: ProxySettings.Proxy?, _ authorities: Authorities
    ) async throws -> HTTPReply {
        try await loop.perform(
            TransferOrder(call, through: proxy, trusting: authorities, deadline: deadline, connecting: connecting))
    }

    private func authorities() throws -> Authorities {
        try trusted.withLock { trusted in
            let found = try trusted.authorities ?? network.trust.authorities(trusted.extent)
            guard !found.isEmpty else { throw TransferFailure(.noAuthorities) }
            trusted.authorities = found
            return found
        }
    }

    /// All authorities, from now on; nil when those are what was tried.
    private func authorities(beyond tried: Authorities) throws -> Authorities? {
        trusted.withLock { trusted in
            if trusted.extent == .usual { (trusted.extent, trusted.authorities) = (.all, nil) }
        }
        let all = try authorities()
        return all === tried ? nil : all
    }

    private func report(
        _ call: HTTPCall, since start: Duration, status: Int? = nil, credits: Int? = nil, failure: String? = nil
    ) {
        guard let trace else { return }
        trace(
            TraceLine(
                method: call.method.rawValue, origin: call.origin, target: Redaction.redacted(call.target),
                status: status,
                milliseconds: Int((clock.uptime - start) / .milliseconds(1)), credits: credits, failure: failure))
    }
}
