import Synchronization
import ZoshKit

/// The line that runs now, and what Ctrl-C does to it.
///
/// The first interrupt cancels: no new call starts, what is in flight may finish and is reported. The second one stops
/// waiting: the line goes on to its own end out of sight, and the prompt comes back at once.
final class RunningLine: Sendable {
    private struct State {
        var task: Task<ExitStatus, Never>?
        var waiter: CheckedContinuation<ExitStatus, Never>?
        var interrupts = 0
        /// Whether interrupts only cancel: somebody else has the terminal.
        var isHeld = false
        /// Counts lines, so that an abandoned one cannot end its successor.
        var number = 0
    }

    private let state = Mutex(State())

    var isRunning: Bool { state.withLock { $0.waiter != nil } }

    /// Whether the line was abandoned by a second interrupt.
    var isAbandoned: Bool { state.withLock { $0.interrupts > 1 } }

    /// Runs a line to its end, or until it is abandoned.
    func run(_ body: @escaping @Sendable () async -> ExitStatus) async -> ExitStatus {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.number += 1
                state.interrupts = 0
                state.waiter = continuation
                let number = state.number
                state.task = Task.detached { [self] in
                    let status = await body()
                    finish(number, status)
                    return status
                }
            }
        }
    }

    /// While held, no interrupt stops the waiting for the line, however many come.
    func hold(_ isHeld: Bool) { state.withLock { $0.isHeld = isHeld } }

    /// - Returns: false when nothing runs, so that somebody else may want the interrupt.
    @discardableResult
    func interrupt() -> Bool {
        let (task, waiter, count) = state.withLock { state -> (Task<ExitStatus, Never>?, CheckedContinuation<ExitStatus, Never>?, Int) in
            guard state.task != nil else { return (nil, nil, 0) }
            state.interrupts = state.isHeld ? 1 : state.interrupts + 1
            let waiter = state.interrupts > 1 ? state.waiter : nil
            if waiter != nil {
                state.waiter = nil
                state.task = nil
            }
            return (state.interrupts > 1 ? nil : state.task, waiter, state.interrupts)
        }
        task?.cancel()
        waiter?.resume(returning: .interrupted)
        return count > 0
    }

    private func finish(_ number: Int, _ status: ExitStatus) {
        let waiter = state.withLock { state -> CheckedContinuation<ExitStatus, Never>? in
            guard state.number == number else { return nil }
            defer {
                state.waiter = nil
                state.task = nil
            }
            return state.waiter
        }
        waiter?.resume(returning: status)
    }
}
