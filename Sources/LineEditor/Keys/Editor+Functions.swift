internal import CLibedit

/// The functions bound to keys. Each returns one of libedit's `CC_…` codes.
extension Editor {
    /// Calls a command of libedit by pushing the private key bound to it.
    func perform(_ key: PrivateKey) -> CInt {
        el_wpush(editLine, WideText.cells(String(key.scalar)))
        return CC_NORM
    }

    func accept() -> CInt {
        let text = buffer.text
        guard !text.isEmpty, !delegate.isComplete(text) else {
            if isTallerThanScreen { terminal.write("\u{1B}[\(terminal.size.rows)B") }
            return perform(.finishLine)
        }
        buffer.moveCursor(to: buffer.count)
        return insertNewline()
    }

    func insertNewline() -> CInt {
        buffer.insert("\n")
        return CC_REFRESH
    }

    /// Ends the line from within a function, leaving what was typed on the screen.
    func finish(_ event: Event) -> CInt {
        leaveLine(showing: event == .interrupted ? "^C" : "")
        outcome = event
        return CC_EOF
    }

    func endOrDelete() -> CInt {
        buffer.count == 0 ? finish(.endOfInput) : eraseForward()
    }

    // MARK: rows and history

    func up() -> CInt {
        if buffer.textBeforeCursor.unicodeScalars.contains("\n") { return perform(.previousRow) }
        return recall { $0.older() }
    }

    func down() -> CInt {
        if buffer.text.unicodeScalars.dropFirst(buffer.cursor).contains("\n") { return perform(.nextRow) }
        return recall { $0.newer() }
    }

    private func recall(_ step: (inout HistoryWalk) -> String?) -> CInt {
        let text = buffer.text
        var walk =
            walk?.shown == text
            ? self.walk ?? HistoryWalk(live: text, prefix: text, entries: [])
            : HistoryWalk(live: text, prefix: buffer.textBeforeCursor, entries: history.entries)
        guard let line = step(&walk) else { return CC_ERROR }
        self.walk = walk
        buffer.replaceAll(with: line)
        return CC_REFRESH
    }
}
