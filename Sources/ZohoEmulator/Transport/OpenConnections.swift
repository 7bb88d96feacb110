internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The channels of one listener that are open right now, so that all can be closed at once.
///
/// A graceful shutdown waits for clients; a test that kills the server must not. Invariant: after
/// `closeAll()` has begun, a newly seen channel is closed on sight.
final class OpenConnections: Sendable {
    private struct State {
        var listening: (any Channel)?
        var channels: [ObjectIdentifier: any Channel] = [:]
        /// Connections accepted and not yet handed to their task.
        var arriving = 0
        var closing = false
    }

    private let state = Mutex(State())

    /// The channel of the port itself.
    func listen(_ channel: any Channel) {
        state.withLock { $0.listening = channel }
        insert(channel)
    }

    func arrive() { state.withLock { $0.arriving += 1 } }
    func handOver() { state.withLock { $0.arriving -= 1 } }

    /// Accepts nothing more and waits until every connection accepted so far has its task.
    ///
    /// The server's library traps when a connection it has accepted is dropped before its task began, which closing
    /// the port at once would do.
    func settle() async {
        guard let listening = state.withLock({ $0.listening }) else { return }
        // Fails when the port is closed already; then there is nothing to settle.
        guard (try? await listening.setOption(.autoRead, value: false).get()) != nil else { return }
        for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() { try? await loop.submit {}.get() }
        // Bounded: one that failed between the two is gone without a word.
        for _ in 0..<100_000 where state.withLock({ $0.arriving > 0 }) { await Task.yield() }
    }

    func insert(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        let (isNew, closing) = state.withLock { state in
            (state.channels.updateValue(channel, forKey: id) == nil, state.closing)
        }
        if closing { return channel.close(promise: nil) }
        guard isNew else { return }
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.state.withLock { _ = $0.channels.removeValue(forKey: id) }
        }
    }

    /// Begins to close everything.
    func close() {
        for channel in beginClosing() { channel.close(promise: nil) }
    }

    private func beginClosing() -> [any Channel] {
        state.withLock { state in
            state.closing = true
            return Array(state.channels.values)
        }
    }

    func closeAll() async {
        for channel in beginClosing() {
            try? await channel.close()
        }
    }
}
