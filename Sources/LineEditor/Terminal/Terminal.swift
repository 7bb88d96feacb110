internal import CLibedit
internal import CLinux
internal import Glibc
internal import Synchronization

/// The terminal the program runs on: what it can do, how large it is, and who may read from it now.
///
/// Input belongs to exactly one of editor, question or child at a time; a second taker is refused instead of
/// the two stealing each other's keys. The original modes are restored on every exit: return, `exit`, a fatal signal, a
/// stop and continue.
public final class Terminal: Sendable {
    public enum User: String, Sendable {
        case editor, question, child
    }

    /// The input is in use.
    public struct Busy: Error, CustomStringConvertible {
        public let holder: User
        public var description: String { "the terminal is in use by the \(holder.rawValue)" }
    }

    public struct Size: Equatable, Sendable {
        public var columns: Int
        public var rows: Int
    }

    let input: CInt
    let output: CInt
    /// The `TERM` found at the start; empty when unset.
    public let name: String
    /// Where questions are shown: the output, or standard error when results are redirected; -1 when they would not be
    /// seen either.
    let questionOutput: CInt
    /// True when input and output are terminals and libedit can draw on them.
    public let isEditable: Bool
    /// True when both ends are terminals, drawable or not.
    public let isInteractive: Bool
    /// False under `NO_COLOR`, and where nothing can be drawn at all.
    public let hasColor: Bool
    /// True when the user's own locale is UTF-8; only then does the prompt leave ASCII.
    public let isUTF8: Bool

    /// True when the terminal is known to wrap long rows again when it is resized.
    let rewrapsRows: Bool

    let modes: TerminalModes
    let wakePipe = WakePipe()
    public let notices: NoticeBox
    private let holder = Mutex<User?>(nil)
    private let signals = Mutex<Set<CaughtSignal>>([])
    private let interruptions = Mutex(0)
    private let isPromptStale = Mutex(false)
    private let haveCompletionsArrived = Mutex(false)
    private let child = Mutex<pid_t?>(nil)
    private let modesWhenStopped = Mutex<termios?>(nil)

    /// - Parameter environment: a lookup of environment variables; nil reads the process's own.
    public init(
        input: CInt = 0, output: CInt = 1,
        environment: ((String) -> String?)? = nil
    ) {
        let isOwn = environment == nil
        let environment = environment ?? { name in getenv(name).map { String(cString: $0) } }
        self.input = input
        self.output = output
        name = environment("TERM") ?? ""
        isUTF8 = TextLocale.adopt()
        isInteractive = isatty(input) == 1 && isatty(output) == 1
        questionOutput = isatty(input) != 1 ? -1 : isatty(output) == 1 ? output : isatty(2) == 1 ? 2 : -1
        let isDescribed = Terminfo.describes(name, environment: environment)
        let canDraw = isDescribed || Terminfo.describes(Terminfo.fallback, environment: environment)
        isEditable = isInteractive && !name.isEmpty && name != "dumb" && canDraw
        // libedit asks the environment, and so do the programs we start.
        if isEditable, !isDescribed, isOwn { setenv("TERM", Terminfo.fallback, 1) }
        hasColor = isEditable && (environment("NO_COLOR") ?? "").isEmpty
        let type = name
        rewrapsRows =
            Self.rewrappers.contains { environment($0) != nil }
            || ["xterm-kitty", "alacritty", "foot", "tmux"].contains { type.hasPrefix($0) }
        modes = TerminalModes(input: input, output: output)
        notices = NoticeBox(wake: { [wakePipe] in wakePipe.wake() })
    }

    /// Variables set by terminals that rewrap.
    private static let rewrappers = [
        "VTE_VERSION", "KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID", "WEZTERM_PANE", "WT_SESSION", "KONSOLE_VERSION",
        "TMUX",
    ]

