internal import CLibedit

/// Earlier lines: Up and Down, and Ctrl-R.
final class Recall {
    private let screen: LineScreen
    private let keys: MenuKeys
    private let history: History
    private var walk: HistoryWalk?
    /// The walk of a search without a panel.
    private var searchWalk: HistoryWalk?

    init(screen: LineScreen, keys: MenuKeys, history: History) {
        self.screen = screen
        self.keys = keys
        self.history = history
    }

    private var buffer: LineBuffer { screen.buffer }

    func begin() {
        walk = nil
        searchWalk = nil
    }

    // MARK: rows and history

    func up() -> CInt {
        if buffer.textBeforeCursor.unicodeScalars.contains("\n") { return screen.editLine.perform(.previousRow) }
        return recall { $0.older() }
    }

    func down() -> CInt {
        if buffer.text.unicodeScalars.dropFirst(buffer.cursor).contains("\n") {
            return screen.editLine.perform(.nextRow)
        }
        return recall { $0.newer() }
    }

    private func recall(_ step: (inout HistoryWalk) -> String?) -> CInt {
        let text = buffer.text
        var walk =
            walk?.shown == text
            ? self.walk ?? HistoryWalk(live: text, prefix: text, entries: [])
            : HistoryWalk(live: text, prefix: buffer.textBeforeCursor, entries: history.entries)
        guard let line = step(&walk) else { return CC_ERROR }
        self.walk = walk
        buffer.replaceAll(with: line)
        return CC_REFRESH
    }

    // MARK: search

    /// Ctrl-R: a fuzzy search below the line. Return takes the match into the line without running it.
    func search() -> CInt {
        if screen.isAccessible { return searchBackward() }
        var height = screen.room(atMost: 9)
        guard height > 1 else { return searchBackward() }
        var panel = screen.newPanel()
        var search = HistorySearch(entries: history.entries, query: buffer.text)
        defer { panel.clear() }
        while true {
            let columns = screen.terminal.size.columns
            panel.draw(search.rows(height: height, columns: columns, ellipsis: screen.ellipsis))
            switch keys.next() {
            case .enter, .tab, .right:
                guard let choice = search.choice else { continue }
                panel.clear()
                buffer.replaceAll(with: choice)
                return CC_REFRESH
            case .escape, .elsewhere, .control("G"), .control("C"), .control("D"):
                return CC_NORM
            case .down, .control("R"), .control("N"): search.move(by: 1)
            case .up, .control("S"), .control("P"): search.move(by: -1)
            case .pageDown: search.move(by: height - 1)
            case .pageUp: search.move(by: 1 - height)
            case .home: search.move(by: -search.found.count)
            case .end: search.move(by: search.found.count)
            case .backspace: search.erase()
            case .control("U"): search.clear()
            case .text(let scalar): search.type(scalar)
            case .resized:
                height = screen.room(atMost: 9)
                panel = screen.newPanel()
                if height < 2 { return CC_NORM }
            case .left, .backTab, .control, .unknown: continue
            }
        }
    }

    /// Without a panel: the next older line that contains what was typed when the first Ctrl-R came.
    private func searchBackward() -> CInt {
        let text = buffer.text
        var walk = searchWalk ?? HistoryWalk(live: text, containing: text, entries: history.entries)
        if walk.shown != text { walk = HistoryWalk(live: text, containing: text, entries: history.entries) }
        guard let line = walk.older() else { return CC_ERROR }
        searchWalk = walk
        buffer.replaceAll(with: line)
        return CC_REFRESH
    }
}
