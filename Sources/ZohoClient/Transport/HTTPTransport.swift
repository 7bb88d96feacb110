internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import Synchronization

/// The one place where bytes leave for the network.
///
/// The HTTP client behind it is made at the first request, so that help and start-up cost nothing. Redirects are never
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
    /// One for each way in use.
    private let clients = Mutex<[Way: HTTPClient]>([:])

    private struct Way: Hashable {
        let proxy: ProxySettings.Proxy?
        /// Plain connections to this machine need no authorities, not even readable ones.
        let isSecure: Bool
    }

    /// - Parameters:
    ///   - network: proxies and authorities.
    ///   - deadline: how long one request may take, its reply included.
    ///   - connecting: how long a connection may take to come about.
    public init(
        clock: any ClientClock = SystemClock(), network: NetworkSettings = .plain, deadline: Duration = .seconds(60),
        connecting: Duration = .seconds(10), trace: TraceSink? = nil
    ) {
        self.clock = clock
        self.network = network
        self.deadline = deadline
        self.connecting = connecting
        self.trace = trace
        waits = Waits(clock: clock)
    }

    deinit {
        // The client insists on being shut down; nobody is left to wait for it.
        for client in clients.withLock({ $0 }).values { client.shutdown { _ in } }
    }

    /// Closes all connections. A later request opens new ones.
    public func shutdown() async {
        let running = clients.withLock { clients in
            defer { clients = [:] }
            return clients.values
        }
        // It can only fail for being shut down already.
        for client in running { try? await client.shutdown() }
    }

    func send(_ call: HTTPCall) async throws(TransportFailure) -> HTTPReply {
        let start = clock.uptime
        let origin = WebOrigin(call.origin)
        let host = origin?.host ?? call.origin
        var proxy: ProxySettings.Proxy?
        do {
            if let origin { proxy = try network.proxies.proxy(for: origin) }
            let client = try open(Way(proxy: proxy, isSecure: origin?.scheme != "http"))
            let reply = try await waits.request(to: host) { try await exchange(call, client) }
            report(call, since: start, status: reply.status, credits: reply.credits)
            return reply
        } catch {
            var failure = TransportFailure(error, host: host, through: proxy)
            if let handshake = HandshakeFailure(error), handshake.isUntrusted, let origin {
                let refined = handshake.refined(
                    by: await CertificateProbe.finding(at: origin, through: proxy, now: clock.now))
                (failure.reason, failure.remedy) = (refined.reason, refined.remedy)
            }
            report(call, since: start, failure: failure.reason)
            throw failure
        }
    }

    private func exchange(_ call: HTTPCall, _ client: HTTPClient) async throws -> HTTPReply {
        var request = HTTPClientRequest(url: call.origin + call.target)
        request.method = HTTPMethod(rawValue: call.method.rawValue)
        request.headers = HTTPHeaders(call.headers.map { ($0.name, $0.value) })
        request.headers.add(name: "User-Agent", value: "zosh")
        // The client would ask for compressed replies in every request; those that bring a token are to be left alone.
        if !request.headers.contains(name: "Accept-Encoding") {
            request.headers.add(name: "Accept-Encoding", value: "identity")
        }
        if let body = call.body { request.body = .bytes(body) }
        // The client's own deadline would end with the head of the reply; a body may trickle in for ever.
        return try await withDeadline(deadline) { [request] in
            let response = try await client.execute(request, deadline: .distantFuture)
            let body = try await Self.body(of: response)
            let date = response.headers.first(name: "Date").flatMap(HTTPDate.seconds)
            return HTTPReply(
                status: Int(response.status.code),
                contentType: response.headers.first(name: "Content-Type") ?? "",
                credits: response.headers.first(name: "X-API-CREDITS-REMAINING").flatMap { Int($0) },
                retryAfter: response.headers.first(name: "Retry-After").flatMap { RetryAfter.seconds($0, now: date) },
                location: response.headers.first(name: "Location"),
                date: date,
                body: body)
        }
    }

    /// The body, copied once: out of what the network gave into what the rows are read from.
    private static func body(of response: HTTPClientResponse) async throws -> [UInt8] {
        var body: [UInt8] = []
        // Of a compressed body the header tells another length, which then only reserves less.
        if let said = response.headers.first(name: "Content-Length").flatMap({ Int($0) }), said <= largestReply {
            body.reserveCapacity(said)
        }
        for try await part in response.body {
            guard body.count + part.readableBytes <= largestReply else {
                throw NIOTooManyBytesError(maxBytes: largestReply)
            }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }

    private func open(_ way: Way) throws -> HTTPClient {
        try clients.withLock { clients in
            if let client = clients[way] { return client }
            var configuration = HTTPClient.Configuration(
                tlsConfiguration: way.isSecure ? try network.trust.configuration() : nil,
                redirectConfiguration: .disallow,
                timeout: .init(connect: TimeAmount(connecting)),
                // An idle connection the server has closed costs a write its certainty; do not keep them long.
                connectionPool: .init(idleTimeout: .seconds(15)),
                proxy: way.proxy.map(HTTPClient.Configuration.Proxy.init),
                decompression: .enabled(limit: .size(Self.largestReply)))
            // Whether to try again is decided above this, where it is known what may be repeated.
            configuration.connectionPool.retryConnectionEstablishment = false
            configuration.httpVersion = .http1Only
            // How many requests are open at once the governor says, by the edition; this must not say less.
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 25
            let made = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            clients[way] = made
            return made
        }
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

extension HTTPClient.Configuration.Proxy {
    fileprivate init(_ proxy: ProxySettings.Proxy) {
        switch proxy.kind {
        case .http:
            let login = proxy.login.map { HTTPClient.Authorization.basic(username: $0.user, password: $0.password) }
            self = .server(host: proxy.host, port: proxy.port, authorization: login)
        case .socks: self = .socksServer(host: proxy.host, port: proxy.port)
        }
    }
}
