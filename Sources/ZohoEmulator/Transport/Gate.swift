internal import Synchronization

/// Holds the replies of a route back until it is released, so that a test can act while a request
/// is in flight.
///
/// Invariant: once released it holds no caller any more.
public final class Gate: Sendable {
    private struct State {
        var released = false
        var arrivals = 0
        var held: [CheckedContinuation<Void, Never>] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// How many requests pass before it holds any.
    private let free: Int

    init(after free: Int = 0) { self.free = free }

    /// Lets every held request go on, and all later ones.
    public func release() {
        let waiting = state.withLock { state in
            state.released = true
            defer {
                state.held = []
                state.watchers = []
            }
            return state.held + state.watchers.map(\.continuation)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns once `count` requests have reached the gate.
    public func arrivals(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.arrivals >= count || state.released { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Waits as a request that has arrived.
    func pass() async {
        await withCheckedContinuation { continuation in
            let (goesOn, seen) = state.withLock { state in
                state.arrivals += 1
                let seen = state.watchers.filter { $0.count <= state.arrivals }.map(\.continuation)
                state.watchers.removeAll { $0.count <= state.arrivals }
                let goesOn = state.released || state.arrivals <= free
                if !goesOn { state.held.append(continuation) }
                return (goesOn, seen)
            }
            for watcher in seen { watcher.resume() }
            if goesOn { continuation.resume() }
        }
    }
}
