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
    /// How long the silence is when it is first worth a line in a log, and how far apart further lines are.
    private static let logged = (first: Duration.seconds(30), then: Duration.seconds(60))

    private struct State {
        var last: UInt64 = 0
        /// Requests without a reply: to whom, and since when there was no sign of it.
        var open: [UInt64: (host: String, since: Duration)] = [:]
        /// When each pause ends.
        var pauses: [UInt64: Duration] = [:]
        var announce: (@Sendable (Wait) -> Void)?
        /// Hosts that let a request run out of time: since when they have been silent, and until when we waited.
        var silent: [String: (since: Duration, until: Duration)] = [:]
        var announceSilence: (@Sendable (Wait) -> Void)?
        var isWatched = false
        /// When the last line about a silence was shown.
        var lastLogged: Duration?

        var oldest: (host: String, since: Duration)? { open.values.min { $0.since < $1.since } }
    }

    private let clock: any ClientClock
    /// Passes between two looks at a silence.
    private let tick: @Sendable () async throws -> Void
    private let state = Mutex(State())

    /// - Parameter tick: only when to look; the clock says how long the silence is. A clock that a test moves by
    ///   sleeping would run away here.
    init(
        clock: any ClientClock,
        tick: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(5)) }
    ) {
        self.clock = clock
        self.tick = tick
    }

    /// What to say now; nil when there is nothing unusual.
    public var current: Wait? {
        let now = clock.uptime
        return state.withLock { state in
            if let end = state.pauses.values.max() { return .throttle(seconds: max(1, Self.wholeSeconds(end - now))) }
            guard let oldest = state.oldest else { return nil }
            let seconds = Self.wholeSeconds(now - oldest.since)
            return seconds >= Self.patience ? .silence(host: oldest.host, seconds: seconds) : nil
        }
    }

    /// Calls this once when a pause begins that a person would notice; pauses that overlap are one.
    public func announcePauses(_ announce: @escaping @Sendable (Wait) -> Void) {
        state.withLock { $0.announce = announce }
    }

    /// Calls this after half a minute without any sign of a reply, and each minute after that.
    public func announceSilence(_ announce: @escaping @Sendable (Wait) -> Void) {
        state.withLock { $0.announceSilence = announce }
    }

    /// Runs `body` as a request to this host.
    func request<Reply>(to host: String, _ body: () async throws -> Reply) async throws -> Reply {
        let now = clock.uptime
        let (id, mustWatch) = state.withLock { state in
            state.last += 1
            // Tried again right after it ran out of time: the silence continues.
            let before = state.silent[host].flatMap { now - $0.until <= Self.logged.first ? $0.since : nil }
            state.open[state.last] = (host, before ?? now)
            defer { if state.announceSilence != nil { state.isWatched = true } }
            return (state.last, state.announceSilence != nil && !state.isWatched)
        }
        if mustWatch { Task { await logSilence() } }
        do {
            let reply = try await body()
            close(id, to: host)
            return reply
        } catch {
            close(id, to: host, ranOut: error is DeadlineExceeded)
            throw error
        }
    }

    private func close(_ id: UInt64, to host: String, ranOut: Bool = false) {
        let now = clock.uptime
        state.withLock { state in
            let closed = state.open.removeValue(forKey: id)
            guard !ranOut else {
                if let closed { state.silent[host] = (closed.since, now) }
                return
            }
            state.silent[host] = nil
            // A reply is a sign of life: the others of that host have been silent since now only.
            for (other, entry) in state.open where entry.host == host { state.open[other] = (host, now) }
        }
    }

    /// Looks at the silence now and then as long as any request is open.
    private func logSilence() async {
        repeat {
            guard (try? await tick()) != nil else { return }
        } while lookAtSilence()
    }

    /// Reports the silence when that is due.
    /// - Returns: whether any request is open.
    private func lookAtSilence() -> Bool {
        let now = clock.uptime
        var tell: (announce: @Sendable (Wait) -> Void, wait: Wait)?
        let isOpen = state.withLock { state in
            guard let oldest = state.oldest else {
                state.isWatched = false
                return false
            }
            let isSoon = state.lastLogged.map { now - $0 < Self.logged.then } ?? false
            guard now - oldest.since >= Self.logged.first, !isSoon else { return true }
            state.lastLogged = now
            let seconds = Self.wholeSeconds(now - oldest.since)
            tell = state.announceSilence.map { ($0, .silence(host: oldest.host, seconds: seconds)) }
            return true
        }
        if let tell { tell.announce(tell.wait) }
        return isOpen
    }

    /// Sleeps between two questions of ours; nothing is reported, since nothing is late.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func sleep(for duration: Duration) async throws { try await clock.sleep(for: duration) }

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
    /// clients, is not shown.
    private static func wholeSeconds(_ duration: Duration) -> Int {
        Int(clamping: (duration + .milliseconds(499)).components.seconds)
    }
}
