/// The line as it stands on the screen, and the rows below it, which libedit knows nothing of.
final class LineScreen {
    let terminal: Terminal
    let editLine: EditLine
    let prompt: LinePrompt
    /// For screen readers: output only ever moves forward.
    var isAccessible = false
    /// The width the line was last drawn for.
    private(set) var columns = 80
    /// Rows below the line that go with the next key.
    private var panel: [[Prompt.Span]]?

    init(terminal: Terminal, editLine: EditLine) {
        self.terminal = terminal
        self.editLine = editLine
        prompt = LinePrompt(for: terminal)
    }

    var buffer: LineBuffer { editLine.buffer }

    var ellipsis: Character { terminal.isUTF8 ? "…" : "~" }

    /// Where libedit drew things, recomputed: it does not tell.
    var layout: Layout { layout(columns: columns) }

    private func layout(columns: Int) -> Layout {
        Layout(promptWidth: prompt.width, scalars: buffer.scalars, cursor: buffer.cursor, columns: columns)
    }

    /// Notes how wide the terminal is: libedit draws for that.
    func adoptWidth() {
        columns = terminal.size.columns
    }

    /// Puts the cursor at the start of the prompt's row and clears everything from there on.
    ///
    /// After a resize a terminal that wraps rows again has the cursor where the new width puts it. Of one not known
    /// to do so the smaller distance is believed: a leftover row is better than a lost row of output above.
    func moveToLineStart() {
        let now = layout(columns: terminal.size.columns).cursor.row
        let up = terminal.rewrapsRows ? now : min(layout.cursor.row, now)
        terminal.write("\r" + (up > 0 ? "\u{1B}[\(up)A" : "") + "\u{1B}[J")
    }

    // MARK: below the line

    /// How many rows fit below the line.
    func room(atMost wanted: Int) -> Int { Panel.room(in: terminal, below: layout, atMost: wanted) }

    /// A panel below the line as it stands now.
    func newPanel() -> Panel { Panel(terminal: terminal, layout: layout) }

    /// Shows rows below the line until the next key.
    func showPanel(_ rows: [[Prompt.Span]]) {
        newPanel().draw(rows)
        panel = rows
    }

    func clearPanel() {
        guard panel != nil else { return }
        newPanel().clear()
        panel = nil
    }

    /// Draws what has changed behind the person's back, and what stood below the line again.
    func drawNews(isModeNew: Bool) {
        let isDrawn = printNotices(isModeNew: isModeNew)
        guard drawMarks() || isDrawn, let panel else { return }
        self.panel = nil
        if panel.count <= room(atMost: panel.count) { showPanel(panel) }
    }

    /// Prints waiting notices above the line and draws the line again; also when only the prompt has changed.
    /// - Returns: whether anything was drawn; then nothing is left below the line.
    private func printNotices(isModeNew: Bool) -> Bool {
        let notices = terminal.notices.take()
        guard terminal.takeStalePrompt() || isModeNew || !notices.isEmpty else { return false }
        moveToLineStart()
        for notice in notices {
            for line in notice.split(separator: "\n", omittingEmptySubsequences: false) {
                terminal.write(ColumnWidth.neutral(String(line)) + "\r\n")
            }
        }
        editLine.repaint()
        return true
    }

    // MARK: leaving and coming back

    /// True when libedit cannot know which row the cursor is on: what follows the line belongs below all of them.
    var isTallerThanScreen: Bool { layout.end.row >= terminal.size.rows }

    /// Goes below the last row of the line, leaving it on the screen, with `mark` behind it.
    func leaveLine(showing mark: String) {
        let layout = layout
        let down = isTallerThanScreen ? terminal.size.rows : layout.end.row - layout.cursor.row
        terminal.write(
            "\r" + (down > 0 ? "\u{1B}[\(down)B" : "")
                + (layout.end.column > 0 ? "\u{1B}[\(layout.end.column)C" : "") + mark + "\r\n")
    }

    /// The terminal has another size: the line is drawn again, and nothing is left of what stood below it.
    func resized() {
        moveToLineStart()
        editLine.resize()
        editLine.repaint()
        adoptWidth()
    }

    /// Takes the terminal back after something else had it, and draws the line where the cursor is now.
    func resume() {
        editLine.takeTerminal()
        editLine.resize()
        editLine.repaint()
        adoptWidth()
    }
}
