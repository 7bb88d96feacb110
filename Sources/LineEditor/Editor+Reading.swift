internal import CLibedit
internal import Glibc

extension Editor {
    public func next() -> Event {
        while true {
            do {
                return try terminal.withInput(for: .editor) { readLine() }
            } catch {
                // The line before was abandoned while it asked something, and the question has not noticed yet.
                poll(nil, 0, 10)
            }
        }
    }

    private func readLine() -> Event {
        fflush(zosh_stdout())
        if let signal = terminal.forgetSignals() { return .terminated(by: signal) }
        if let line = pasting.nextQueued() {
            draw(queued: line)
            record(line)
            return .line(line)
        }
        let settings = delegate.settings()
        if settings != self.settings { adopt(settings) }
        // libedit shows the prompt before it changes the terminal's mode; a key typed between would be a signal or an
        // echo. So the mode comes first. Paste marks stay on while a command runs: what is pasted then is a paste at
        // the next prompt, too.
        editLine.takeTerminal()
        recall.begin()
        completion.begin()
        collector.begin()
        vi.begin()
        mistakes.begin()
        outcome = nil
        var count: CInt = 0
        errno = 0
        let cells = el_wgets(editLine.handle, &count)
        let ended = errno
        if let outcome {
            el_reset(editLine.handle)
            return outcome
        }
        guard let cells, count > 0 else {
            el_reset(editLine.handle)
            terminal.write("\r\n")
            return ended == EINTR ? .interrupted : .endOfInput
        }
        var text = WideText.string(UnsafeBufferPointer(start: cells, count: Int(count)))
        if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
        record(text)
        return .line(text)
    }

    private func record(_ line: String) {
        history.record(delegate.remembered(line), context: delegate.historyContext())
    }

    /// A command of a confirmed paste, drawn as if it had been typed.
    private func draw(queued line: String) {
        let shown = line.split(separator: "\n", omittingEmptySubsequences: false)
            .map { ColumnWidth.neutral(String($0)) }.joined(separator: "\r\n")
        terminal.write(delegate.prompt().spans.map { $0.drawn(colors: terminal.hasColor) }.joined() + shown + "\r\n")
    }

    /// libedit asks for a key. Everything that happens between two keys happens here.
    static func read(_ editLine: OpaquePointer?, into cell: UnsafeMutablePointer<wchar_t>?) -> CInt {
        guard let editLine, let cell, let client = zosh_el_client(editLine) else { return 0 }
        let editor = Unmanaged<Editor>.fromOpaque(client).takeUnretainedValue()
        guard let scalar = editor.nextKey() else {
            if editor.outcome == nil || editor.outcome == .endOfInput { return 0 }
            errno = EINTR
            return -1
        }
        editor.vi.take(scalar)
        editor.collector.handedOut(scalar)
        cell.pointee = wchar_t(bitPattern: scalar.value)
        return 1
    }

    /// The next key for libedit; nil when the line ends without one (`outcome` says why).
    private func nextKey() -> Unicode.Scalar? {
        if let key = collector.reclaimed() { return key }
        vi.follow()
        editLine.keepRoomToYank()
        screen.adoptWidth()
        while true {
            screen.drawNews(isModeNew: vi.isModeNew)
            if !keys.isInputWaiting { mistakes.draw() }
            if !keys.isInputWaiting { hints.paint() }
            let input = keys.next(within: collector.patience)
            hints.erase()
            switch input {
            case .scalar(let scalar):
                screen.clearPanel()
                completion.stopWaiting()
                if let key = collector.take(scalar) { return key }
            case .paste(let text):
                screen.clearPanel()
                completion.stopWaiting()
                collector.dropBeginningOfMark()
                keys.waitingPaste = text
                return PrivateKey.paste.scalar
            case .woken:
                let signals = terminal.takeSignals()
                if !signals.isEmpty { screen.clearPanel() }
                if answer(signals) { return nil }
                if terminal.takeArrivedCompletions(), completion.isAwaiting {
                    screen.clearPanel()
                    return PrivateKey.complete.scalar
                }
            case .silence:
                if let key = collector.giveUp() { return key }
            case .end:
                screen.clearPanel()
                screen.leaveLine(showing: "")
                outcome = .endOfInput
                return nil
            }
        }
    }

    /// True when reading must stop.
    private func answer(_ signals: Set<CaughtSignal>) -> Bool {
        if let signal = signals.ending {
            screen.leaveLine(showing: "")
            outcome = .terminated(by: signal)
            return true
        }
        if signals.contains(.interrupt) {
            screen.leaveLine(showing: "^C")
            outcome = .interrupted
            return true
        }
        if signals.contains(.suspend) { _ = suspend() }
        if signals.contains(.resume) { suspension.continued() }
        if signals.contains(.resize) { screen.resized() }
        return false
    }
}
