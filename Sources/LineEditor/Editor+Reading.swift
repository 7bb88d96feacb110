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
        awaitsCompletions = false
        sequence = nil
        hasForgottenEscape = false
        viMode = ViMode()
        lastLetter = nil
        mistake = nil
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
        editor.note(scalar)
        editor.privateKey = (0x80..<0xA0).contains(scalar.value) ? scalar : nil
        cell.pointee = wchar_t(bitPattern: scalar.value)
        return 1
    }

    /// The next key for libedit; nil when the line ends without one (`outcome` says why).
    private func nextKey() -> Unicode.Scalar? {
        if let key = reclaimedKey() { return key }
        followViMode()
        keepRoomToYank()
        drawnColumns = terminal.size.columns
        while true {
            drawNews()
            drawMistake()
            paintHint()
            let input = keys.next(within: patience)
            eraseHint()
            switch input {
            case .scalar(let scalar):
                clearPanel()
                awaitsCompletions = false
                if let key = recognise(scalar) { return key }
            case .paste(let text):
                clearPanel()
                awaitsCompletions = false
                // What came before it was the beginning of its mark, also behind an Esc that was forgotten.
                sequence = nil
                dropBeginningOfMark()
                pasted = text
                return PrivateKey.paste.scalar
            case .woken:
                let signals = terminal.takeSignals()
                if !signals.isEmpty { clearPanel() }
                if answer(signals) { return nil }
                if terminal.takeArrivedCompletions(), awaitsCompletions {
                    clearPanel()
                    return PrivateKey.complete.scalar
                }
            case .silence:
                guard let unfinished = sequence else { continue }
                sequence = nil
                if isVi { return handOut(unfinished) }
                hasForgottenEscape = true
            case .end:
                clearPanel()
                leaveLine(showing: "")
                outcome = .endOfInput
                return nil
            }
        }
    }

    /// How long to wait for the next key: a lone ESC is a key in vi mode, and one that nothing follows means nothing in
    /// emacs mode, where the Return typed behind it must run the line.
    private var patience: CInt {
        guard let sequence else { return -1 }
        if isVi { return sequence.patience }
        return sequence.scalars.count == 1 ? escapePatience : -1
    }

    private func dropBeginningOfMark() {
        let mark = PasteMark.begin.dropFirst().dropLast()
        let cursor = buffer.cursor
        guard hasForgottenEscape, cursor >= mark.count, buffer.scalars[cursor - mark.count..<cursor].elementsEqual(mark)
        else { return }
        buffer.replace(cursor - mark.count..<cursor, with: "")
        hasForgottenEscape = false
    }

    /// Notes which mode of vi the letter before has left us in.
    private func followViMode() {
        guard isVi, let (letter, count, isTyped) = lastLetter else { return }
        lastLetter = nil
        let cursor = buffer.cursor
        let wasInserted = buffer.count == count + 1 && cursor > 0 && buffer.scalars[cursor - 1] == letter
        if wasInserted || isTyped && buffer.count == count { viMode.correct(wasInserted: wasInserted) }
    }

    /// What libedit is about to get, for code that follows its modes.
    fileprivate func note(_ key: Unicode.Scalar) {
        guard isVi else { return }
        let (isTyped, isPending) = (viMode.state == .insert, viMode.isPending)
        viMode.take(key)
        let isLetter = key.value >= 0x20 && key.value != 0x7F && !(0x80..<0xA0).contains(key.value)
        lastLetter = isLetter && !isPending ? (key, buffer.count, isTyped) : nil
    }

    /// A private key that a function took for the character it waited for (Ctrl-V, vi's `r`) is no text and leaves the
    /// line; what it stood for, if that was a paste, comes again.
    private func reclaimedKey() -> Unicode.Scalar? {
        guard let key = privateKey, let place = buffer.scalars.firstIndex(of: key) else { return nil }
        buffer.replace(place..<place + 1, with: "")
        return PrivateKey.paste.scalar
    }

    /// Collects the keys that arrive as sequences; nil while one is unfinished, and for one that means nothing.
    private func recognise(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard var current = sequence else {
            guard scalar == "\u{1B}" else { return scalar }
            hasForgottenEscape = false
            sequence = KeySequence()
            return nil
        }
        switch current.take(scalar) {
        case .more:
            sequence = current
            return nil
        case .broken:
            sequence = nil
            return recognise(scalar)
        // Another sequence begins: with Alt, some terminals send two.
        case .complete where scalar == "\u{1B}" && !isVi && ownKeys[current.scalars] == nil:
            sequence = KeySequence()
            return nil
        case .complete:
            sequence = nil
            return key(for: current)
        }
    }

    /// What libedit gets for a whole sequence. In vi mode that is one private key; elsewhere its own bindings find it.
    private func key(for whole: KeySequence) -> Unicode.Scalar? {
        let own = ownKeys[whole.scalars]
        let standard = TerminalKey.key(for: whole.scalars)
        if isVi, let own {
            aimOwnKey(at: own)
            return PrivateKey.own.scalar
        }
        if isVi, let standard { return standard }
        if whole.isFunctionKey, own == nil, standard == nil { return nil }
        return handOut(whole)
    }

    /// Gives libedit the scalars as they came.
    private func handOut(_ sequence: KeySequence) -> Unicode.Scalar {
        keys.pushBack(Array(sequence.scalars.dropFirst()))
        return "\u{1B}"
    }

    /// True when reading must stop.
    private func answer(_ signals: Set<CaughtSignal>) -> Bool {
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
        if signals.contains(.resize) { resized() }
        return false
    }
}
