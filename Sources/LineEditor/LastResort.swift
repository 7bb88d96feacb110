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
            var before = sigaction()
            guard sigaction(number, nil, &before) == 0, before.__sigaction_handler.sa_handler == nil else { continue }
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                LastResort.restore()
                raise(number)
            }
            action.sa_flags = CInt(bitPattern: UInt32(SA_RESETHAND)) | CInt(SA_NODEFER) | CInt(SA_ONSTACK)
            sigaction(number, &action, nil)
        }
    }

    static func bracketedPaste(_ on: Bool, output: CInt) {
        guard state.pointee.isPasteBracketed != on else { return }
        state.pointee.isPasteBracketed = on
        send(on ? "\u{1B}[?2004h" : "\u{1B}[?2004l", to: output)
    }

    private static func restore() {
        if state.pointee.isPasteBracketed { send("\u{1B}[?2004l", to: state.pointee.output) }
        _ = tcsetattr(state.pointee.input, TCSANOW, &state.pointee.modes)
    }

    private static func send(_ text: StaticString, to output: CInt) {
        _ = write(output, text.utf8Start, text.utf8CodeUnitCount)
    }
}
