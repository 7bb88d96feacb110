internal import CLibedit

/// A function this room adds to libedit, under a name `.editrc` can bind.
struct EditorFunction {
    let title: String
    let meaning: String
    /// Live as long as the process because libedit keeps the pointers.
    private let name: UnsafePointer<wchar_t>
    private let help: UnsafePointer<wchar_t>
    private let code: zosh_el_function

    private init(_ name: String, _ help: String, _ code: @escaping zosh_el_function) {
        title = name
        meaning = help
        self.name = WideText.immortal(name)
        self.help = WideText.immortal(help)
        self.code = code
    }

    static func addAll(to editLine: OpaquePointer) {
        for function in all { _ = zosh_el_add_function(editLine, function.name, function.help, function.code) }
    }

    nonisolated(unsafe) static let all = [
        EditorFunction("zosh-accept", "Run the line, or continue it when it is unfinished") {
            on($0, $1) { $0.accept() }
        },
        EditorFunction("zosh-newline", "Insert a line break") { on($0, $1) { $0.insertNewline() } },
        EditorFunction("zosh-interrupt", "Cancel the line") { on($0, $1) { $0.finish(.interrupted) } },
        EditorFunction("zosh-suspend", "Stop the program until it is continued") { on($0, $1) { $0.suspend() } },
        EditorFunction("zosh-end-or-delete", "Exit on an empty line, else delete forward") {
            on($0, $1) { $0.endOrDelete() }
        },
        EditorFunction("zosh-complete", "Complete the word at the cursor") { on($0, $1) { $0.completion.complete() } },
        EditorFunction("zosh-up", "Up one row, or an older line") { on($0, $1) { $0.recall.up() } },
        EditorFunction("zosh-down", "Down one row, or a newer line") { on($0, $1) { $0.recall.down() } },
        EditorFunction("zosh-search", "Search the lines typed before") { on($0, $1) { $0.recall.search() } },
        EditorFunction("zosh-forward", "Forward one character, or accept the hint") { on($0, $1) { $0.forward() } },
        EditorFunction("zosh-forward-word", "Forward one word, or accept a word of the hint") {
            on($0, $1) { $0.forwardWord() }
        },
        EditorFunction("zosh-backward", "Back one character") { on($0, $1) { $0.backward() } },
        EditorFunction("zosh-to-end", "To the end, or accept the hint") { on($0, $1) { $0.toEnd() } },
        EditorFunction("zosh-erase", "Erase the character before the cursor") {
            on($0, $1) { $0.refresh($0.editLine.buffer.eraseBackward()) }
        },
        EditorFunction("zosh-erase-forward", "Erase the character at the cursor") {
            on($0, $1) { $0.refresh($0.editLine.buffer.eraseForward()) }
        },
        EditorFunction("zosh-edit-outside", "Edit the line in $VISUAL or $EDITOR") { on($0, $1) { $0.editOutside() } },
        EditorFunction("zosh-kill-line", "Cut the line") { on($0, $1) { $0.killLine() } },
        EditorFunction("zosh-kill-to-end", "Cut to the end") { on($0, $1) { $0.killToEnd() } },
        EditorFunction("zosh-kill-blank-word", "Cut back to the last blank") {
            on($0, $1) { $0.killBlankWordBackward() }
        },
        EditorFunction("zosh-kill-word-back", "Cut the word before the cursor") {
            on($0, $1) { $0.killWordBackward() }
        },
        EditorFunction("zosh-kill-word", "Cut the word after the cursor") { on($0, $1) { $0.killWordForward() } },
        EditorFunction("zosh-yank", "Insert what was cut last") { on($0, $1) { $0.yank() } },
        EditorFunction("zosh-paste", "Insert what the terminal pasted") { on($0, $1) { $0.pasting.insert() } },
        EditorFunction("zosh-refuse", "Ring the bell") { _, _ in UInt8(CC_ERROR) },
    ]

    private static func on(_ editLine: OpaquePointer?, _ key: CInt, _ body: (Editor) -> CInt) -> UInt8 {
        Editor.on(editLine, body)
    }
}

extension KeyBindings {
    /// This room's functions, then libedit's.
    public static let functions: [Function] =
        EditorFunction.all.map { Function(name: $0.title, meaning: $0.meaning) } + LibeditFunctions.all
}
