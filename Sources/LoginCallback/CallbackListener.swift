internal import Glibc
internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix

/// One loopback address and port that hands every request to the door.
///
/// The port is bound without REUSEPORT, so it is ours alone. Bodies are not read: no page here takes one.
final class CallbackListener: Sendable {
    private let stopping: @Sendable () async -> Void

    private init(stopping: @escaping @Sendable () async -> Void) { self.stopping = stopping }

    static func start(_ address: String, _ port: Int, _ door: CallbackDoor) async throws(CallbackServer.Failure)
        -> CallbackListener
    {
        var logger = Logger(label: "zosh.login")
        logger.logLevel = .critical
        let (openings, opened) = AsyncStream.makeStream(of: (any Channel).self)
        let server = Server(
            childChannelSetup: HTTP1Channel(responder: { request, writer, _ in
                try await answer(request, writer, door)
            }),
            configuration: ServerConfiguration(address: .hostname(address, port: port), backlog: 16),
            onServerRunning: { channel in
                opened.yield(channel)
                opened.finish()
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
        let running = Task {
            defer { opened.finish() }
            try await server.run()
        }
        for await _ in openings {
            return CallbackListener {
                // Closes the port at once; connections end when their reply is out. A browser that keeps one open for
                // nothing is not waited for.
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { try? await server.shutdownGracefully() }
                    group.addTask { try? await Task.sleep(for: .seconds(1)) }
                    await group.next()
                    // Cancelling ends the serving of what is left, which is what the shutdown waits for.
                    running.cancel()
                    group.cancelAll()
                }
            }
        }
        guard case .failure(let error) = await running.result else { throw .failed("it closed at once") }
        if let error = error as? IOError {
            throw error.errnoCode == EADDRINUSE ? .portTaken(port) : .failed(String(cString: strerror(error.errnoCode)))
        }
        throw .failed("\(error)")
    }

    /// The same; nil when this machine has no such address.
    static func startIfThere(
        _ address: String, _ port: Int, _ door: CallbackDoor
    ) async throws(CallbackServer.Failure) -> CallbackListener? {
        let absent = [EADDRNOTAVAIL, EAFNOSUPPORT].map { CallbackServer.Failure.failed(String(cString: strerror($0))) }
        do throws(CallbackServer.Failure) { return try await start(address, port, door) } catch {
            if absent.contains(error) { return nil }
            throw error
        }
    }

    func stop() async { await stopping() }

    private static func answer(_ request: Request, _ writer: consuming ResponseWriter, _ door: CallbackDoor)
        async throws
    {
        // Also when the browser is gone: the answer has arrived.
        defer { door.deliver() }
        let page = door.receive(
            CallbackDoor.Visit(
                method: request.method.rawValue, target: request.head.path ?? "/", host: request.head.authority ?? ""))
        var fields = HTTPFields()
        for (name, value) in CallbackPages.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let body = ByteBuffer(string: request.method == .head ? "" : page.html)
        fields[.contentLength] = String(body.readableBytes)
        let head = HTTPResponse(status: .init(code: page.status), headerFields: fields)
        try await writer.write(response: head, body: ResponseBody(byteBuffer: body))
    }
}
