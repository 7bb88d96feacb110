import Glibc
import LineEditor
import Synchronization
import ZoshKit

/// Where signals from outside go: to the running line, else to whoever reads the terminal.
final class SignalPost: Sendable {
    private struct State {
        var terminal: Terminal?
        var isShell = false
        /// What asked us to end so far.
        var endings: Set<CaughtSignal> = []
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
            let (isFirst, isRepeated) = state.withLock { state in
                (state.endings.isEmpty, !state.endings.insert(signal).inserted)
            }
            // Both come when a terminal is closed: only the same one again means not to wait for what has left.
            if isFirst { running.interrupt() }
            // A shell leaves by itself, before it reads another line.
            if !isShell || (isRepeated && running.isRunning) { exit(ExitStatus(endedBy: signal).rawValue) }
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

extension ExitStatus {
    /// - Parameter signal: one that ends a session.
    init(endedBy signal: CaughtSignal) { self = signal == .hangUp ? .hungUp : .terminated }
}
