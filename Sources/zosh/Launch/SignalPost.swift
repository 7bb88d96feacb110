import Glibc
import LineEditor
import Synchronization
import ZoshKit

/// Where signals from outside go: to the running line, else to whoever reads the terminal.
final class SignalPost: Sendable {
    private struct State {
        var terminal: Terminal?
        var isShell = false
    }

    private let running: RunningLine
    private let state = Mutex(State())

    init(running: RunningLine) { self.running = running }

    func connect(_ terminal: Terminal, isShell: Bool) {
        state.withLock {
            $0.terminal = terminal
            $0.isShell = isShell
        }
    }

    /// Runs on the watching thread; must not block.
    func receive(_ signal: CaughtSignal) {
        let (terminal, isShell) = state.withLock { ($0.terminal, $0.isShell) }
        // A question reads the terminal while a line runs: both hear of it.
        terminal?.deliver(signal)
        switch signal {
        case .interrupt:
            let heard = running.interrupt()
            // Outside a shell nothing is left to come back to.
            if !isShell, !heard || running.isAbandoned { exit(ExitStatus.interrupted.rawValue) }
        case .terminate, .hangUp:
            running.interrupt()
            if !isShell { exit(ExitStatus.terminated.rawValue) }
            // A shell at its prompt leaves by itself; one whose line does not end is not waited for.
            if running.isAbandoned { exit(ExitStatus.terminated.rawValue) }
        case .suspend:
            if terminal == nil || running.isRunning { stop() }
        case .quit:
            if !isShell { exit(ExitStatus.interrupted.rawValue) }
        case .resume, .resize: break
        }
    }

    /// Stops the whole process, as the terminal's ^Z would have.
    private func stop() { kill(getpid(), SIGSTOP) }
}
