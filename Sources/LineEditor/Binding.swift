internal import CLibedit

/// The functions this room adds to libedit, under names `.editrc` can bind, and the keys they start on.
enum Binding {
    typealias Function = zosh_el_function

    /// Name, what it does, code. The names live as long as the process because libedit keeps the pointers.
    nonisolated(unsafe) private static let functions: [(name: UnsafePointer<wchar_t>, help: UnsafePointer<wchar_t>, code: Function)] = [
        named("zosh-accept", "Run the line, or continue it when it is unfinished") { line, _ in Editor.on(line) { $0.accept() } },
        named("zosh-newline", "Insert a line break") { line, _ in Editor.on(line) { $0.insertNewline() } },
        named("zosh-interrupt", "Abandon the line") { line, _ in Editor.on(line) { $0.finish(.interrupted) } },
        named("zosh-suspend", "Stop the program until it is continued") { line, _ in Editor.on(line) { $0.suspend() } },
        named("zosh-end-or-delete", "Leave on an empty line, else delete forward") { line, _ in Editor.on(line) { $0.endOrDelete() } },
        named("zosh-complete", "Complete the word at the cursor") { line, _ in Editor.on(line) { $0.complete() } },
        named("zosh-up", "One row up, or an older line") { line, _ in Editor.on(line) { $0.up() } },
        named("zosh-down", "One row down, or a newer line") { line, _ in Editor.on(line) { $0.down() } },
        named("zosh-paste", "Insert what the terminal pasted") { line, _ in Editor.on(line) { $0.insertPaste() } },
        named("zosh-refuse", "Do nothing, audibly") { _, _ in UInt8(CC_ERROR) },
    ]

    /// Key, function. Bound in both modes; sequences that start with ESC only where ESC is a prefix anyway.
    private static let keys: [(String, String)] = [
        ("\u{D}", "zosh-accept"), ("\u{A}", "zosh-accept"),
        ("\u{3}", "zosh-interrupt"), ("\u{1A}", "zosh-suspend"), ("\u{1C}", "zosh-refuse"),
        ("\u{4}", "zosh-end-or-delete"), ("\u{9}", "zosh-complete"),
    ]

    private static let emacsKeys: [(String, String)] = [
        ("\u{10}", "zosh-up"), ("\u{E}", "zosh-down"),
        ("\u{1B}[A", "zosh-up"), ("\u{1B}OA", "zosh-up"), ("\u{1B}[B", "zosh-down"), ("\u{1B}OB", "zosh-down"),
        ("\u{1B}\u{D}", "zosh-newline"), ("\u{1B}\u{A}", "zosh-newline"),
        ("\u{1B}[200~", "zosh-paste"),
    ]

    private static let privateKeys: [(PrivateKey, String)] = [
        (.paste, "zosh-paste"), (.up, "zosh-up"), (.down, "zosh-down"), (.optionReturn, "zosh-newline"),
    ]

    private static func named(_ name: String, _ help: String, _ code: @escaping Function)
        -> (name: UnsafePointer<wchar_t>, help: UnsafePointer<wchar_t>, code: Function) {
        (WideText.immortal(name), WideText.immortal(help), code)
    }

    static func addFunctions(to editLine: OpaquePointer) {
        for function in functions { _ = zosh_el_add_function(editLine, function.name, function.help, function.code) }
    }

    static func bindAll(in editLine: OpaquePointer, vi: Bool) {
        for key in PrivateKey.allCases {
            guard let command = key.builtIn else { continue }
            bind(key.scalar, command, editLine, vi)
        }
        for (key, name) in privateKeys { bind(key.scalar, name, editLine, vi) }
        for (key, name) in keys {
            bind(Array(key.unicodeScalars)[0], name, editLine, vi)
        }
        guard !vi else { return }
        for (key, name) in emacsKeys { _ = zosh_el_bind(editLine, WideText.cells(Self.escaped(key)), WideText.cells(name)) }
    }

    private static func bind(_ key: Unicode.Scalar, _ name: String, _ editLine: OpaquePointer, _ vi: Bool) {
        let cells = WideText.cells(escaped(String(key)))
        _ = zosh_el_bind(editLine, cells, WideText.cells(name))
        if vi { _ = zosh_el_bind_command_mode(editLine, cells, WideText.cells(name)) }
    }

    /// libedit reads `^` and `\` in a key as the start of a notation.
    private static func escaped(_ key: String) -> String {
        var out = ""
        for scalar in key.unicodeScalars {
            if scalar == "\\" || scalar == "^" { out += "\\" }
            out.unicodeScalars.append(scalar)
        }
        return out
    }
}
