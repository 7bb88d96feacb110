/// Rows drawn below the line and taken away again, leaving line and scrollback as they were.
///
/// Only relative moves are used: saving and restoring the cursor breaks when drawing scrolls the screen.
struct Panel {
    let terminal: Terminal
    let layout: Layout

    /// How many rows fit without pushing the cursor's row off the screen.
    static func room(in terminal: Terminal, below layout: Layout, atMost wanted: Int) -> Int {
        min(wanted, terminal.size.rows - 1 - (layout.end.row - layout.cursor.row))
    }

    /// Draws `rows` (each no wider than the screen) and clears whatever a former panel left beneath them.
    func draw(_ rows: [[Prompt.Span]]) {
        let down = layout.end.row - layout.cursor.row
        var out = "\u{1B}[?7l" + move(down, "B") + "\r"
        for row in rows {
            out += "\r\n" + row.map { $0.drawn(colors: terminal.hasColor) }.joined() + "\u{1B}[K"
        }
        out += rows.isEmpty ? clearBelow : "\u{1B}[J" + move(rows.count, "A")
        terminal.write(out + move(down, "A") + "\r" + move(layout.cursor.column, "C") + "\u{1B}[?7h")
    }

    func clear() {
        draw([])
    }

    /// From the end of the line's last row; the row below need not exist.
    private var clearBelow: String { move(layout.end.column, "C") + "\u{1B}[J" }

    private func move(_ count: Int, _ direction: String) -> String {
        count > 0 ? "\u{1B}[\(count)\(direction)" : ""
    }
}

extension Prompt.Span {
    /// The text with its style switched on before it and off behind it.
    func drawn(colors: Bool) -> String {
        guard !text.isEmpty, let sequence = style.sequence(colors: colors) else { return text }
        return sequence + text + TextStyle.reset
    }
}
