internal import Synchronization

/// How many requests one connection may have open at Zoho at once.
///
/// The limit is Zoho's, per organisation and application, and depends on the edition (five for Free, 25 for Ultimate),
/// which nobody tells us: so it starts at what every edition allows, halves when Zoho answers 429, and grows by one
/// after a calm while. All lines of a connection share it, since `users ids | users lookup` runs two at a time.
///
/// Invariant: as many requests are open as `enter()` has let in and `leave` has not let out.
final class RateGovernor: Sendable {
    /// What the smallest edition allows.
    static let start = 5
    static let ceiling = 10
    /// Undisturbed replies before one more is tried.
    static let calm = 25

    /// Permission for one request. It knows which limit it was given under, so that a burst of refusals that belong to
    /// one moment lowers the limit once.
    struct Pass: Sendable { fileprivate let era: Int }

    fileprivate struct State {
        var limit = start
        var open = 0
        var calm = 0
        var era = 0
        var waiting: [(id: Int, continuation: CheckedContinuation<Pass, any Error>)] = []
        var lastID = 0
    }

    private let state = Mutex(State())

    var limit: Int { state.withLock { $0.limit } }

    /// Waits for a place, first come first served.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func enter() async throws -> Pass {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Pass, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard state.open < state.limit, state.waiting.isEmpty else {
                        state.waiting.append((id, continuation))
                        return nil
                    }
                    state.open += 1
                    return .success(Pass(era: state.era))
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

    /// Gives the place back.
    /// - Parameter throttled: whether Zoho answered 429.
    func leave(_ pass: Pass, throttled: Bool) {
        let admitted = state.withLock { state in
            state.open -= 1
            state.learn(pass.era, throttled)
            var admitted: [(CheckedContinuation<Pass, any Error>, Pass)] = []
            while state.open < state.limit, !state.waiting.isEmpty {
                state.open += 1
                admitted.append((state.waiting.removeFirst().continuation, Pass(era: state.era)))
            }
            return admitted
        }
        for (continuation, pass) in admitted { continuation.resume(returning: pass) }
    }
}

extension RateGovernor.State {
    fileprivate mutating func learn(_ era: Int, _ throttled: Bool) {
        if throttled {
            calm = 0
            guard era == self.era else { return }
            limit = max(1, limit / 2)
            self.era += 1
        } else {
            calm += 1
            guard calm >= RateGovernor.calm, limit < RateGovernor.ceiling else { return }
            calm = 0
            limit += 1
        }
    }
}
