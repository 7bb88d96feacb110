internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// One loopback port that hands every request to a closure.
///
/// It is made of NIO's parts, since the emulator must be able to cut connections instead of closing them politely.
/// Invariant: after `stop()` returns, the port is closed, no connection is open and no request is being answered.
final class Listener: Sendable {
    typealias Handler = @Sendable (Exchange) async -> Reply

    let port: Int
    private let connections: OpenConnections
    private let answering: Task<Void, Never>

    private init(port: Int, connections: OpenConnections, answering: Task<Void, Never>) {
        self.port = port
        self.connections = connections
        self.answering = answering
    }

    /// Listens on 127.0.0.1 and returns once connections are accepted.
    static func start(
        port: Int, security: Security? = nil, clock: EmulatedClock, handler: @escaping Handler
    ) async throws -> Listener {
        let connections = OpenConnections()
        let (requests, arrivals) = AsyncStream.makeStream(of: ReceivedRequest.self)
        let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                connections.insert(channel)
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let security { try pipeline.addHandler(SecureHandler(SecureConnection(security))) }
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(RequestReader { arrivals.yield($0) })
                }
            }
        let listening: any Channel
        do { listening = try await bootstrap.bind(host: "127.0.0.1", port: port).get() } catch {
            throw EmulatorError("The emulator could not listen on 127.0.0.1:\(port): \(error).")
        }
        connections.insert(listening)
        let answering = Task {
            await withDiscardingTaskGroup { group in
                for await request in requests {
                    group.addTask { await request.send(handler(request.exchange), clock: clock) }
                }
            }
        }
        return Listener(
            port: listening.localAddress?.port ?? 0, connections: connections, answering: answering)
    }

    /// Begins to close the port and every connection, answered or not.
    func cut() { connections.close() }

    /// Closes the port and every connection and waits until they are.
    func stop() async {
        await connections.closeAll()
        answering.cancel()
        await answering.value
    }
}
