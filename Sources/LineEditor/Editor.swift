internal import CLibedit
internal import Glibc

/// Reads one command at a time from a terminal, through libedit.
///
/// Confine it to one thread: libedit keeps one terminal's state in one structure with no locks. The only parts
/// other threads may touch are `Terminal.notices` and `Terminal.deliver`. See docs/LIBEDIT.md before changing
/// anything: many of libedit's calls are avoided for reasons that are tested there.
public final class Editor: LineSource {
    let terminal: Terminal
    let history: History
    let editLine: OpaquePointer
    let keys: KeyReader
    let encoder: PromptEncoder
    let delegate: any Delegate
    private(set) var settings = EditorSettings()

    /// How the running `el_wgets` ends when a function of ours ends it.
    var outcome: Event?
    /// Text of a paste, between its arrival and the function that inserts it.
    var pasted: String?
    /// The key handed out last, if it is one nobody can type.
    var privateKey: Unicode.Scalar?
    /// A key of which the rest has not come yet.
    var sequence: KeySequence?
    /// Whether an Esc that nothing followed was forgotten, and no other key came since.
    var hasForgottenEscape = false
    /// How long Esc waits for the rest of a key, in milliseconds: then it was Esc alone, which means nothing in emacs
    /// mode.
    let escapePatience: CInt
    var viMode = ViMode()
    /// The mode the prompt shows.
    private(set) var drawnViState: ViState?
    /// The letter handed out last, how long the line was then, and whether it should have gone into it.
    var lastLetter: (scalar: Unicode.Scalar, count: Int, isTyped: Bool)?
    /// What the person's own bindings call, by what is typed.
    private(set) var ownKeys: [[Unicode.Scalar]: String] = [:]
    var walk: HistoryWalk?
    var searchWalk: HistoryWalk?
    var tabMark: TabMark?
    /// Whether the last key was a Tab whose candidates are on their way.
    var awaitsCompletions = false
    /// What is drawn outside libedit's knowledge and goes with the next key.
    var isHintPainted = false
    var panel: [[Prompt.Span]]?
    /// The word drawn in red.
    var mistake: Range<Int>?
    /// Between a stop of our own and the signal that says it is over.
    var hasStoppedItself = false
    /// The width the line was last drawn for.
    var drawnColumns = 80
    /// What was cut last.
    var killed = ""
    /// Commands of a confirmed paste still to be handed out.
    var queued: [String] = []
    var interruptionsWhenQueued = 0
    private var promptCells = UnsafeMutableBufferPointer<wchar_t>(start: nil, count: 0)
    private(set) var promptWidth = 0
    /// Cells libedit's buffers surely hold without being moved.
    private var roomFor = 0

    /// nil when the terminal cannot be edited on (not a terminal, or a dumb one): use `PlainReader` there.
    /// - Parameter escapePatience: how long Esc waits for the rest of a key, in milliseconds.
    public init?(terminal: Terminal, history: History, delegate: any Delegate, escapePatience: Int32 = 500) {
        guard terminal.isEditable,
            let editLine = el_init_fd(
                "zosh", zosh_stdin(), zosh_stdout(), zosh_stderr(), terminal.input, terminal.output, 2)
        else { return nil }
        self.terminal = terminal
        self.history = history
        self.delegate = delegate
        self.editLine = editLine
        self.escapePatience = escapePatience
        keys = KeyReader(terminal: terminal)
        encoder = PromptEncoder(colors: terminal.hasColor, asciiOnly: !terminal.isUTF8)
        _ = zosh_el_set_client(editLine, Unmanaged.passUnretained(self).toOpaque())
        _ = zosh_el_set_signals(editLine, 0)
        _ = zosh_el_set_no_history(editLine)
        _ = zosh_el_set_prompt(
            editLine, { editLine in Editor.promptText(editLine) }, wchar_t(PromptEncoder.delimiter.value))
        _ = zosh_el_set_reader(editLine, { editLine, cell in Editor.read(editLine, into: cell) })
        Binding.addFunctions(to: editLine)
        adopt(delegate.settings())
        reserve(70_000)
    }

