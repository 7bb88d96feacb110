internal import NIOCore
internal import Synchronization

/// The channels of one listener that are open right now, so that all can be closed at once.
///
/// A graceful shutdown waits for clients; a test that kills the server must not. Invariant: after
/// `closeAll()` has begun, a newly seen channel is closed on sight.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var closing = false
    }

    private let state = Mutex(State())

    func insert(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        let closing = state.withLock { state in
            state.channels[id] = channel
            return state.closing
        }
        if closing { return channel.close(promise: nil) }
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.state.withLock { _ = $0.channels.removeValue(forKey: id) }
        }
    }

    /// Begins to close everything.
    func close() {
        for channel in beginClosing() { channel.close(promise: nil) }
    }

    func closeAll() async {
        for channel in beginClosing() {
            try? await channel.close()
        }
    }

    private func beginClosing() -> [any Channel] {
        state.withLock { state in
            state.closing = true
            return Array(state.channels.values)
        }
    }
}
