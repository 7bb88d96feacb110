internal import Glibc
internal import HTTPTypes
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOPosix

/// One loopback port that hands every request to a closure.
///
/// The server is run without a service group: the emulator writes its own `Date` header, and must
/// be able to cut connections instead of closing them politely. Invariant: after `stop()` returns,
/// the port is closed and no connection is open.
final class Listener: Sendable {
    typealias Handler = @Sendable (Exchange) async -> Reply

    let port: Int
    private let connections: OpenConnections
    private let running: Task<Void, any Error>

    private init(port: Int, connections: OpenConnections, running: Task<Void, any Error>) {
        self.port = port
        self.connections = connections
        self.running = running
    }

    /// Listens on 127.0.0.1 and returns once connections are accepted.
    static func start(
        port: Int, security: Security? = nil, clock: EmulatedClock, handler: @escaping Handler
    ) async throws -> Listener {
        let channels = HTTP1Channel(responder: { request, writer, channel in
            var request = request
            let body = try await request.collectBody(upTo: 4 << 20)
            let reply = await handler(Exchange(request, body: body))
            try await send(reply, to: writer, channel: channel, clock: clock)
        })
        guard let security else { return try await listen(port, channels) }
        let secured: TLSChannel<HTTP1Channel>
        do { secured = try TLSChannel(channels, tlsConfiguration: security.configuration) } catch {
            throw EmulatorError("The certificate and the private key do not belong together.")
        }
        return try await listen(port, secured)
    }

    private static func listen(_ port: Int, _ channels: some ServerChildChannel) async throws -> Listener {
        let connections = OpenConnections()
        var logger = Logger(label: "zoho-emulator")
        logger.logLevel = .critical
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = Server(
            childChannelSetup: KnownChannels(base: channels, connections: connections),
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                connections.listen(channel)
                found.yield(channel.localAddress?.port ?? 0)
                found.finish()
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
        let running = Task {
            defer { found.finish() }
            try await server.run()
        }
        for await port in ports {
            return Listener(port: port, connections: connections, running: running)
        }
        var reason = ""
        if case .failure(let error) = await running.result { reason = ": \(error)" }
        throw EmulatorError("The emulator could not listen on 127.0.0.1:\(port)\(reason).")
    }

    /// Begins to close the port and every connection, answered or not.
    func cut() async {
        await connections.settle()
        connections.close()
    }

    /// Closes the port and every connection and waits until they are.
    func stop() async {
        await connections.settle()
        await connections.closeAll()
        running.cancel()
        _ = await running.result
    }

    private static func send(
        _ reply: Reply, to writer: consuming ResponseWriter, channel: any Channel, clock: EmulatedClock
    ) async throws {
        if reply.delivery == .reset { return try await channel.cut() }
        if reply.delivery == .silent { return try await channel.closeFuture.get() }
        var fields = HTTPFields()
        fields[.date] = TimeText.httpDate(Int(clock.secondsSince1970.rounded(.down)))
        for (name, value) in reply.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        if reply.status != 204 && reply.status != 304 {
            fields[.contentLength] = String(reply.body.count)
        }
        let head = HTTPResponse(status: .init(code: reply.status), headerFields: fields)
        switch reply.delivery {
        case .truncated(let count):
            var body: any ResponseBodyWriter = try await writer.writeHead(head)
            try await body.write(ByteBuffer(bytes: reply.body.prefix(count)))
            try await channel.close()
        case .trickled(let milliseconds):
            var body: any ResponseBodyWriter = try await writer.writeHead(head)
            for byte in reply.body {
                try await Task.sleep(for: .milliseconds(milliseconds))
                try await body.write(ByteBuffer(bytes: [byte]))
            }
            try await body.finish(nil)
        default:
            try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
        }
    }
}

extension Exchange {
    /// Decodes the parts of a request the emulator looks at.
    init(_ request: Request, body: ByteBuffer) {
        let target = request.head.path ?? "/"
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var headers: [String: String] = [:]
        for field in request.headers {
            headers[field.name.canonicalName] = field.value
        }
        self.init(
            method: request.method.rawValue,
            path: String(halves[0]),
            query: FormFields(urlEncoded: halves.count > 1 ? halves[1] : ""),
            headers: headers,
            body: Array(body.readableBytesView)
        )
    }
}

extension Channel {
    /// Ends the connection with a reset, as a crashed server or a broken middle box does.
    func cut() async throws {
        if let socket = self as? any SocketOptionProvider {
            try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try await close()
    }
}
