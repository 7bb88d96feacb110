internal import Glibc

/// The two clocks the client lives by, injected so that no test waits.
///
/// Wall time decides when a token expires and may jump; uptime never does, and decides how often anything is done.
public protocol ClientClock: Sendable {
    /// Seconds since 1970, as this machine believes.
    var now: Int64 { get }
    /// Time since some fixed moment; never goes back.
    var uptime: Duration { get }
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func sleep(for duration: Duration) async throws
}

/// The machine's own clocks.
public struct SystemClock: ClientClock {
    private static let start = ContinuousClock.now

    public init() {}

    public var now: Int64 { Int64(time(nil)) }
    public var uptime: Duration { ContinuousClock.now - Self.start }
    public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
