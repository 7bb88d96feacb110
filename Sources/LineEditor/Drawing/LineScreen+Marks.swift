/// Lines with characters that take no column: accents set on their letter, joiners between emoji.
///
/// libedit gives such a character no cell, so it vanishes under the next one, and at the end of a line the cursor
/// is a column off. The line itself is right. So after libedit's repaint the line is drawn again here, each visible
/// character in the very cell libedit believes it in, which keeps its next repaint sound.
extension LineScreen {
    /// - Returns: whether it was; then nothing is left below the line.
    func drawMarks() -> Bool {
        let scalars = buffer.scalars
        guard !isAccessible, scalars.contains(where: { $0.value > 0x2FF && ColumnWidth.of($0) == 0 }) else {
            return false
        }
        let columns = max(columns, 1)
        let layout = layout
        let up = layout.cursor.row - prompt.width / columns
        let rows = Layout.rows(promptWidth: prompt.width, scalars: scalars, columns: columns)
        let back = layout.end.row - layout.cursor.row
        terminal.write(
            "\r" + (up > 0 ? "\u{1B}[\(up)A" : "")
                + (prompt.width % columns > 0 ? "\u{1B}[\(prompt.width % columns)C" : "")
                + "\u{1B}[J" + rows.joined(separator: "\r\n")
                + (back > 0 ? "\u{1B}[\(back)A" : "") + "\r"
                + (layout.cursor.column > 0 ? "\u{1B}[\(layout.cursor.column)C" : ""))
        return true
    }
}
