internal import CLibedit

/// Dim text behind the cursor: what was typed before, or what may follow.
///
/// libedit has flushed its repaint when it asks for a key, and believes the cells behind the line are blank.
/// So the hint is painted there, the cursor put back, and erased before the key is handed over.
extension Editor {
    /// The hint for the line as it stands; nil unless the cursor is at its end.
    private func currentHint() -> Hint? {
        guard buffer.count > 0, buffer.isCursorAtEnd, hintsAreWanted else { return nil }
        let text = buffer.text
        if text.unicodeScalars.last == "\n", let open = delegate.openPart(of: text) {
            return Hint("(\(open))", isInsertable: false)
        }
        if let line = history.newest(startingWith: text, where: delegate.mayBeSuggested) {
            return Hint(String(decoding: line.utf8.dropFirst(text.utf8.count), as: UTF8.self), isInsertable: true)
        }
        return delegate.suggestion(for: text)
    }

    /// Without an attribute to set it off, a hint could be taken for what was typed.
    private var hintsAreWanted: Bool { terminal.hasColor && !settings.isAccessible }

    func paintHint() {
        guard !keys.isInputWaiting, let hint = currentHint() else { return }
        let room = terminal.size.columns - layout.cursor.column - 1
        let text = ColumnWidth.fit(hint.text, columns: room, ellipsis: ellipsis)
        guard room > 1, !text.isEmpty else { return }
        terminal.write(Prompt.Span(text, .dim).drawn(colors: true) + "\u{1B}[\(ColumnWidth.of(text))D")
        isHintPainted = true
    }

    func eraseHint() {
        guard isHintPainted else { return }
        terminal.write("\u{1B}[K")
        isHintPainted = false
    }

    /// Puts the hint into the line; false when there is none to put.
    func takeHint() -> Bool {
        guard let hint = currentHint(), hint.isInsertable else { return false }
        buffer.insert(hint.text)
        return true
    }

    /// Puts the hint's next word into the line.
    func takeHintWord() -> Bool {
        guard let hint = currentHint(), hint.isInsertable else { return false }
        let start = hint.text.firstIndex { !$0.isWhitespace } ?? hint.text.startIndex
        let end = hint.text[start...].firstIndex { $0.isWhitespace } ?? hint.text.endIndex
        buffer.insert(String(hint.text[..<end]))
        return true
    }
}
