import Glibc
import Synchronization
import ZoshKit

/// Standard error: sentences, and one line of progress that never mixes with either stream.
///
/// The progress line exists only on a terminal, only after 300 ms, and is wiped before anything else is written, so
/// that neither a table nor an error ever shares a row with it.
final class Narrator: Sendable {
    private struct State {
        var drawn = false
        var task: Task<Void, Never>?
        /// A countdown, in the place of the progress line.
        var notice: String?
    }

    let isTerminal: Bool
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameter write: nil writes to standard error.
    init(isTerminal: Bool = isatty(2) == 1, write: (@Sendable (String) -> Void)? = nil) {
        self.isTerminal = isTerminal
        self.write = write ?? { text in _ = text.withCString { Glibc.write(2, $0, strlen($0)) } }
    }

    /// A sentence, or several lines, already fit for a terminal.
    func say(_ text: String) {
        state.withLock { state in
            erase(&state)
            write(text + "\n")
        }
    }

    /// Wipes the progress line, so that somebody else may write to the terminal.
    func makeRoom() { state.withLock { erase(&$0) } }

    /// Draws this meter's progress until `pause`, from 300 ms on.
    func follow(_ meter: ProgressMeter) {
        guard isTerminal else { return }
        let clock = ContinuousClock()
        let start = clock.now
        let task = Task.detached { [self] in
            try? await Task.sleep(for: .milliseconds(300))
            while !Task.isCancelled {
                draw(ProgressLine.text(meter.reading, elapsed: start.duration(to: clock.now)))
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
        state.withLock { state in
            state.task?.cancel()
            state.task = task
        }
    }

    /// Shows a countdown until the next one; nil ends it. Only a terminal shows it.
    func hold(_ text: String?) {
        guard isTerminal else { return }
        state.withLock { state in
            state.notice = text
            erase(&state)
            guard let text else { return }
            write(text)
            state.drawn = true
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

    private func draw(_ text: String) {
        state.withLock { state in
            guard state.task != nil else { return }
            write("\r\u{1B}[K" + (state.notice ?? text))
            state.drawn = true
        }
    }

    private func erase(_ state: inout State) {
        guard state.drawn else { return }
        write("\r\u{1B}[K")
        state.drawn = false
    }
}

/// What the progress line says.
enum ProgressLine {
    static func text(_ reading: ProgressMeter.Reading, elapsed: Duration) -> String {
        var parts: [String] = []
        if reading.rows > 0 {
            parts.append(reading.expected.map { "\(reading.rows) of \($0) rows" } ?? "\(reading.rows) rows")
        }
        if reading.calls > 0 { parts.append("\(reading.calls) call\(reading.calls == 1 ? "" : "s")") }
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        if reading.rows > 0, seconds > 0 { parts.append("\(Int(Double(reading.rows) / seconds))/s") }
        return (parts.isEmpty ? "waiting" : parts.joined(separator: " · ")) + " … Ctrl-C stops"
    }
}
