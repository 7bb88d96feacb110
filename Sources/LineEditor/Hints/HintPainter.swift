/// Dim text behind the cursor: what was typed before, or what may follow.
///
/// libedit has flushed its repaint when it asks for a key, and believes the cells behind the line are blank.
/// So the hint is painted there, the cursor put back, and erased before the key is handed over.
struct HintPainter {
    private let screen: LineScreen
    private let history: History
    private let source: any HintSource
    /// Drawn outside libedit's knowledge; goes with the next key.
    private var isPainted = false

    init(screen: LineScreen, history: History, source: any HintSource) {
        self.screen = screen
        self.history = history
        self.source = source
    }

    private var buffer: LineBuffer { screen.buffer }

    /// The hint for the line as it stands; nil unless the cursor is at its end.
    private var current: Hint? {
        guard buffer.count > 0, buffer.isCursorAtEnd, areWanted else { return nil }
        let text = buffer.text
        if text.unicodeScalars.last == "\n", let open = source.openPart(of: text) {
            return Hint("(\(open))", isInsertable: false)
        }
        if let line = history.newest(startingWith: text, where: source.mayBeSuggested) {
            return Hint(String(decoding: line.utf8.dropFirst(text.utf8.count), as: UTF8.self), isInsertable: true)
        }
        return source.suggestion(for: text)
    }

    /// Without an attribute to set it off, a hint could be taken for what was typed.
    private var areWanted: Bool { screen.terminal.hasColor && !screen.isAccessible }

    mutating func paint() {
        guard let hint = current else { return }
        let room = screen.terminal.size.columns - screen.layout.cursor.column - 1
        let text = ColumnWidth.fit(hint.text, columns: room, ellipsis: screen.ellipsis)
        guard room > 1, !text.isEmpty else { return }
        screen.terminal.write(Prompt.Span(text, .dim).drawn(colors: true) + "\u{1B}[\(ColumnWidth.of(text))D")
        isPainted = true
    }

    mutating func erase() {
        guard isPainted else { return }
        screen.terminal.write("\u{1B}[K")
        isPainted = false
    }

    /// Puts the hint into the line; false when there is none to put.
    func take() -> Bool {
        guard let hint = current, hint.isInsertable else { return false }
        buffer.insert(hint.text)
        return true
    }

    /// Puts the hint's next word into the line.
    func takeWord() -> Bool {
        guard let hint = current, hint.isInsertable else { return false }
        let start = hint.text.firstIndex { !$0.isWhitespace } ?? hint.text.startIndex
        let end = hint.text[start...].firstIndex { $0.isWhitespace } ?? hint.text.endIndex
        buffer.insert(String(hint.text[..<end]))
        return true
    }
}
