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
    /// After a resize some terminals have wrapped the rows anew and some have not; the smaller distance is right
    /// for one of them and never touches what stands above the prompt.
    func moveToLineStart() {
        let up = min(layout.cursor.row, layout(columns: terminal.size.columns).cursor.row)
        terminal.write("\r" + (up > 0 ? "\u{1B}[\(up)A" : "") + "\u{1B}[J")
    }

    /// Shows rows below the line until the next key.
    func showPanel(_ rows: [[Prompt.Span]]) {
        Panel(terminal: terminal, layout: layout).draw(rows)
        isPanelShown = true
    }

    func clearPanel() {
        guard isPanelShown else { return }
        Panel(terminal: terminal, layout: layout).clear()
        isPanelShown = false
    }

    /// Prints waiting notices above the line and draws the line again.
    func printNotices() {
        let notices = terminal.notices.take()
        guard !notices.isEmpty else { return }
        moveToLineStart()
        for notice in notices {
            for line in notice.split(separator: "\n", omittingEmptySubsequences: false) {
                terminal.write(DisplayWidth.neutral(String(line)) + "\r\n")
            }
        }
        _ = zosh_el_repaint(editLine)
    }

    /// Goes below the last row of the line, leaving it on the screen, with `mark` behind it.
    func leaveLine(showing mark: String) {
        let layout = layout
        let down = layout.end.row - layout.cursor.row
        terminal.write(
            "\r" + (down > 0 ? "\u{1B}[\(down)B" : "")
                + (layout.end.column > 0 ? "\u{1B}[\(layout.end.column)C" : "") + mark + "\r\n")
    }

    /// Stops the process with the terminal as it was found, and takes up the line again afterwards.
    func suspend() -> CInt {
        leaveLine(showing: "")
        terminal.modes.setBracketedPaste(false)
        _ = zosh_el_prepare_terminal(editLine, 0)
        SignalWatch.stopSelf()
        resume()
        return CC_NORM
    }

    /// Takes the terminal back after something else had it, and draws the line where the cursor is now.
    func resume() {
        _ = zosh_el_prepare_terminal(editLine, 1)
        terminal.modes.setBracketedPaste(true)
        el_resize(editLine)
        _ = zosh_el_repaint(editLine)
    }
}
