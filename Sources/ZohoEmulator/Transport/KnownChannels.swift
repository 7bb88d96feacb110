internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// A connection's setup that lets `OpenConnections` know of every connection from its first moment.
struct KnownChannels<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let connections: OpenConnections

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        connections.arrive()
        connections.insert(channel)
        let ready = base.setup(channel: channel, logger: logger)
        ready.whenFailure { _ in connections.handOver() }
        return ready
    }

    func handle(value: Base.Value, logger: Logger) async {
        connections.handOver()
        await base.handle(value: value, logger: logger)
    }
}
