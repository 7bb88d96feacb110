internal import CLibedit
internal import Glibc

extension Editor {
    public func next() -> Event {
        do {
            return try terminal.withInput(for: .editor) { readLine() }
        } catch {
            return .endOfInput
        }
    }

    private func readLine() -> Event {
        fflush(zosh_stdout())
        if let signal = terminal.forgetSignals() { return .terminated(by: signal) }
        if let event = nextQueued() { return event }
        let settings = delegate.settings()
        if settings != self.settings { adopt(settings) }
        // libedit shows the prompt before it changes the terminal's mode; a key typed between would be a signal or an
        // echo. So the mode comes first.
        _ = zosh_el_prepare_terminal(editLine, 1)
        // It stays on while a command runs: what is pasted then is a paste at the next prompt, too.
        terminal.modes.setBracketedPaste(true)
        walk = nil
        searchWalk = nil
        tabMark = nil
        outcome = nil
        var count: CInt = 0
        errno = 0
        let cells = el_wgets(editLine, &count)
        let ended = errno
        if let outcome {
            el_reset(editLine)
            return outcome
        }
        guard let cells, count > 0 else {
            el_reset(editLine)
            terminal.write("\r\n")
            return ended == EINTR ? .interrupted : .endOfInput
        }
        var text = WideText.string(UnsafeBufferPointer(start: cells, count: Int(count)))
        if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
        history.record(delegate.remembered(text), context: delegate.historyContext())
        return .line(text)
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
        cell.pointee = wchar_t(bitPattern: scalar.value)
        return 1
    }

    /// The next key for libedit; nil when the line ends without one (`outcome` says why).
    private func nextKey() -> Unicode.Scalar? {
        keepRoomToYank()
        drawnColumns = terminal.size.columns
        while true {
            printNotices()
            drawMarks()
            paintHint()
            let input = keys.next()
            eraseHint()
            switch input {
            case .scalar(let scalar):
                clearPanel()
                return recognise(scalar)
            case .paste(let text):
                clearPanel()
                return take(paste: text)
            case .woken:
                clearPanel()
                if answerSignals() { return nil }
            case .silence:
                continue
            case .end:
                clearPanel()
                leaveLine(showing: "")
                outcome = .endOfInput
                return nil
            }
        }
    }

    /// In vi mode, finds the keys that arrive as sequences; elsewhere libedit's own bindings do.
    private func recognise(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        handedOut = handedOut.suffix(4) + [scalar]
        guard scalar == "\u{1B}", isVi else { return scalar }
        var sequence = [scalar]
        while true {
            switch keys.next(within: Self.escapeMilliseconds) {
            case .paste(let text):
                return take(paste: text)
            case .scalar(let next):
                sequence.append(next)
                if sequence.count == 2 ? next == "[" || next == "O" : !(0x40...0x7E).contains(next.value) { continue }
            case .woken, .silence, .end:
                break
            }
            if let key = TerminalKey.key(for: sequence) { return key }
            keys.pushBack(Array(sequence.dropFirst()))
            return scalar
        }
    }

    /// The key that makes libedit call the function which inserts the paste: the rest of the mark when libedit
    /// has its beginning, else the private key.
    private func take(paste text: String) -> Unicode.Scalar {
        pasted = text
        let isExpected = !isVi && handedOut.elementsEqual(PasteMark.begin.dropLast())
        handedOut = []
        return isExpected ? PasteMark.begin[5] : PrivateKey.paste.scalar
    }

    /// True when reading must stop.
    private func answerSignals() -> Bool {
        let signals = terminal.takeSignals()
        if let signal = signals.ending {
            leaveLine(showing: "")
            outcome = .terminated(by: signal)
            return true
        }
        if signals.contains(.interrupt) {
            leaveLine(showing: "^C")
            outcome = .interrupted
            return true
        }
        if signals.contains(.suspend) { _ = suspend() }
        if signals.contains(.resume) { continued() }
        if signals.contains(.resize) {
            moveToLineStart()
            el_resize(editLine)
            _ = zosh_el_repaint(editLine)
            drawnColumns = terminal.size.columns
        }
        return false
    }
}
