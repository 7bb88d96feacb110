import Synchronization
import ZoshKit

/// The line that runs now, and what Ctrl-C does to it.
///
/// The first interrupt cancels: no new call starts, what is in flight may finish and is reported. The second one stops
/// waiting: the line continues to its end, silently, and the prompt returns at once.
final class RunningLine: Sendable {
    /// How a line ended for the caller that waited.
    struct Ending: Sendable {
        let status: ExitStatus
        /// The line, when it was abandoned and still runs.
        var unfinished: Task<ExitStatus, Never>?
    }

    /// What interrupts do while another program has the terminal.
    enum Hold {
        /// They cancel, but never stop the waiting.
        case cancels
        /// They do nothing, since nothing is left to cancel.
        case ignores
    }

    /// One program's hold on interrupts, which ends with the program: later calls with it have no effect.
    struct HoldID: Equatable { fileprivate let number: Int }

    private struct State {
        var task: Task<ExitStatus, Never>?
        var waiter: CheckedContinuation<Ending, Never>?
        var silence = SharedFlag()
        var interrupts = 0
        var hold: (id: HoldID, kind: Hold)?
        var holds = 0
        /// Counts lines, so that an abandoned one cannot end its successor.
        var number = 0
    }

    private let state = Mutex(State())

    var isRunning: Bool { state.withLock { $0.waiter != nil } }

    /// Whether the line was asked to stop.
    var isStopping: Bool { state.withLock { $0.waiter != nil && $0.interrupts > 0 } }

    /// Whether the line was abandoned by a second interrupt.
    var isAbandoned: Bool { state.withLock { $0.interrupts > 1 } }

    /// Runs a line to its end, or until it is abandoned.
    /// - Parameter body: takes the flag that is set once the line is abandoned.
    func run(_ body: @escaping @Sendable (SharedFlag) async -> ExitStatus) async -> Ending {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.number += 1
                state.interrupts = 0
                // Whatever ran before: this line can be interrupted.
                state.hold = nil
                state.waiter = continuation
                let silence = SharedFlag()
                state.silence = silence
                let number = state.number
                state.task = Task.detached { [self] in
                    let status = await body(silence)
                    finish(number, status)
                    return status
                }
            }
        }
    }

    /// Another program takes the terminal.
    func beginHold() -> HoldID {
        state.withLock { state in
            state.holds += 1
            let id = HoldID(number: state.holds)
            state.hold = (id, .cancels)
            return id
        }
    }

    /// Nothing is left to interrupt, as far as the program of this hold goes.
    func ignoreInterrupts(_ id: HoldID) {
        state.withLock { state in
            if state.hold?.id == id { state.hold?.kind = .ignores }
        }
    }

    /// The program has given the terminal back.
    func endHold(_ id: HoldID) {
        state.withLock { state in
            if state.hold?.id == id { state.hold = nil }
        }
    }

    /// - Returns: false when nothing runs, so that another reader may want the interrupt.
    @discardableResult
    func interrupt() -> Bool {
        let (task, waiter, count) = state.withLock {
            state -> (Task<ExitStatus, Never>?, CheckedContinuation<Ending, Never>?, Int) in
            guard state.task != nil else { return (nil, nil, 0) }
            if state.hold?.kind == .ignores { return (nil, nil, 1) }
            state.interrupts = state.hold?.kind == .cancels ? 1 : state.interrupts + 1
            let task = state.task
            guard state.interrupts > 1 else { return (task, nil, 1) }
            state.silence.set(true)
            defer {
                state.waiter = nil
                state.task = nil
            }
            return (task, state.waiter, state.interrupts)
        }
        if count == 1 { task?.cancel() }
        waiter?.resume(returning: Ending(status: .interrupted, unfinished: task))
        return count > 0
    }

    private func finish(_ number: Int, _ status: ExitStatus) {
        let waiter = state.withLock { state -> CheckedContinuation<Ending, Never>? in
            guard state.number == number else { return nil }
            defer {
                state.waiter = nil
                state.task = nil
            }
            return state.waiter
        }
        waiter?.resume(returning: Ending(status: status))
    }
}
