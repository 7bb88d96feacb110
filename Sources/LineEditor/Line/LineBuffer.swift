internal import CLibedit

/// The line inside libedit, read and changed only through calls that are sound in every version.
///
/// Not used, and why: `el_deletestr1` deletes the wrong cells, `el_wreplacestr` cannot clear a line, the narrow
/// calls count bytes. Positions are scalars, which are libedit's cells.
struct LineBuffer {
    let editLine: OpaquePointer

    var text: String { WideText.string(cells) }
    var scalars: [Unicode.Scalar] { cells.compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) } }
    var count: Int { cells.count }
    var cursor: Int {
        guard let info = el_wline(editLine)?.pointee else { return 0 }
        return info.cursor - info.buffer
    }
    var isCursorAtEnd: Bool { cursor == count }
    var textBeforeCursor: String { WideText.string(UnsafeBufferPointer(rebasing: cells.prefix(cursor))) }

    /// Valid only until the next call that changes the line.
    private var cells: UnsafeBufferPointer<wchar_t> {
        guard let info = el_wline(editLine)?.pointee, let start = info.buffer else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return UnsafeBufferPointer(start: start, count: info.lastchar - start)
    }

    func moveCursor(to position: Int) {
        _ = el_cursor(editLine, CInt(clamping: position - cursor))
    }

    func insert(_ text: String) {
        let cells = WideText.cells(text)
        guard cells.count > 1 else { return }
        _ = el_winsertstr(editLine, cells)
    }

    /// Replaces the cells of `range`, leaving the cursor behind the new text.
    func replace(_ range: Range<Int>, with text: String) {
        let all = count
        let range = range.clamped(to: 0..<all)
        moveCursor(to: range.upperBound)
        if !range.isEmpty { el_deletestr(editLine, CInt(clamping: range.count)) }
        insert(text)
    }

    func replaceAll(with text: String) {
        replace(0..<count, with: text)
    }
}
