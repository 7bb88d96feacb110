internal import Glibc
internal import Synchronization

/// The emulator's idea of now: the machine's clock plus an offset a test may move.
///
/// Expiry, throttling windows and modification times all read this clock, so a test can let an
/// hour pass without waiting. Invariant: emulated time never runs slower than real time and only
/// `advance(by:)` makes it jump.
public final class EmulatedClock: Sendable {
    private let offset = Mutex<Duration>(.zero)

    /// A clock that agrees with the machine until it is advanced.
    public init() {}

    /// Moves emulated time by `duration`; a negative one skews the server's clock backwards.
    public func advance(by duration: Duration) {
        offset.withLock { $0 += duration }
    }

    /// Seconds since 1970-01-01T00:00:00Z in emulated time.
    public var secondsSince1970: Double {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let moved = offset.withLock { $0.components }
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
            + Double(moved.seconds) + Double(moved.attoseconds) / 1e18
    }
}
