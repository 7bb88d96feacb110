/// A word that names no command, in red while it is typed.
///
/// libedit has no attributes, so the word is drawn over the very cells libedit believes plain, as the marks are: one
/// word of one row, whose text comes from the line itself.
struct MistakePainter {
    private let screen: LineScreen
    private let source: any HintSource
    /// The word drawn in red.
    private var drawn: Range<Int>?

    init(screen: LineScreen, source: any HintSource) {
        self.screen = screen
        self.source = source
    }

    /// A new line has none yet.
    mutating func begin() { drawn = nil }

    mutating func draw() {
        guard screen.terminal.hasColor, !screen.isAccessible else { return }
        let scalars = screen.buffer.scalars
        let range =
            scalars.count <= Self.longestChecked
            ? source.mistake(in: screen.buffer.text)?.clamped(to: 0..<scalars.count) : nil
        if let old = drawn, old != range { draw(old.clamped(to: 0..<scalars.count), of: scalars, .plain) }
        if let range { draw(range, of: scalars, TextStyle(color: .red)) }
        drawn = range
    }

    /// Scalars of a line that is looked at after every key.
    private static let longestChecked = 500

    private func draw(_ range: Range<Int>, of scalars: [Unicode.Scalar], _ style: TextStyle) {
        let columns = max(screen.columns, 1)
        func point(_ offset: Int) -> Layout.Point {
            Layout(promptWidth: screen.prompt.width, scalars: scalars, cursor: offset, columns: columns).cursor
        }
        let (start, end, now) = (point(range.lowerBound), point(range.upperBound), screen.layout.cursor)
        // Within one row, and each scalar in its own cells.
        guard !range.isEmpty, start.row == end.row,
            scalars[range].allSatisfy({ $0.value >= 0x20 && ColumnWidth.of($0) > 0 })
        else { return }
        let text = String(String.UnicodeScalarView(scalars[range]))
        let up = now.row - start.row
        screen.terminal.write(
            "\r" + move(up, "A") + move(-up, "B") + move(start.column, "C")
                + Prompt.Span(text, style).drawn(colors: true)
                + "\r" + move(up, "B") + move(-up, "A") + move(now.column, "C"))
    }

    private func move(_ count: Int, _ direction: String) -> String { count > 0 ? "\u{1B}[\(count)\(direction)" : "" }
}
