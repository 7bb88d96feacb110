internal import Synchronization

/// How many requests one connection may have open at Zoho at once.
///
/// The limit is Zoho's, per organisation and application, and depends on the edition (see `Edition`), beside whatever
/// else uses the application: so it starts at what every edition allows, halves when Zoho answers 429, and grows by
/// one, up to the edition's own, after a calm while in which replies came no slower. Until the first 429 it grows with
/// each reply to a read that comes while all places are taken, so that a long list soon runs as fast as it may; writes
/// feel no way forward. All lines of a connection share it, since `users ids | users lookup` runs two at a time, and
/// all processes share the places.
///
/// Invariant: as many requests are open as `enter()` has let in and `leave` has not let out.
final class RateGovernor: Sendable {
    /// What the smallest edition allows.
    static let start = 5
    /// Undisturbed replies before one more is tried.
    static let calm = 25

    /// Permission for one request. It knows which limit it was given under, so that a burst of refusals that belong to
    /// one moment lowers the limit once.
    struct Pass: Sendable {
        fileprivate let era: Int
        fileprivate let since: Duration
        /// Held for as long as the request is open.
        fileprivate var lease: (any Sendable)?
    }

    fileprivate struct State {
        let ceiling: Int
        var limit = start
        var open = 0
        var calm = 0
        var era = 0
        var pace = Pace()
        /// Nothing has shown yet that the edition's limit is too much.
        var isUndisturbed = true
        var waiting: [(id: Int, continuation: CheckedContinuation<Pass, any Error>)] = []
        var lastID = 0
    }

    private let state: Mutex<State>
    private let share: (any OrganizationShare)?
    private let clock: any ClientClock

    /// - Parameter ceiling: what the organisation's edition allows at once.
    init(ceiling: Int = Edition.unknown, share: (any OrganizationShare)? = nil, clock: any ClientClock = SystemClock())
    {
        state = Mutex(State(ceiling: ceiling))
        self.share = share
        self.clock = clock
    }

    var limit: Int { state.withLock { $0.limit } }

    /// Waits for a place, first come first served in this process, then among all processes.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func enter() async throws -> Pass {
        let pass = try await enterHere()
        guard let share else { return pass }
        var pause = Duration.milliseconds(2)
        while true {
            if let lease = share.acquire(among: limit) {
                share.recordCall()
                return Pass(era: pass.era, since: clock.uptime, lease: lease)
            }
            do { try await clock.sleep(for: pause) } catch {
                leave(pass, throttled: false)
                throw error
            }
            pause = min(pause * 2, .milliseconds(40))
        }
    }

    private func enterHere() async throws -> Pass {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        let now = clock.uptime
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Pass, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard state.open < state.limit, state.waiting.isEmpty else {
                        state.waiting.append((id, continuation))
                        return nil
                    }
                    state.open += 1
                    return .success(Pass(era: state.era, since: now))
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// Frees the place.
    /// - Parameters:
    ///   - throttled: whether Zoho answered 429.
    ///   - remaining: what Zoho said remains of the day's credits.
    ///   - isRead: whether the request read.
    func leave(_ pass: Pass, throttled: Bool, remaining: Int? = nil, isRead: Bool = false) {
        if let remaining { share?.recordRemaining(remaining) }
        let now = clock.uptime
        let admitted = state.withLock { state in
            let mayProbe = isRead && state.open >= state.limit
            state.open -= 1
            state.learn(pass.era, throttled, now - pass.since, mayProbe: mayProbe)
            var admitted: [(CheckedContinuation<Pass, any Error>, Pass)] = []
            while state.open < state.limit, !state.waiting.isEmpty {
                state.open += 1
                admitted.append((state.waiting.removeFirst().continuation, Pass(era: state.era, since: now)))
            }
            return admitted
        }
        for (continuation, pass) in admitted { continuation.resume(returning: pass) }
    }
}

extension RateGovernor.State {
    fileprivate mutating func learn(_ era: Int, _ throttled: Bool, _ took: Duration, mayProbe: Bool) {
        if throttled {
            calm = 0
            isUndisturbed = false
            guard era == self.era else { return }
            limit = max(1, limit / 2)
            self.era += 1
        } else {
            pace.note(took)
            calm += 1
            guard calm >= RateGovernor.calm || isUndisturbed && mayProbe, limit < ceiling else { return }
            calm = 0
            // More at once would only wait longer in Zoho's own queue.
            guard !pace.isSlowing else {
                isUndisturbed = false
                return
            }
            limit += 1
        }
    }
}

/// Whether replies come slower than they used to.
struct Pace: Sendable {
    /// Exponential means over about ten and about a hundred replies, in seconds.
    private var recent = 0.0
    private var usual = 0.0

    mutating func note(_ took: Duration) {
        let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
        guard usual > 0 else {
            recent = seconds
            usual = seconds
            return
        }
        recent += (seconds - recent) / 10
        usual += (seconds - usual) / 100
    }

    /// Twice as slow as usual, beyond what a busy machine explains.
    var isSlowing: Bool { recent > 2 * usual + 0.05 }
}
