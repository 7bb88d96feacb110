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
        _ = terminal.takeSignals()
        terminal.modes.setBracketedPaste(true)
        defer { terminal.modes.setBracketedPaste(false) }
        walk = nil
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
        history.record(text, context: delegate.historyContext())
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
        while true {
            printNotices()
            switch keys.next() {
            case .scalar(let scalar):
                return pasteMark.advance(scalar) ? beginPaste() : scalar
            case .woken:
                if answerSignals() { return nil }
            case .silence:
                continue
            case .end:
                leaveLine(showing: "")
                outcome = .endOfInput
                return nil
            }
        }
    }

    /// Collects a paste. libedit already has the first keys of the mark and waits for the last one, which
    /// completes the sequence bound to the function that inserts the text.
    private func beginPaste() -> Unicode.Scalar {
        var scalars: [Unicode.Scalar] = []
        while case .scalar(let scalar) = keys.next(within: 10_000) {
            scalars.append(scalar)
            if scalar == PasteMark.end[5], scalars.suffix(6).elementsEqual(PasteMark.end) {
                scalars.removeLast(6)
                break
            }
        }
        pasted = PastedText.clean(scalars)
        return PasteMark.begin[5]
    }

    /// True when reading must stop.
    private func answerSignals() -> Bool {
        let signals = terminal.takeSignals()
        if !signals.isDisjoint(with: [.hangUp, .terminate]) {
            leaveLine(showing: "")
            outcome = .terminated
            return true
        }
        if signals.contains(.interrupt) {
            leaveLine(showing: "^C")
            outcome = .interrupted
            return true
        }
        if signals.contains(.suspend) { _ = suspend() }
        if signals.contains(.resume) { resume() }
        if signals.contains(.resize) {
            moveToLineStart()
            el_resize(editLine)
            _ = zosh_el_repaint(editLine)
        }
        return false
    }
}
