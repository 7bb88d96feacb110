internal import CLibedit

/// The keys this room's functions start on.
enum Binding {
    /// Keys without which the shell cannot be used or is dangerous; bound again after the user's `.editrc`.
    static let vital: [(String, String)] = [
        ("\u{D}", "zosh-accept"), ("\u{A}", "zosh-accept"),
        ("\u{3}", "zosh-interrupt"), ("\u{4}", "zosh-end-or-delete"),
    ]

    static let inBothModes: [(String, String)] = [
        ("\u{1A}", "zosh-suspend"), ("\u{1C}", "zosh-refuse"),
        ("\u{9}", "zosh-complete"), ("\u{12}", "zosh-search"),
        ("\u{10}", "zosh-up"), ("\u{E}", "zosh-down"), ("\u{18}\u{5}", "zosh-edit-outside"),
    ]

    /// In place of libedit's own commands, which search a history it does not have (`_` crashes without one), run an
    /// editor on a file with a predictable name and then the line, or offer its configuration language (`edit
    /// off` ends the shell). `[` and `O` began the arrows' sequences and made the next key wait; so did ESC, which has
    /// nothing to leave here.
    static let inViCommandMode: [(String, String)] = [
        ("j", "zosh-down"), ("+", "zosh-down"), ("J", "zosh-down"), ("k", "zosh-up"), ("-", "zosh-up"),
        ("K", "zosh-up"),
        ("/", "zosh-search"), ("?", "zosh-search"), ("n", "zosh-search"), ("N", "zosh-search"),
        ("_", "zosh-refuse"), ("v", "zosh-edit-outside"), (":", "zosh-refuse"), ("[", "zosh-refuse"),
        ("O", "zosh-refuse"),
    ]

    /// Where vi types: control keys do what they do in emacs mode, or nothing; libedit would put them into the line. In
    /// vi's command mode erasing counts, repeats and fills registers, which are libedit's own.
    static let inViInsertMode: [(String, String)] = [
        ("\u{8}", "zosh-erase"), ("\u{7F}", "zosh-erase"), ("\u{C}", "ed-clear-screen"),
        ("\u{1}", "ed-move-to-beg"), ("\u{2}", "zosh-backward"), ("\u{5}", "zosh-to-end"), ("\u{6}", "zosh-forward"),
        ("\u{B}", "zosh-kill-to-end"), ("\u{14}", "ed-transpose-chars"), ("\u{17}", "zosh-kill-blank-word"),
        ("\u{19}", "zosh-yank"),
        ("\u{7}", "zosh-refuse"), ("\u{F}", "zosh-refuse"), ("\u{11}", "zosh-refuse"), ("\u{13}", "zosh-refuse"),
        ("\u{1D}", "zosh-refuse"), ("\u{1E}", "zosh-refuse"), ("\u{1F}", "zosh-refuse"),
    ]

    /// Sequences that start with ESC only here: in vi mode they would take ESC itself away.
    static let inEmacsMode: [(String, String)] = [
        ("\u{6}", "zosh-forward"), ("\u{2}", "zosh-backward"), ("\u{5}", "zosh-to-end"),
        ("\u{8}", "zosh-erase"), ("\u{7F}", "zosh-erase"),
        ("\u{15}", "zosh-kill-line"), ("\u{B}", "zosh-kill-to-end"), ("\u{17}", "zosh-kill-blank-word"),
        ("\u{19}", "zosh-yank"),
        ("\u{1B}d", "zosh-kill-word"), ("\u{1B}\u{7F}", "zosh-kill-word-back"), ("\u{1B}\u{8}", "zosh-kill-word-back"),
        // libedit's prompt for its configuration language, where `edit off` would end the shell.
        ("\u{1B}x", "zosh-refuse"), ("\u{1B}X", "zosh-refuse"),
        ("\u{1B}f", "zosh-forward-word"), ("\u{1B}b", "ed-prev-word"),
        ("\u{1B}\u{D}", "zosh-newline"), ("\u{1B}\u{A}", "zosh-newline"),
    ]

    static func bindAll(in editLine: OpaquePointer, vi: Bool) {
        for (key, name) in inBothModes { bind(key, name, editLine, vi) }
        if vi {
            for (key, name) in inViInsertMode { bindInsert(key, name, editLine) }
            for (key, name) in inViCommandMode { bindCommand(key, name, editLine) }
        } else {
            for (key, name) in inEmacsMode { bind(key, name, editLine, vi) }
            for key in TerminalKey.all {
                for sequence in key.sequences { bind(sequence, key.command, editLine, vi) }
            }
        }
        bindVital(in: editLine, vi: vi)
    }

    /// The keys no configuration may take away, and the private ones through which this room calls commands.
    static func bindVital(in editLine: OpaquePointer, vi: Bool) {
        for (key, name) in vital { bind(key, name, editLine, vi) }
        if vi {
            // Whatever a file has bound behind it, Esc is Esc.
            _ = zosh_el_bind(editLine, WideText.cells("\\e"), WideText.cells("vi-command-mode"))
            bindCommand("\u{1B}", "zosh-refuse", editLine)
        }
        for key in PrivateKey.allCases { bind(String(key.scalar), key.command, editLine, vi) }
        for key in TerminalKey.all { bind(String(key.privateKey), key.command, editLine, vi) }
    }

    static func bind(_ key: String, _ name: String, _ editLine: OpaquePointer, _ vi: Bool) {
        bindInsert(key, name, editLine)
        if vi { bindCommand(key, name, editLine) }
    }

    private static func bindInsert(_ key: String, _ name: String, _ editLine: OpaquePointer) {
        _ = zosh_el_bind(editLine, WideText.cells(escaped(key)), WideText.cells(name))
    }

    private static func bindCommand(_ key: String, _ name: String, _ editLine: OpaquePointer) {
        _ = zosh_el_bind_command_mode(editLine, WideText.cells(escaped(key)), WideText.cells(name))
    }

    /// libedit reads `^` and `\` in a key, and `-` at its start, as the start of a notation.
    private static func escaped(_ key: String) -> String {
        key == "-" ? "\\055" : String(key.flatMap { $0 == "\\" || $0 == "^" ? ["\\", $0] : [$0] })
    }
}
