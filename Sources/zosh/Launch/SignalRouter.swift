import Foundation
import Glibc
import LineEditor
import Synchronization
import ZoshKit

/// Where signals from outside go: to the running line, else to the reader of the terminal.
final class SignalRouter: Sendable {
    private struct State {
        var terminal: Terminal?
        var isShell = false
        /// What asked us to end so far.
        var endings: Set<CaughtSignal> = []
        /// How the process ends because of the first of them.
        var ending: ExitStatus?
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
        let isAnswer = terminal?.deliver(signal) ?? false
        switch signal {
        case .interrupt:
            // At a question it says no; the line then ends by itself.
            if isAnswer { return }
            let heard = running.interrupt()
            // Outside a shell nothing is left to come back to.
            if !isShell, !heard || running.isAbandoned { exitNow() }
        case .terminate, .hangUp: end(by: signal, isShell)
        case .suspend:
            if let terminal, running.isRunning {
                terminal.stopProcess()
            } else if terminal == nil {
                ProcessTree.stopSelf()
            }
        case .quit: if !isShell { end(by: signal, isShell) }
        case .resume: if running.isRunning { terminal?.takeBack() }
        case .resize: break
        }
    }

    private func end(by signal: CaughtSignal, _ isShell: Bool) {
        let (isFirst, isRepeated) = state.withLock { state in
            if state.ending == nil { state.ending = ExitStatus(endedBy: signal) }
            return (state.endings.isEmpty, !state.endings.insert(signal).inserted)
        }
        // Both come when a terminal is closed: only a repeat of the same signal ends the wait for sent requests.
        if isFirst {
            // A shell ends by itself, before it reads another line.
            guard running.interrupt() else {
                if !isShell { exitNow() }
                return
            }
            Thread.detachNewThread { [self] in wait(isShell) }
        } else if isRepeated, !isShell || running.isRunning {
            exitNow()
        }
    }

    /// Waits for the cancelled line, as after a Ctrl-C: requests that were sent are finished and reported. Anything
    /// else, such as a file that never ends, is not waited for.
    private func wait(_ isShell: Bool) {
        let start = ContinuousClock.now
        // When a change was last in flight: the line needs some time after its end to report it.
        var lastBusy = start
        while running.isRunning {
            poll(nil, 0, 20)
            let now = ContinuousClock.now
            let reading = state.withLock { $0.narrator?.meter }?.reading
            let isIdle = reading?.inFlight.isEmpty ?? true && reading?.unread.isEmpty ?? true
            if !isIdle { lastBusy = now }
            if now - start > Self.patience || (!isShell && now - lastBusy > Self.patienceWhenIdle) { exitNow() }
        }
    }

    /// Service managers kill what is still there after some time (systemd 90 s, Kubernetes 30 s, Docker 10 s).
    private static let patience = Duration.seconds(8)
    private static let patienceWhenIdle = Duration.seconds(1)

    /// How a run that ended with this status is to end: in the way of the signal that ended it.
    func status(_ status: ExitStatus) -> ExitStatus {
        status == .interrupted ? state.withLock { $0.ending } ?? status : status
    }

    /// Ends the process now, with a sentence about the changes that may or may not happen.
    private func exitNow() -> Never {
        let (narrator, ending, isShell) = state.withLock { ($0.narrator, $0.ending, $0.isShell) }
        let uncertain = narrator?.meter?.abandon() ?? []
        let unread = narrator?.meter?.reading.unread ?? []
        let unreported = narrator?.meter?.reading.ended.unreported
        if let narrator, running.isAbandoned || !uncertain.isEmpty || !unread.isEmpty || unreported != nil {
            narrator.pause()
            // Rows are shown a page at a time: rows of changes that have ended may not be shown yet.
            for ending in narrator.meter?.latestEndings ?? [] { narrator.say(ending.neutralised) }
            if let unreported { narrator.say("\(unreported) before that") }
            narrator.say(UncertainChanges.sentence(uncertain, unread: unread))
        }
        if !isShell { narrator?.end(with: ending ?? .interrupted) }
        exit((ending ?? .interrupted).rawValue)
    }
}

extension ExitStatus {
    /// - Parameter signal: one that ends a session.
    init(endedBy signal: CaughtSignal) {
        self = signal == .hangUp ? .hungUp : signal == .quit ? .interrupted : .terminated
    }
}
