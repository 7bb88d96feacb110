import Synchronization
import ZohoClient

/// A clock that stands still until it is moved; sleeping moves it and returns at once.
final class ManualClock: ClientClock {
    private struct State {
        var now: Int64 = 1_800_000_000
        var uptime = Duration.seconds(1000)
        var slept: [Duration] = []
    }

    private let state = Mutex(State())

    var now: Int64 { state.withLock { $0.now } }
    var uptime: Duration { state.withLock { $0.uptime } }
    var slept: [Duration] { state.withLock { $0.slept } }

    /// Lets time pass on both clocks.
    func advance(_ seconds: Int64) {
        state.withLock {
            $0.now += seconds
            $0.uptime += .seconds(seconds)
        }
    }

    /// Sets the wall clock without any time passing, as an administrator or a bad battery does.
    func jump(_ seconds: Int64) { state.withLock { $0.now += seconds } }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        state.withLock {
            $0.slept.append(duration)
            $0.uptime += duration
        }
        await Task.yield()
    }
}
