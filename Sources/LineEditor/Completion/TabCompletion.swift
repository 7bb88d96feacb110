internal import CLibedit

/// Tab: the list below the line, and the menu.
final class TabCompletion {
    /// What Tab left behind; when the next Tab finds it unchanged, it opens the menu.
    private struct Mark: Equatable {
        var text: String
        var cursor: Int
    }

    private let screen: LineScreen
    private let keys: MenuKeys
    private let source: any CompletionSource
    private var mark: Mark?
    /// Whether the last key was a Tab whose candidates are being loaded.
    private(set) var isAwaiting = false

    init(screen: LineScreen, keys: MenuKeys, source: any CompletionSource) {
        self.screen = screen
        self.keys = keys
        self.source = source
    }

    private var buffer: LineBuffer { screen.buffer }

    func begin() {
        mark = nil
        isAwaiting = false
    }

    /// Another key came: what Tab waits for no longer matters.
    func stopWaiting() { isAwaiting = false }

    /// Tab: one candidate replaces, a longer common beginning is inserted, else the candidates are shown; a second
    /// Tab in the same place chooses among them.
    func complete() -> CInt {
        let text = buffer.text
        let isSecond = mark == Mark(text: text, cursor: buffer.cursor)
        mark = nil
        let answer = source.completions(text, cursor: buffer.cursor)
        guard let first = answer.candidates.first else { return answer.note == nil ? CC_ERROR : showReason(answer) }
        let range = answer.range.clamped(to: 0..<buffer.count)
        if answer.candidates.count == 1 {
            buffer.replace(range, with: first.insertion)
            return CC_REFRESH
        }
        let typed = String(
            String.UnicodeScalarView(text.unicodeScalars.dropFirst(range.lowerBound).prefix(range.count)))
        let common = answer.isPartial ? "" : CommonPrefix.of(answer.candidates.map(\.insertion))
        if common.unicodeScalars.count > typed.unicodeScalars.count, common.hasPrefix(typed) {
            buffer.replace(range, with: common)
            mark = Mark(text: buffer.text, cursor: buffer.cursor)
            return CC_REFRESH
        }
        if screen.isAccessible {
            printList(answer)
            return CC_NORM
        }
        if isSecond { return choose(from: answer, range: range) }
        let height = screen.room(atMost: 12)
        guard height > 0 else { return choose(from: answer, range: range) }
        show(answer, height: height)
        mark = Mark(text: text, cursor: buffer.cursor)
        return CC_NORM
    }

    /// Shows why there is nothing to choose from yet.
    private func showReason(_ answer: Completions) -> CInt {
        isAwaiting = answer.isAwaited
        if screen.isAccessible {
            printList(answer)
        } else {
            let height = screen.room(atMost: 1)
            guard height > 0 else { return CC_ERROR }
            show(answer, height: height)
        }
        return CC_NORM
    }

    private func show(_ answer: Completions, height: Int) {
        let list = CandidateList(answer, columns: screen.terminal.size.columns, ellipsis: screen.ellipsis)
        screen.showPanel(list.rows(height: height))
    }

    /// The menu: arrows and Page keys move, typing filters, Return takes, Esc leaves the line as it was. It stays when
    /// nothing matches what is typed: letters of a filter are never letters of the line.
    private func choose(from answer: Completions, range: Range<Int>) -> CInt {
        var height = screen.room(atMost: 12)
        guard height > 0 else { return CC_ERROR }
        var panel = screen.newPanel()
        let (text, cursor) = (buffer.text, buffer.cursor)
        var menu = CompletionMenu(answer) { [source] in source.completions(text, cursor: cursor, narrowedBy: $0) }
        defer { panel.clear() }
        while true {
            panel.draw(menu.rows(height: height, columns: screen.terminal.size.columns, ellipsis: screen.ellipsis))
            switch keys.next() {
            case .enter, .right:
                guard let choice = menu.choice else { continue }
                panel.clear()
                buffer.replace(range, with: choice.insertion)
                return CC_REFRESH
            case .escape, .elsewhere, .control("G"), .control("C"):
                return CC_NORM
            case .up, .backTab, .control("P"): menu.move(by: -1, wrapping: true)
            case .down, .tab, .control("N"): menu.move(by: 1, wrapping: true)
            case .pageUp: menu.move(by: -max(1, height - 1), wrapping: false)
            case .pageDown: menu.move(by: max(1, height - 1), wrapping: false)
            case .home: menu.moveToEdge(last: false)
            case .end: menu.moveToEdge(last: true)
            case .backspace:
                if !menu.widen() { return CC_NORM }
            case .text(let scalar): menu.narrow(scalar)
            case .left, .control: return CC_NORM
            case .resized:
                height = screen.room(atMost: 12)
                panel = screen.newPanel()
                if height < 1 { return CC_NORM }
            case .unknown: continue
            }
        }
    }

    /// Prints the candidates as plain rows, a screen at a time, and draws the line again beneath them.
    private func printList(_ answer: Completions) {
        let size = screen.terminal.size
        let rows = CandidateList(answer, columns: size.columns, ellipsis: screen.ellipsis).rows(height: .max)
        screen.leaveLine(showing: "")
        for (shown, row) in rows.enumerated() {
            if shown > 0, shown % max(size.rows - 1, 1) == 0, !wantsMore(rows.count - shown) { break }
            screen.terminal.write(row.map(\.text).joined() + "\r\n")
        }
        screen.editLine.repaint()
    }

    private func wantsMore(_ left: Int) -> Bool {
        screen.terminal.write("\(left) more: space continues, q stops\r\n")
        while true {
            switch keys.next() {
            case .text(" "), .enter, .tab, .down, .pageDown: return true
            case .text("q"), .escape, .elsewhere, .control: return false
            default: continue
            }
        }
    }
}
