internal import Glibc

/// Reads commands where nothing can be drawn: pipes, files, dumb terminals.
///
/// No escape sequence is ever written; a prompt appears only when a person is there to see it.
public final class PlainReader: LineSource {
    private let terminal: Terminal
    private let history: History
    private unowned let delegate: any Editor.Delegate
    private var pending: [UInt8] = []
    private var isAtEnd = false
    /// The lines before of one that is not finished.
    private var unfinished = ""
    /// Between our own stop and the signal that says it is over.
    private var hasStoppedItself = false

    public init(terminal: Terminal, history: History, delegate: any Editor.Delegate) {
        self.terminal = terminal
        self.history = history
        self.delegate = delegate
    }

    public func next() -> Editor.Event {
        if let signal = terminal.forgetSignals() { return .terminated(by: signal) }
        var text = ""
        while true {
            unfinished = text
            prompt()
            let event: Editor.Event
            switch readLine() {
            case .bytes(let bytes):
                guard let line = String(validating: bytes, as: UTF8.self) else {
                    for line in delegate.refusal(of: bytes) { terminal.write(ColumnWidth.neutral(line) + "\n") }
                    // Nothing of it runs. A person can type the next line; a program's lines belong together.
                    guard terminal.isInteractive else { return .endOfInput }
                    text = ""
                    continue
                }
                event = .line(line)
            case .event(let other): event = other
            }
            switch event {
            case .line(let line):
                text += text.isEmpty ? line : "\n" + line
                guard text.isEmpty || delegate.isComplete(text) else { continue }
                if terminal.isInteractive {
                    history.record(delegate.remembered(text), context: delegate.historyContext())
                }
                return .line(text)
            case .endOfInput where !text.isEmpty:
                return .line(text)
            case let event:
                // What follows, the shell's prompt at the latest, does not belong behind ours.
                if event == .endOfInput, terminal.isInteractive { terminal.write("\n") }
                return event
            }
        }
    }

    private func prompt() {
        guard terminal.isInteractive else { return }
        for notice in terminal.notices.take() { terminal.write(ColumnWidth.neutral(notice) + "\n") }
        let open = unfinished.isEmpty ? nil : delegate.openPart(of: unfinished + "\n")
        let continuation = open.map { "  (\($0)) " } ?? "  "
        terminal.write(ColumnWidth.neutral(unfinished.isEmpty ? delegate.prompt().plainText : continuation))
    }

    private enum Input {
        case bytes([UInt8])
        case event(Editor.Event)
    }

    private func readLine() -> Input {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                var line = pending[..<end]
                if line.last == 0x0D { line.removeLast() }
                pending.removeFirst(end + 1)
                return .bytes(Array(line))
            }
            if isAtEnd {
                guard !pending.isEmpty else { return .event(.endOfInput) }
                defer { pending = [] }
                return .bytes(pending)
            }
            if let event = fill() { return .event(event) }
        }
    }

    /// Reads more input; an event when a signal came instead.
    private func fill() -> Editor.Event? {
        var doors = [
            pollfd(fd: terminal.input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: terminal.wakePipe.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&doors, 2, -1) > 0 else { return nil }
        if doors[1].revents != 0 {
            let signals = terminal.takeSignals()
            if let signal = signals.ending { return .terminated(by: signal) }
            if signals.contains(.suspend) {
                hasStoppedItself = true
                SignalWatch.stopSelf()
                prompt()
            }
            if signals.contains(.resume) {
                if !hasStoppedItself { prompt() }
                hasStoppedItself = false
            }
            if signals.contains(.interrupt) {
                pending = []
                if terminal.isInteractive { terminal.write("\n") }
                return .interrupted
            }
        }
        guard doors[0].revents != 0 else { return nil }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = read(terminal.input, &chunk, chunk.count)
        if count > 0 {
            pending += chunk[..<count]
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            isAtEnd = true
        }
        return nil
    }
}
