import Glibc
import LineEditor
import Synchronization
import ZoshKit

/// Where signals from outside go: to the running line, else to whoever reads the terminal.
final class SignalPost: Sendable {
    private struct State {
        var terminal: Terminal?
        var isShell = false
        var narrator: Narrator?
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

    func connect(_ narrator: Narrator) { state.withLock { $0.narrator = narrator } }

    /// Runs on the watching thread; must not block.
    func receive(_ signal: CaughtSignal) {
        let (terminal, isShell) = state.withLock { ($0.terminal, $0.isShell) }
        // A question reads the terminal while a line runs: both hear of it.
        terminal?.deliver(signal)
        switch signal {
        case .interrupt:
            let heard = running.interrupt()
            // Outside a shell nothing is left to come back to.
            if !isShell, !heard || running.isAbandoned { leave() }
        case .terminate, .hangUp:
            running.interrupt()
            if !isShell { exit(ExitStatus.terminated.rawValue) }
            // A shell at its prompt leaves by itself; one whose line does not end is not waited for.
            if running.isAbandoned { exit(ExitStatus.terminated.rawValue) }
        case .suspend:
            if let terminal, running.isRunning { terminal.stopProcess() } else if terminal == nil { kill(getpid(), SIGSTOP) }
        case .quit:
            if !isShell { exit(ExitStatus.interrupted.rawValue) }
        case .resume: if running.isRunning { terminal?.takeBack() }
        case .resize: break
        }
    }

    private func leave() -> Never {
        if running.isAbandoned, let narrator = state.withLock({ $0.narrator }) {
            narrator.pause()
            narrator.say(Abandonment.sentence(narrator.meter?.abandon() ?? []))
        }
        exit(ExitStatus.interrupted.rawValue)
    }
}
