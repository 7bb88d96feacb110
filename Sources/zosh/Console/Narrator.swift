import Glibc
import Synchronization
import ZoshCore
import ZoshKit

/// Standard error: sentences, and one line of progress that never mixes with either stream.
///
/// The progress line exists only on a terminal, only after 300 ms, and is wiped before anything else is written, so
/// that neither a table nor an error ever shares a row with it. Where nothing may be drawn twice (a screen reader, a
/// terminal that cannot wipe a line) it is a plain line now and then.
final class Narrator: Sendable {
    private struct State {
        var drawn = false
        /// What the drawn line says.
        var shown = ""
        var task: Task<Void, Never>?
        /// A countdown, in the place of the progress line, and how often it was reported.
        var notice: String?
        var notices = 0
        var isLinear = false
        /// Whether it has been reported, after an interrupt, what is waited for.
        var hasAnswered = false
        var meter: ProgressMeter?
        /// What is waited for at Zoho, when that is unusual.
        var wait: (@Sendable () -> String?)?
        /// Whether no line runs, so that there is no progress to draw.
        var isIdle = false
        /// Sentences said while another program has the screen; nil when none has.
        var held: [(text: String, isAlarm: Bool)]?
    }

    let failures = FailureReport()
    let isTerminal: Bool
    /// Whether the terminal can wipe what was written.
    private let canWipe: Bool
    /// Whether an error may be red.
    private let colour: Bool
    private let isStopping: @Sendable () -> Bool
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - isStopping: whether the running line was asked to stop.
    ///   - write: nil writes to standard error.
    init(
        isTerminal: Bool = isatty(2) == 1, canWipe: Bool = Narrator.canWipe, colour: Bool = false,
        isStopping: @escaping @Sendable () -> Bool = { false },
        write: (@Sendable (String) -> Void)? = nil
    ) {
        self.isTerminal = isTerminal
        self.canWipe = canWipe
        self.colour = colour && isTerminal && canWipe
        self.isStopping = isStopping
        self.write = write ?? { text in _ = text.withCString { Glibc.write(2, $0, strlen($0)) } }
    }

    static var canWipe: Bool { getenv("TERM").map { !["", "dumb"].contains(String(cString: $0)) } ?? false }

    /// How errors are reported here: whole in a file, fitting a terminal.
    var errors: ErrorRenderer { isTerminal ? ErrorRenderer(columns: Width.of(2)) : ErrorRenderer() }

    /// What the latest pipeline has done so far.
    var meter: ProgressMeter? { state.withLock { $0.meter } }

    /// Columns of a sentence on a terminal, whatever it quotes.
    private static let longest = 2000

    /// A sentence, or several lines, already fit for a terminal, which is not left to break words.
    /// - Parameter isAlarm: whether its first line says that something failed.
    func say(_ text: String, isAlarm: Bool = false) {
        state.withLock { state in
            guard state.held == nil else {
                state.held?.append((text, isAlarm))
                return
            }
            erase(&state)
            guard isTerminal else { return write(text + "\n") }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap {
                number, line in
                let line = line.utf8.count > Self.longest ? line.brief(Self.longest) : String(line)
                return line.wrapped(to: Width.of(2)).map {
                    isAlarm && number == 0 && colour ? "\u{1B}[31m\($0)\u{1B}[39m" : $0
                }
            }
            write(lines.joined(separator: "\n") + "\n")
        }
    }

    /// The process ends with this status: a program that reads JSON gets the reason, in one line and as the last.
    func end(with status: ExitStatus) {
        guard let line = failures.lastLine(endingWith: status) else { return }
        pause()
        write(line + "\n")
    }

    /// Tells where to ask what is waited for at Zoho.
    func connect(wait: @escaping @Sendable () -> String?) { state.withLock { $0.wait = wait } }

    /// Wipes the progress line, so that another writer may use the terminal.
    func makeRoom() { state.withLock { erase(&$0) } }

