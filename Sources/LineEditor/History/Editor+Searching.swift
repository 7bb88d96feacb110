internal import CLibedit

extension Editor {
    /// Ctrl-R: a fuzzy search below the line. Return takes the match into the line without running it.
    func search() -> CInt {
        if settings.isAccessible { return searchBackward() }
        var height = Panel.room(in: terminal, below: layout, atMost: 9)
        guard height > 1 else { return searchBackward() }
        var panel = Panel(terminal: terminal, layout: layout)
        var search = HistorySearch(entries: history.entries, query: buffer.text)
        defer { panel.clear() }
        while true {
            panel.draw(search.rows(height: height, columns: terminal.size.columns, ellipsis: ellipsis))
            switch nextEditKey() {
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
                height = Panel.room(in: terminal, below: layout, atMost: 9)
                panel = Panel(terminal: terminal, layout: layout)
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
