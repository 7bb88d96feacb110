internal import CLibedit
internal import Glibc

extension Editor {
    /// Where libedit drew things, recomputed: it does not tell.
    var layout: Layout { layout(columns: drawnColumns) }

    private func layout(columns: Int) -> Layout {
        Layout(promptWidth: promptWidth, scalars: buffer.scalars, cursor: buffer.cursor, columns: columns)
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

    /// Shows rows below the line until the next key.
    func showPanel(_ rows: [[Prompt.Span]]) {
        Panel(terminal: terminal, layout: layout).draw(rows)
        panel = rows
    }

    func clearPanel() {
        guard panel != nil else { return }
        Panel(terminal: terminal, layout: layout).clear()
        panel = nil
    }

    /// Draws what has changed behind the person's back, and what stood below the line again.
    func drawNews() {
        let isDrawn = printNotices()
        guard drawMarks() || isDrawn, let panel else { return }
        self.panel = nil
        if panel.count <= Panel.room(in: terminal, below: layout, atMost: panel.count) { showPanel(panel) }
    }

    /// Prints waiting notices above the line and draws the line again; also when only the prompt has changed.
    /// - Returns: whether anything was drawn; then nothing is left below the line.
    private func printNotices() -> Bool {
        let notices = terminal.notices.take()
        let isModeNew = isVi && drawnViState != viMode.state
        guard terminal.takeStalePrompt() || isModeNew || !notices.isEmpty else { return false }
        moveToLineStart()
        for notice in notices {
            for line in notice.split(separator: "\n", omittingEmptySubsequences: false) {
                terminal.write(ColumnWidth.neutral(String(line)) + "\r\n")
            }
        }
        _ = zosh_el_repaint(editLine)
        return true
    }

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

    /// Stops the process with the terminal as it was found, and takes up the line again afterwards.
    func suspend() -> CInt {
        leaveLine(showing: "")
        terminal.modes.setBracketedPaste(false)
        _ = zosh_el_prepare_terminal(editLine, 0)
        terminal.modes.restore()
        hasStoppedItself = true
        SignalWatch.stopSelf()
        // Continued where the terminal is another's, by `bg` or by a signal to end: a process that touches its modes
        // there is stopped again. Nobody says when it is ours.
        while LastResort.isInOtherHands(terminal.input) {
            if let signal = terminal.endingSignal { return finish(.terminated(by: signal)) }
            poll(nil, 0, 50)
        }
        resume()
        return CC_NORM
    }

    /// Somebody continued us. After a stop of our own the line is drawn already and this comes on top of it; after
    /// one from outside the cursor is wherever others left it.
    func continued() {
        if hasStoppedItself { moveToLineStart() }
        hasStoppedItself = false
        resume()
    }

    /// The terminal has another size: the line is drawn again, and nothing is left of what stood below it.
    func resized() {
        moveToLineStart()
        el_resize(editLine)
        _ = zosh_el_repaint(editLine)
        drawnColumns = terminal.size.columns
    }

    /// Takes the terminal back after something else had it, and draws the line where the cursor is now.
    func resume() {
        _ = zosh_el_prepare_terminal(editLine, 1)
        terminal.modes.setBracketedPaste(true)
        el_resize(editLine)
        _ = zosh_el_repaint(editLine)
        drawnColumns = terminal.size.columns
    }
}
