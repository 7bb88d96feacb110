internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// The one place where bytes leave for the network.
///
/// The HTTP client behind it is made at the first request, so that help and start-up cost nothing. Redirects are never
/// followed (they would carry a token to another host), no cookie is kept, and no reply larger than `largestReply` is
/// read.
public final class HTTPTransport: Sendable {
    /// Bytes; Zoho's largest documented page is far below.
    static let largestReply = 64 << 20

    private let clock: any ClientClock
    private let trace: TraceSink?
    private let deadline: Duration
    private let connecting: Duration
    private let client = Mutex<HTTPClient?>(nil)

    /// - Parameters:
    ///   - deadline: how long one request may take, its reply included.
    ///   - connecting: how long a connection may take to come about.
    public init(
        clock: any ClientClock = SystemClock(), deadline: Duration = .seconds(120), connecting: Duration = .seconds(10),
        trace: TraceSink? = nil
    ) {
        self.clock = clock
        self.deadline = deadline
        self.connecting = connecting
        self.trace = trace
    }

    deinit {
        // The client insists on being shut down; nobody is left to wait for it.
        client.withLock { $0 }?.shutdown { _ in }
    }

    /// Closes all connections. A later request opens new ones.
    public func shutdown() async {
        let running = client.withLock { client in
            defer { client = nil }
            return client
        }
        // It can only fail for being shut down already.
        try? await running?.shutdown()
    }

    func send(_ call: HTTPCall) async throws(TransportFailure) -> HTTPReply {
        let start = clock.uptime
        do {
            let reply = try await exchange(call)
            report(call, since: start, status: reply.status, credits: reply.credits)
            return reply
        } catch {
            let failure = TransportFailure(error, host: Origin(call.origin)?.host ?? call.origin)
            report(call, since: start, failure: failure.reason)
            throw failure
        }
    }

    private func exchange(_ call: HTTPCall) async throws -> HTTPReply {
        var request = HTTPClientRequest(url: call.origin + call.target)
        request.method = HTTPMethod(rawValue: call.method.rawValue)
        request.headers = HTTPHeaders(call.headers.map { ($0.name, $0.value) })
        request.headers.add(name: "User-Agent", value: "zosh")
        if let body = call.body { request.body = .bytes(body) }
        let response = try await open().execute(request, deadline: .now() + TimeAmount(deadline))
        let body = try await response.body.collect(upTo: Self.largestReply)
        return HTTPReply(
            status: Int(response.status.code),
            contentType: response.headers.first(name: "Content-Type") ?? "",
            credits: response.headers.first(name: "X-API-CREDITS-REMAINING").flatMap { Int($0) },
            retryAfter: response.headers.first(name: "Retry-After").flatMap { Int($0) },
            location: response.headers.first(name: "Location"),
            date: response.headers.first(name: "Date").flatMap(HTTPDate.seconds),
            body: Array(body.readableBytesView))
    }

    private func open() -> HTTPClient {
        client.withLock { client in
            if let client { return client }
            var configuration = HTTPClient.Configuration(
                redirectConfiguration: .disallow,
                timeout: .init(connect: TimeAmount(connecting), read: .seconds(60)),
                // An idle connection the server has closed costs a write its certainty; do not keep them long.
                connectionPool: .init(idleTimeout: .seconds(15)))
            // Whether to try again is decided above this, where it is known what may be repeated.
            configuration.connectionPool.retryConnectionEstablishment = false
            configuration.httpVersion = .http1Only
            // How many requests are open at once the governor says, by the edition; this must not say less.
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 25
            let made = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            client = made
            return made
        }
    }

    private func report(_ call: HTTPCall, since start: Duration, status: Int? = nil, credits: Int? = nil, failure: String? = nil) {
        guard let trace else { return }
        trace(
            TraceLine(
                method: call.method.rawValue, origin: call.origin, target: Redaction.redacted(call.target), status: status,
                milliseconds: Int((clock.uptime - start) / .milliseconds(1)), credits: credits, failure: failure))
    }
}
