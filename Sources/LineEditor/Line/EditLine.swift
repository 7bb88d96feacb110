internal import CLibedit

/// libedit's structure for one terminal: made, grown and ended here, and asked by everything that edits the line.
final class EditLine {
    let handle: OpaquePointer
    private let terminal: Terminal
    /// Cells libedit's buffers surely hold without being moved.
    private var roomFor = 0

    /// nil when libedit cannot draw on this terminal.
    init?(terminal: Terminal) {
        guard terminal.isEditable,
            let handle = el_init_fd(
                "zosh", zosh_stdin(), zosh_stdout(), zosh_stderr(), terminal.input, terminal.output, 2)
        else { return nil }
        self.handle = handle
        self.terminal = terminal
        _ = zosh_el_set_signals(handle, 0)
        _ = zosh_el_set_no_history(handle)
    }

    deinit {
        // Editing off first: `el_end` would flush what was typed ahead.
        _ = zosh_el_set_editing(handle, 0)
        el_end(handle)
        terminal.modes.restore()
    }

    var buffer: LineBuffer { LineBuffer(editLine: handle) }

    var isVi: Bool { zosh_el_is_vi(handle) != 0 }

    /// One command of libedit's configuration language.
    func run(_ words: [String]) {
        let cells = words.map { WideText.immortal($0) }
        defer { cells.forEach { $0.deallocate() } }
        var arguments = cells.map { Optional($0) } + [nil]
        _ = el_wparse(handle, CInt(words.count), &arguments)
    }

    /// Editing takes the terminal, with paste marks.
    func takeTerminal() {
        _ = zosh_el_prepare_terminal(handle, 1)
        terminal.modes.setBracketedPaste(true)
    }

    /// Restores the modes that the terminal had before editing.
    func releaseTerminal() {
        _ = zosh_el_prepare_terminal(handle, 0)
    }

    /// Draws the line where the cursor is now.
    func repaint() {
        _ = zosh_el_repaint(handle)
    }

    /// Asks for the terminal's size again.
    func resize() {
        el_resize(handle)
    }

    /// Grows libedit's buffers ahead of need: its yank keeps a pointer into a buffer it may move while growing.
    func reserve(_ cells: Int) {
        guard cells > roomFor else { return }
        let spaces = [wchar_t](repeating: 0x20, count: cells) + [0]
        guard el_winsertstr(handle, spaces) == 0 else { return }
        el_deletestr(handle, CInt(clamping: cells))
        roomFor = cells
    }

    /// Keeps room for a yank of anything that was ever on the line.
    func keepRoomToYank() {
        let wanted = buffer.count * 2 + 1024
        if wanted > roomFor { reserve(wanted * 2) }
    }
}