    /// A pager takes the screen: until `takeScreen`, nothing is drawn, and sentences wait.
    func leaveScreen() {
        pause()
        state.withLock { if $0.held == nil { $0.held = [] } }
    }

    /// The pager has given the screen back: what was said meanwhile is shown, and a line that still runs shows how far
    /// it is.
    func takeScreen() {
        let said = state.withLock { state in
            defer { state.held = nil }
            return state.held
        }
        guard let said else { return }
        for sentence in said { say(sentence.text, isAlarm: sentence.isAlarm) }
        resume()
    }

    /// A line begins: its progress may be drawn until `endLine`.
    func beginLine() { state.withLock { $0.isIdle = false } }

    /// The prompt is next: whatever still works behind it draws nothing.
    func endLine() {
        state.withLock { $0.isIdle = true }
        takeScreen()
        pause()
    }

    /// Draws this meter's progress until `pause`, from 300 ms on.
    /// - Parameter isLinear: whether nothing may be drawn twice.
    func follow(_ meter: ProgressMeter, isLinear: Bool) {
        state.withLock { state in
            state.meter = meter
            state.isLinear = isLinear || !canWipe
            state.hasAnswered = false
        }
        guard isTerminal, state.withLock({ !$0.isIdle && $0.held == nil }) else { return }
        let task = Task.detached { [self] in
            try? await Task.sleep(for: .milliseconds(300))
            var progress = ProgressLine(isStopping: isStopping)
            var tenth = 3
            while !Task.isCancelled {
                let wait = state.withLock { $0.wait }?()
                draw(progress.text(meter.reading, columns: Width.of(2), wait: wait), after: tenth)
                try? await Task.sleep(for: .milliseconds(100))
                tenth += 1
            }
        }
        state.withLock { state in
            state.task?.cancel()
            state.task = state.isIdle || state.held != nil ? nil : task
            if state.task == nil { task.cancel() }
        }
    }

    /// Shows a countdown until the next one; nil ends it. Only a terminal shows it.
    func hold(_ text: String?) {
        guard isTerminal else { return }
        state.withLock { state in
            state.notice = text
            erase(&state)
            state.notices = text == nil ? 0 : state.notices + 1
            guard let text, state.held == nil else { return }
            if state.isLinear || !canWipe {
                // The first, and every half minute of a countdown by seconds.
                if state.notices % 30 == 1 { write(text + "\n") }
                return
            }
            write(text)
            state.drawn = true
            state.shown = text
        }
    }

    /// Stops drawing: the line is over, or a question needs the terminal.
    func pause() {
        state.withLock { state in
            state.task?.cancel()
            state.task = nil
            erase(&state)
        }
    }

    /// Goes on drawing after a question.
    func resume() {
        let (meter, isLinear) = state.withLock { ($0.meter, $0.isLinear) }
        if let meter { follow(meter, isLinear: isLinear) }
    }

    /// Tenths of a second after which progress is reported where it cannot be drawn.
    static func isProgressDue(after tenth: Int) -> Bool { tenth % 100 == 30 }

    private func draw(_ text: String, after tenth: Int) {
        state.withLock { state in
            guard state.task != nil, !Task.isCancelled else { return }
            guard !state.isLinear else {
                // A person who pressed Ctrl-C and sees no answer presses it again.
                let answers = isStopping() && !state.hasAnswered
                if answers || state.notice == nil && Self.isProgressDue(after: tenth) { write(text + "\n") }
                if answers { state.hasAnswered = true }
                return
            }
            let line = state.notice ?? text
            // A countdown changes once a second: a line that stands is not drawn again.
            guard !state.drawn || state.shown != line else { return }
            write("\r\u{1B}[K" + line)
            state.drawn = true
            state.shown = line
        }
    }

    private func erase(_ state: inout State) {
        guard state.drawn else { return }
        write("\r\u{1B}[K")
        state.drawn = false
    }
}