    deinit {
        // Editing off first: `el_end` would flush what was typed ahead.
        _ = zosh_el_set_editing(editLine, 0)
        el_end(editLine)
        promptCells.deallocate()
        terminal.modes.restore()
    }

    var ellipsis: Character { terminal.isUTF8 ? "…" : "~" }

    /// Sets mode and bindings. The order matters: choosing a mode wipes every binding, the user's file goes over
    /// ours, and what nobody may lose comes last.
    func adopt(_ settings: EditorSettings) {
        self.settings = settings
        let wanted = settings.mode == .vi
        _ = zosh_el_set_editor(editLine, wanted ? 1 : 0)
        Binding.bindAll(in: editLine, vi: wanted)
        _ = el_source(editLine, nil)
        if UserFile.choosesMode {
            if settings.mode != nil, isVi != wanted { _ = zosh_el_set_editor(editLine, wanted ? 1 : 0) }
            Binding.bindAll(in: editLine, vi: isVi)
        }
        ownKeys = UserFile.bindings
        for command in settings.commands where command.count == 3 && command[0] == "bind" {
            let key = KeyNotation.scalars(of: command[1])
            ownKeys[key] = command[2]
            // Bound in vi mode, it would make libedit wait behind every Esc; there the read hook finds it.
            if !isVi || key.first != "\u{1B}" { run(command) }
        }
        Binding.bindVital(in: editLine, vi: isVi)
        _ = zosh_el_keys_not_signals(editLine)
        _ = zosh_el_quiet_between_lines(editLine)
    }

    var isVi: Bool { zosh_el_is_vi(editLine) != 0 }

    /// One command of libedit's configuration language.
    private func run(_ words: [String]) {
        let cells = words.map { WideText.immortal($0) }
        defer { cells.forEach { $0.deallocate() } }
        var arguments = cells.map { Optional($0) } + [nil]
        _ = el_wparse(editLine, CInt(words.count), &arguments)
    }

    /// Makes `PrivateKey.own` call this function.
    func aimOwnKey(at function: String) {
        Binding.bind(String(PrivateKey.own.scalar), function, editLine, isVi)
    }

    var buffer: LineBuffer { LineBuffer(editLine: editLine) }

    /// Grows libedit's buffers ahead of need: its yank keeps a pointer into a buffer it may move while growing.
    func reserve(_ cells: Int) {
        guard cells > roomFor else { return }
        let spaces = [wchar_t](repeating: 0x20, count: cells) + [0]
        guard el_winsertstr(editLine, spaces) == 0 else { return }
        el_deletestr(editLine, CInt(clamping: cells))
        roomFor = cells
    }

    /// Keeps room for a yank of anything that was ever on the line.
    func keepRoomToYank() {
        let wanted = buffer.count * 2 + 1024
        if wanted > roomFor { reserve(wanted * 2) }
    }

    /// The object behind a call from libedit.
    static func on(_ editLine: OpaquePointer?, _ body: (Editor) -> CInt) -> UInt8 {
        guard let editLine, let client = zosh_el_client(editLine) else { return UInt8(CC_ERROR) }
        return UInt8(body(Unmanaged<Editor>.fromOpaque(client).takeUnretainedValue()))
    }

    /// The prompt as libedit wants it; the cells stay valid until the next call because they are kept here.
    private static func promptText(_ editLine: OpaquePointer?) -> UnsafeMutablePointer<wchar_t>? {
        guard let editLine, let client = zosh_el_client(editLine) else { return nil }
        return Unmanaged<Editor>.fromOpaque(client).takeUnretainedValue().drawPrompt()
    }

    private func drawPrompt() -> UnsafeMutablePointer<wchar_t>? {
        drawnViState = isVi ? viMode.state : nil
        let (text, width) = encoder.encode(delegate.prompt(in: drawnViState))
        promptWidth = width
        let cells = WideText.cells(text)
        promptCells.deallocate()
        promptCells = .allocate(capacity: cells.count)
        _ = promptCells.initialize(from: cells)
        return promptCells.baseAddress
    }
}
