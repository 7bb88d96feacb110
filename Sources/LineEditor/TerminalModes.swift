internal import Glibc

/// The terminal's modes as they were found, and the promise that they come back.
///
/// `exit` and fatal signals run through `restore` too; what they need lives in memory that is never freed,
/// because a signal handler may touch nothing else.
final class TerminalModes: Sendable {
    private let input: CInt
    private let output: CInt
    private let found: termios?

    init(input: CInt, output: CInt) {
        self.input = input
        self.output = output
        var modes = termios()
        found = tcgetattr(input, &modes) == 0 ? modes : nil
        if let found { LastResort.arm(input: input, output: output, modes: found) }
    }

    func restore() {
        if let found { apply(found) }
    }

    func current() -> termios? {
        var modes = termios()
        return tcgetattr(input, &modes) == 0 ? modes : nil
    }

    /// Runs `body` in the modes found at the start, without paste marks, and takes ours back afterwards.
    func found<R>(forgettingInput: Bool = false, _ body: () throws -> R) rethrows -> R {
        let mine = current()
        let wasBracketed = LastResort.isPasteBracketed
        setBracketedPaste(false)
        restore()
        if forgettingInput { tcflush(input, TCIFLUSH) }
        defer {
            if let mine { apply(mine) }
            setBracketedPaste(wasBracketed)
        }
        return try body()
    }

    func apply(_ modes: termios) {
        var modes = modes
        _ = tcsetattr(input, TCSADRAIN, &modes)
    }

    /// Bracketed paste on or off; remembered so that a crash turns it off again.
    func setBracketedPaste(_ on: Bool) {
        LastResort.bracketedPaste(on, output: output)
    }
}
