internal import Glibc
internal import Synchronization

/// The emulator's idea of now: the machine's clock plus an offset a test may move.
///
/// Expiry, throttling windows and modification times all read this clock, so a test can let an
/// hour pass without waiting. Invariant: until it is stopped, emulated time never runs slower than
/// real time; only `advance(by:)` makes it jump.
public final class EmulatedClock: Sendable {
    private let offset = Mutex<Duration>(.zero)
    /// The machine's time when it was stopped.
    private let stoppedAt = Mutex<timespec?>(nil)

    /// A clock that agrees with the machine until it is advanced.
    public init() {}

    /// Moves emulated time by `duration`; a negative one skews the server's clock backwards.
    public func advance(by duration: Duration) {
        offset.withLock { $0 += duration }
    }

    /// Stops: from now on time passes by `advance(by:)` alone, however long a busy machine takes
    /// between two requests.
    public func stop() {
        stoppedAt.withLock { $0 = $0 ?? Self.machineTime }
    }

    private static var machineTime: timespec {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return now
    }

    /// Seconds since 1970-01-01T00:00:00Z in emulated time.
    public var secondsSince1970: Double {
        let now = stoppedAt.withLock { $0 } ?? Self.machineTime
        let moved = offset.withLock { $0.components }
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
            + Double(moved.seconds) + Double(moved.attoseconds) / 1e18
    }
}
