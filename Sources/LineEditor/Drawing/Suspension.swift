internal import Glibc

/// Ctrl-Z, and coming back from it.
struct Suspension {
    private let screen: LineScreen
    /// Between our own stop and the signal that says it is over.
    private var hasStoppedItself = false

    init(screen: LineScreen) {
        self.screen = screen
    }

    /// Stops the process with the terminal as it was found, and takes up the line again afterwards.
    /// - Returns: the signal that ended the stop, when it was one to end.
    mutating func stop() -> CaughtSignal? {
        let terminal = screen.terminal
        screen.leaveLine(showing: "")
        terminal.modes.setBracketedPaste(false)
        screen.editLine.releaseTerminal()
        terminal.modes.restore()
        hasStoppedItself = true
        SignalWatch.stopSelf()
        // Continued where the terminal is another's, by `bg` or by a signal to end: a process that touches its modes
        // there is stopped again. Nothing reports when it is ours.
        while LastResort.isHeldByAnotherJob(terminal.input) {
            if let signal = terminal.endingSignal { return signal }
            poll(nil, 0, 50)
        }
        screen.resume()
        return nil
    }

    /// The process was continued. After our own stop the line is drawn already and this comes on top of it; after
    /// one from outside the cursor is wherever others left it.
    mutating func continued() {
        if hasStoppedItself { screen.moveToLineStart() }
        hasStoppedItself = false
        screen.resume()
    }
}
