internal import CLibedit
internal import Glibc

extension Editor {
    /// Tab: one candidate replaces, a longer common beginning is inserted, else the candidates are listed.
    func complete() -> CInt {
        let text = buffer.text
        let answer = delegate.completions(text, cursor: buffer.cursor)
        guard let first = answer.candidates.first else { return CC_ERROR }
        let range = answer.range.clamped(to: 0..<buffer.count)
        if answer.candidates.count == 1 {
            buffer.replace(range, with: first.insertion)
            return CC_REFRESH
        }
        let typed = String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(range.lowerBound).prefix(range.count)))
        let common = CommonPrefix.of(answer.candidates.map(\.insertion))
        if common.unicodeScalars.count > typed.unicodeScalars.count, common.hasPrefix(typed) {
            buffer.replace(range, with: common)
            return CC_REFRESH
        }
        list(answer)
        return CC_NORM
    }

    /// Prints the candidates below the line, a screen at a time, and draws the line again beneath them.
    private func list(_ answer: Completions) {
        let size = terminal.size
        let rows = CandidateList(answer, columns: size.columns, ellipsis: terminal.isUTF8 ? "…" : "~")
            .rows(dim: TextStyle.dim.sequence(colors: terminal.hasColor) ?? "")
        leaveLine(showing: "")
        var shown = 0
        for row in rows {
            if shown > 0, shown % max(size.rows - 1, 1) == 0, !wantsMore(rows.count - shown) { break }
            terminal.write(row + "\r\n")
            shown += 1
        }
        _ = zosh_el_repaint(editLine)
    }

    private func wantsMore(_ left: Int) -> Bool {
        terminal.write("-- \(left) more: space, or q to stop --")
        defer { terminal.write("\r\u{1B}[K") }
        var cell: wchar_t = 0
        guard el_wgetc(editLine, &cell) == 1, let key = Unicode.Scalar(UInt32(bitPattern: cell)) else { return false }
        return key == " " || key == "\r" || key == "\n" || key == "\t" || key == "y"
    }
}
