internal import Glibc

/// The terminal's modes as they were found at the start, which are restored at the end.
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

    /// Changes nothing on a terminal that another job has: the modes are that one's, and we would be stopped.
    func restore() {
        if let found, !LastResort.isHeldByAnotherJob(input) { apply(found) }
    }

    func current() -> termios? {
        var modes = termios()
        return tcgetattr(input, &modes) == 0 ? modes : nil
    }

    /// Runs `body` in the modes found at the start, without paste marks, and takes ours back afterwards.
    func found<R>(_ body: () throws -> R) rethrows -> R {
        let mine = current()
        let wasBracketed = LastResort.isPasteBracketed
        setBracketedPaste(false)
        restore()
        defer {
            if let mine { apply(mine) }
            setBracketedPaste(wasBracketed)
        }
        return try body()
    }

    /// Nothing is echoed, nothing edited: a question does that itself.
    /// - Parameter keepingSignals: whether ^C and ^Z stay signals.
    func setQuiet(keepingSignals: Bool) {
        guard var quiet = current() else { return }
        quiet.c_lflag &= ~tcflag_t(ECHO | ICANON | (keepingSignals ? 0 : ISIG))
        quiet.c_cc.6 = 1  // VMIN: a single key is enough
        quiet.c_cc.5 = 0  // VTIME
        apply(quiet)
    }

    /// The keys that edit lines outside of us; a terminal may name its own.
    var editingKeys: EditingKeys {
        guard let keys = found?.c_cc else { return EditingKeys() }
        return EditingKeys(erase: keys.2, eraseWord: keys.14, eraseAll: keys.3, end: keys.4)
    }

    /// Sets the modes unless another job has the terminal.
    func applyAtHome(_ modes: termios) {
        if !LastResort.isHeldByAnotherJob(input) { apply(modes) }
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
