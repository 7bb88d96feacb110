internal import Glibc

/// Puts the terminal back when the process dies without returning to the editor.
///
/// Used from `atexit` and from handlers of fatal signals, so it only calls functions that are safe there
/// and only reads memory that was filled in before the handlers were installed.
enum LastResort {
    private struct State {
        var input: CInt = -1
        var output: CInt = -1
        var modes = termios()
        var isPasteBracketed = false
        var isArmed = false
        /// What each fatal signal did before, by its number.
        let before: UnsafeMutablePointer<sigaction> = {
            let actions = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
            actions.initialize(repeating: sigaction(), count: 65)
            return actions
        }()
    }

    // One writer (the thread that sets up or edits), then read by handlers: plain memory on purpose.
    nonisolated(unsafe) private static let state: UnsafeMutablePointer<State> = {
        let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
        state.initialize(to: State())
        return state
    }()

    private static let fatal: [CInt] = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]

    static func arm(input: CInt, output: CInt, modes: termios) {
        let first = !state.pointee.isArmed
        state.pointee.input = input
        state.pointee.output = output
        state.pointee.modes = modes
        state.pointee.isArmed = true
        guard first else { return }
        atexit { LastResort.restore() }
        for number in fatal {
            var action = sigaction()
            action.__sigaction_handler.sa_sigaction = { number, info, _ in LastResort.handle(number, info) }
            action.sa_flags = CInt(SA_SIGINFO | SA_ONSTACK)
            sigaction(number, &action, state.pointee.before + Int(number))
        }
    }

    /// Restores the handler that the signal had before. A fault recurs when this one returns, so the backtrace shows
    /// its address; a signal that was sent must be sent again.
    private static func handle(_ number: CInt, _ info: UnsafeMutablePointer<siginfo_t>?) {
        restore()
        sigaction(number, state.pointee.before + Int(number), nil)
        if let info, info.pointee.si_code <= 0 { raise(number) }
    }

    static var isPasteBracketed: Bool { state.pointee.isPasteBracketed }

    static func bracketedPaste(_ on: Bool, output: CInt) {
        guard state.pointee.isPasteBracketed != on else { return }
        state.pointee.isPasteBracketed = on
        send(on ? "\u{1B}[?2004h" : "\u{1B}[?2004l", to: output)
    }

    private static func restore() {
        if state.pointee.isPasteBracketed { send("\u{1B}[?2004l", to: state.pointee.output) }
        if !isHeldByAnotherJob(state.pointee.input) {
            _ = tcsetattr(state.pointee.input, TCSANOW, &state.pointee.modes)
        }
    }

    /// Whether another job has the terminal: we were stopped, or sent to the background.
    static func isHeldByAnotherJob(_ terminal: CInt) -> Bool {
        let foreground = tcgetpgrp(terminal)
        return foreground > 0 && foreground != getpgrp()
    }

    private static func send(_ text: StaticString, to output: CInt) {
        _ = write(output, text.utf8Start, text.utf8CodeUnitCount)
    }
}