    /// The size in character cells; 80×24 when the terminal does not say.
    public var size: Size {
        var found = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &found) == 0, found.ws_col > 0, found.ws_row > 0 else {
            return Size(columns: 80, rows: 24)
        }
        return Size(columns: Int(found.ws_col), rows: Int(found.ws_row))
    }

    /// Draws the prompt again because what it says has changed. Any thread may call it, at any time.
    public func redrawPrompt() {
        isPromptStale.withLock { $0 = true }
        wakePipe.wake()
    }

    /// Reports that candidates which were being loaded are there. Any thread may call it, at any time.
    public func completionsArrived() {
        haveCompletionsArrived.withLock { $0 = true }
        wakePipe.wake()
    }

    func takeArrivedCompletions() -> Bool {
        haveCompletionsArrived.withLock { arrived in
            defer { arrived = false }
            return arrived
        }
    }

    func takeStalePrompt() -> Bool {
        isPromptStale.withLock { stale in
            defer { stale = false }
            return stale
        }
    }

    /// Forgets what was typed and not read.
    func forgetInput() { tcflush(input, TCIFLUSH) }

    /// Forgets what came together with the keys just read, until the terminal is silent: the rest of a paste.
    func dropBurst() {
        var door = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        guard poll(&door, 1, 0) > 0 else { return }
        repeat { forgetInput() } while poll(&door, 1, 50) > 0 && door.revents & Int16(POLLHUP) == 0
    }

    /// Stops the process, as ^Z at a question does, with the terminal as it was found; comes back when continued.
    func stopAtQuestion() {
        modes.found { SignalWatch.stopSelf() }
    }

    /// Hands a signal to the current reader. Call from `SignalWatch`'s handler.
    ///
    /// - Returns: whether a question takes it. An interrupt is then an answer, and no other part of the line is meant.
    @discardableResult
    public func deliver(_ signal: CaughtSignal) -> Bool {
        if signal == .interrupt { countInterruption() }
        // One step: a question that is just ending gets the signal, or is over before it came.
        let isAnswer = holder.withLock { user in
            _ = signals.withLock { $0.insert(signal) }
            return user == .question
        }
        wakePipe.wake()
        // A program in the foreground keeps us until it is left: it is asked to leave, too.
        if signal.endsSession { child.withLock { if let process = $0 { ForegroundChild.end(process, signal) } } }
        return isAnswer
    }

    /// Whether an interrupt has come that was not handled yet; it counts as handled from now on.
    func takeInterrupt() -> Bool { signals.withLock { $0.remove(.interrupt) != nil } }

    /// How often the person asked to stop, by signal or at a question; when it grows, nothing continues by itself.
    var interruptionCount: Int { interruptions.withLock { $0 } }

    func countInterruption() {
        interruptions.withLock { $0 += 1 }
    }

    /// Runs `body` with sole right to the input.
    func withInput<R>(for user: User, _ body: () throws -> R) throws -> R {
        try holder.withLock { current in
            if let current { throw Busy(holder: current) }
            current = user
        }
        defer { holder.withLock { $0 = nil } }
        return try body()
    }

    /// Hands the terminal, in its original modes, to a child for as long as `body` runs.
    public func suspendForChild<R>(_ body: () throws -> R) throws -> R {
        try withInput(for: .child) { try withOriginalModes(body) }
    }

    /// Runs a program in the foreground, with default signals, and waits for it. Not for use while the editor reads.
    /// - Returns: its exit status, 128 + the signal that ended it, or 127 when it could not be started.
    /// - Parameter input: what it reads in place of the terminal; closed once it is over.
    public func runChild(_ words: [String], input: CInt? = nil) throws -> Int {
        do { return try suspendForChild { ForegroundChild.run(words, input: input, on: self) } } catch {
            if let input { close(input) }
            throw error
        }
    }

    /// The same for a child started from within the editor, which keeps its right to the input.
    func withOriginalModes<R>(_ body: () throws -> R) rethrows -> R {
        try modes.found(body)
    }

    /// The program in the foreground, while there is one.
    func noteChild(_ process: pid_t?) {
        child.withLock { child in
            child = process
            // What asked us to end while it was being started has not reached it.
            if let process, let ending = signals.withLock({ $0.ending }) { ForegroundChild.end(process, ending) }
        }
    }

    /// Stops the whole process and the programs it has started, as the terminal's ^Z would have, with the terminal as
    /// it was found. Does nothing while another reader holds the input: editor, question and child stop by themselves.
    /// `takeBack` follows when continued.
    public func stopProcess() {
        guard holder.withLock({ $0 == nil }) else { return }
        modesWhenStopped.withLock { $0 = modes.current() }
        modes.restore()
        ProcessTree.stopSelf()
    }

    /// Takes the modes back that `stopProcess` gave up, once the terminal is ours again: after `bg` it is not yet.
    public func takeBack() {
        guard tcgetpgrp(input) == getpgrp() else { return }
        let mine = modesWhenStopped.withLock { saved in
            defer { saved = nil }
            return saved
        }
        if let mine { modes.apply(mine) }
    }

    /// Signals that arrived since the last call; hang-up and terminate are never forgotten, and wake the
    /// next reader.
    func takeSignals() -> Set<CaughtSignal> {
        wakePipe.drain()
        let taken = signals.withLock { pending in
            defer { pending = pending.filter(\.endsSession) }
            return pending
        }
        if taken.ending != nil { wakePipe.wake() }
        return taken
    }

    /// The signal that asks us to end, if one has come.
    var endingSignal: CaughtSignal? { signals.withLock { $0.ending } }

    /// Forgets the signals meant for what ran before: a reader begins.
    /// - Returns: the one after which nothing more is read.
    func forgetSignals() -> CaughtSignal? { takeSignals().ending }

    func write(_ text: String) {
        write(text, to: output)
    }

    func write(_ text: String, to output: CInt) {
        var text = text
        // What cannot be shown is lost; there is no place to report it.
        _ = text.withUTF8 { zosh_write_all(output, $0.baseAddress, $0.count) }
    }
}
