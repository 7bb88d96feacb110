internal import Synchronization

/// What the process is waiting for at Zoho, for the person in front of it: a reply that does not come, a pause that
/// Zoho asked for.
///
/// One per transport, so that it covers every request, those of a login included.
public final class Waits: Sendable {
    /// What is worth saying about the wait now.
    public enum Wait: Sendable, Equatable {
        /// No reply has come from this host for so many seconds.
        case silence(host: String, seconds: Int)
        /// Zoho asked for a pause, of which so many seconds are left.
        case throttle(seconds: Int)

        /// A phrase for the progress line.
        public var text: String {
            switch self {
            case .silence(let host, let seconds): "no answer from \(host) for \(seconds) s"
            case .throttle(let seconds): "Zoho is rate-limiting us; waiting \(seconds) s"
            }
        }
    }

    /// Seconds of silence that need no word.
    static let patience = 5

    private struct State {
        var last: UInt64 = 0
        /// Requests without a reply: to whom, and since when there was no sign of it.
        var open: [UInt64: (host: String, since: Duration)] = [:]
        /// When each pause ends.
        var pauses: [UInt64: Duration] = [:]
        var announce: (@Sendable (Wait) -> Void)?
    }

    private let clock: any ClientClock
    private let state = Mutex(State())

    init(clock: any ClientClock) { self.clock = clock }

    /// What to say now; nil when there is nothing unusual.
    public var current: Wait? {
        let now = clock.uptime
        return state.withLock { state in
            if let end = state.pauses.values.max() { return .throttle(seconds: max(1, Self.wholeSeconds(end - now))) }
            guard let oldest = state.open.values.min(by: { $0.since < $1.since }) else { return nil }
            let seconds = Self.wholeSeconds(now - oldest.since)
            return seconds >= Self.patience ? .silence(host: oldest.host, seconds: seconds) : nil
        }
    }

    /// Calls this once when a pause begins that a person would notice; pauses that overlap are one.
    public func announcePauses(_ announce: @escaping @Sendable (Wait) -> Void) {
        state.withLock { $0.announce = announce }
    }

    /// Runs `body` as a request to this host.
    func request<Reply>(to host: String, _ body: () async throws -> Reply) async throws -> Reply {
        let now = clock.uptime
        let id = state.withLock { state in
            state.last += 1
            state.open[state.last] = (host, now)
            return state.last
        }
        defer {
            let now = clock.uptime
            state.withLock { state in
                state.open[id] = nil
                // A reply is a sign of life: the others of that host have been silent since now only.
                for (other, entry) in state.open where entry.host == host { state.open[other] = (host, now) }
            }
        }
        return try await body()
    }

    /// Sleeps for as long as Zoho wants.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func pause(for duration: Duration) async throws {
        let end = clock.uptime + duration
        let (id, announce) = state.withLock { state in
            state.last += 1
            let isFirst = state.pauses.isEmpty
            state.pauses[state.last] = end
            return (state.last, isFirst && duration >= .seconds(Self.patience) ? state.announce : nil)
        }
        defer { state.withLock { _ = $0.pauses.removeValue(forKey: id) } }
        announce?(.throttle(seconds: Self.wholeSeconds(duration)))
        try await clock.sleep(for: duration)
    }

    /// The nearest; durations here are minutes at most. Half a second more than Zoho asked for, which spreads the
    /// clients, is not told.
    private static func wholeSeconds(_ duration: Duration) -> Int {
        Int(clamping: (duration + .milliseconds(499)).components.seconds)
    }
}
