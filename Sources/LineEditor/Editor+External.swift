internal import CLibedit
internal import Glibc

extension Editor {
    /// Ctrl-X Ctrl-E: the line in `$VISUAL` or `$EDITOR`. What comes back is in the line, not run.
    func editOutside() -> CInt {
        let buffer = editLine.buffer
        guard let file = PrivateTextFile(named: "line.zosh", containing: buffer.text + "\n") else { return CC_ERROR }
        let program =
            (["VISUAL", "EDITOR"] as [String]).lazy
            .compactMap { getenv($0).map { String(cString: $0) } }.first { !$0.isEmpty } ?? "vi"
        screen.moveToLineStart()
        editLine.releaseTerminal()
        let status = terminal.withOriginalModes {
            ForegroundChild.run(["/bin/sh", "-c", program + " \"$1\"", "sh", file.path], on: terminal)
        }
        // Ctrl-C and Ctrl-Z in the editor were meant for it. A signal to end wakes the read hook again.
        _ = terminal.forgetSignals()
        if status == 0, let text = file.contents() {
            buffer.replaceAll(with: PastedText.clean(Array(text.unicodeScalars)).droppingFinalLineBreaks)
        }
        screen.resume()
        return CC_NORM
    }
}

extension String {
    /// Editors end a file with a line break that is not part of the command.
    fileprivate var droppingFinalLineBreaks: String {
        var text = self
        while text.last == "\n" { text.removeLast() }
        return text
    }
}
