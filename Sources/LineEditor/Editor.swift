internal import CLibedit
internal import Glibc

/// Reads one command at a time from a terminal, through libedit.
///
/// Confine it to one thread: libedit keeps one terminal's state in one structure with no locks. The only parts
/// other threads may touch are `Terminal.notices` and `Terminal.deliver`. See docs/LIBEDIT.md before changing
/// anything: many of libedit's calls are avoided for reasons that are tested there.
///
/// What changes from key to key belongs to the parts put together here, each of which can be read alone: what is cut to
/// `KillBuffer`, earlier lines to `Recall`, Tab to `TabCompletion`, pastes to `Pasting`, unfinished keys to
/// `KeyCollector`, vi's mode to `ViFollower`, and what is drawn to `LineScreen` and the painters.
public final class Editor: LineSource {
    let terminal: Terminal
    let history: History
    let delegate: any Delegate
    let editLine: EditLine
    let screen: LineScreen
    let keys: KeyReader
    let recall: Recall
    let completion: TabCompletion
    let pasting: Pasting
    var collector: KeyCollector
    var vi: ViFollower
    var hints: HintPainter
    var mistakes: MistakePainter
    var kills = KillBuffer()
    var suspension: Suspension
    private(set) var settings = EditorSettings()
    /// How the running `el_wgets` ends when a function of ours ends it.
    var outcome: Event?

    /// nil when the terminal cannot be edited on (not a terminal, or a dumb one): use `PlainReader` there.
    /// - Parameter escapePatience: how long Esc waits for the rest of a key, in milliseconds.
    public init?(terminal: Terminal, history: History, delegate: any Delegate, escapePatience: Int32 = 500) {
        guard let editLine = EditLine(terminal: terminal) else { return nil }
        self.terminal = terminal
        self.history = history
        self.delegate = delegate
        self.editLine = editLine
        screen = LineScreen(terminal: terminal, editLine: editLine)
        keys = KeyReader(terminal: terminal)
        let menuKeys = MenuKeys(keys: keys, screen: screen)
        recall = Recall(screen: screen, keys: menuKeys, history: history)
        completion = TabCompletion(screen: screen, keys: menuKeys, source: delegate)
        pasting = Pasting(screen: screen, reader: keys, keys: menuKeys, source: delegate)
        collector = KeyCollector(keys: keys, editLine: editLine, escapePatience: escapePatience)
        vi = ViFollower(editLine: editLine)
        hints = HintPainter(screen: screen, history: history, source: delegate)
        mistakes = MistakePainter(screen: screen, source: delegate)
        suspension = Suspension(screen: screen)
        attach()
        adopt(delegate.settings())
        editLine.reserve(70_000)
    }

    /// Has libedit call us for the prompt, for each key, and for the functions that keys are bound to.
    private func attach() {
        let handle = editLine.handle
        _ = zosh_el_set_client(handle, Unmanaged.passUnretained(self).toOpaque())
        _ = zosh_el_set_prompt(
            handle, { editLine in Editor.promptText(editLine) }, wchar_t(PromptEncoder.delimiter.value))
        _ = zosh_el_set_reader(handle, { editLine, cell in Editor.read(editLine, into: cell) })
        EditorFunction.addAll(to: handle)
    }

    /// Sets mode and bindings. The order matters: choosing a mode wipes every binding, the user's file goes over
    /// ours, and the keys without which the shell is unusable come last.
    func adopt(_ settings: EditorSettings) {
        self.settings = settings
        screen.isAccessible = settings.isAccessible
        let handle = editLine.handle
        let wanted = settings.mode == .vi
        _ = zosh_el_set_editor(handle, wanted ? 1 : 0)
        Binding.bindAll(in: handle, vi: wanted)
        _ = el_source(handle, nil)
        if UserFile.choosesMode {
            if settings.mode != nil, editLine.isVi != wanted { _ = zosh_el_set_editor(handle, wanted ? 1 : 0) }
            Binding.bindAll(in: handle, vi: editLine.isVi)
        }
        var ownKeys = UserFile.bindings
        for command in settings.commands where command.count == 3 && command[0] == "bind" {
            let key = KeyNotation.scalars(of: command[1])
            ownKeys[key] = command[2]
            // Bound in vi mode, it would make libedit wait behind every Esc; there the read hook finds it.
            if !editLine.isVi || key.first != "\u{1B}" { editLine.run(command) }
        }
        collector.ownKeys = ownKeys
        Binding.bindVital(in: handle, vi: editLine.isVi)
        _ = zosh_el_keys_not_signals(handle)
        _ = zosh_el_quiet_between_lines(handle)
    }

    /// The object behind a call from libedit.
    static func on(_ editLine: OpaquePointer?, _ body: (Editor) -> CInt) -> UInt8 {
        guard let editLine, let client = zosh_el_client(editLine) else { return UInt8(CC_ERROR) }
        return UInt8(body(Unmanaged<Editor>.fromOpaque(client).takeUnretainedValue()))
    }

    /// The prompt as libedit wants it.
    private static func promptText(_ editLine: OpaquePointer?) -> UnsafeMutablePointer<wchar_t>? {
        guard let editLine, let client = zosh_el_client(editLine) else { return nil }
        let editor = Unmanaged<Editor>.fromOpaque(client).takeUnretainedValue()
        return editor.screen.prompt.draw(editor.delegate.prompt(in: editor.vi.stateToDraw()))
    }
}
