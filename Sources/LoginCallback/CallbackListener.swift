internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// One loopback address and port that passes every request to the handler.
///
/// The port is bound without REUSEPORT, so it is ours alone. A connection serves one request.
final class CallbackListener: Sendable {
    private let listening: any Channel
    private let connections: Connections

    private init(_ listening: any Channel, _ connections: Connections) {
        self.listening = listening
        self.connections = connections
    }

    static func start(_ address: String, _ port: Int, _ handler: CallbackHandler) async throws(CallbackServer.Failure)
        -> CallbackListener
    {
        let connections = Connections()
        let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 16)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                connections.insert(channel)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(CallbackResponder(handler))
                }
            }
        do {
            return CallbackListener(try await bootstrap.bind(host: address, port: port).get(), connections)
        } catch let error as IOError {
            throw error.errnoCode == EADDRINUSE ? .portTaken(port) : .failed(message(error.errnoCode))
        } catch {
            throw .failed("\(error)")
        }
    }

    /// The same; nil when this machine has no such address.
    static func startIfThere(
        _ address: String, _ port: Int, _ handler: CallbackHandler
    ) async throws(CallbackServer.Failure) -> CallbackListener? {
        let absent = [EADDRNOTAVAIL, EAFNOSUPPORT].map { CallbackServer.Failure.failed(message($0)) }
        do throws(CallbackServer.Failure) { return try await start(address, port, handler) } catch {
            if absent.contains(error) { return nil }
            throw error
        }
    }

    /// The system's words for an error number, as they stand inside a sentence.
    private static func message(_ code: CInt) -> String { String(cString: strerror(code)).lowercased() }

    /// Closes the port and every connection. A page that was sent is with the kernel by then and still arrives; a
    /// browser that keeps a connection open for nothing is not waited for.
    func stop() async {
        // Fails when it is closed already.
        try? await listening.close()
        connections.close()
    }
}

/// The connections of a port that are open.
private final class Connections: Sendable {
    private let open = Mutex<[ObjectIdentifier: any Channel]?>([:])

    func insert(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        let isLate = open.withLock { open in
            open?[id] = channel
            return open == nil
        }
        if isLate { return channel.close(promise: nil) }
        channel.closeFuture.whenComplete { [weak self] _ in self?.open.withLock { _ = $0?.removeValue(forKey: id) } }
    }

    /// Closes all of them, and those that come later.
    func close() {
        let rest = open.withLock { open in
            defer { open = nil }
            return open ?? [:]
        }
        for channel in rest.values { channel.close(promise: nil) }
    }
}

/// Answers the one request of a connection. Its body is passed over: no page here takes one.
private final class CallbackResponder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let handler: CallbackHandler
    private var head: HTTPRequestHead?

    init(_ handler: CallbackHandler) { self.handler = handler }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return context.close(promise: nil) }
            self.head = nil
            answer(head, context)
        }
    }

    private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let page = handler.receive(
            CallbackHandler.Visit(
                method: request.method.rawValue, target: request.uri,
                host: request.headers["Host"].first ?? ""))
        let body = ByteBuffer(string: request.method == .HEAD ? "" : page.html)
        var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: page.status))
        for (name, value) in CallbackPages.headers { head.headers.add(name: name, value: value) }
        head.headers.add(name: "Content-Length", value: String(body.readableBytes))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { [handler] _ in
            // Also when the browser is gone: the answer has arrived.
            handler.deliver()
            channel.close(promise: nil)
        }
    }
}
