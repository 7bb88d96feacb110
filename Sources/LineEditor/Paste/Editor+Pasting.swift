internal import CLibedit

/// A paste never runs anything by itself, whatever line breaks it holds.
extension Editor {
    func insertPaste() -> CInt {
        defer { pasted = nil }
        guard let text = pasted, !text.isEmpty else { return CC_REFRESH }
        let plan = PastePlan(
            text, before: buffer.textBeforeCursor, line: buffer.text, isComplete: { delegate.isComplete($0) },
            listed: { delegate.line(listing: $0) }, tabled: { delegate.line(ofTable: $0) })
        switch plan {
        case .insert(let text):
            buffer.insert(text)
            return CC_REFRESH
        case .table(let line, let note):
            buffer.insert(line)
            terminal.notices.post(note)
            return CC_REFRESH
        case .review(let commands):
            return review(commands, text: text)
        }
    }

    /// Shows pasted commands as a numbered list: `y` runs them, `e` puts them into the line, anything else drops them.
    private func review(_ commands: [String], text: String) -> CInt {
        var list = PasteReview(commands)
        var height = Panel.room(in: terminal, below: layout, atMost: 20)
        guard !settings.isAccessible, height > 2 else { return edit(commands) }
        var panel = Panel(terminal: terminal, layout: layout)
        defer { panel.clear() }
        // What is typed already answers nothing: nobody has read the list, and an unfiltered paste may hold a `y`.
        keys.dropBurst()
        while true {
            panel.draw(list.rows(height: height, columns: terminal.size.columns, isUTF8: terminal.isUTF8))
            switch nextEditKey() {
            case .text("y"), .text("Y"):
                panel.clear()
                queued = Array(commands.dropFirst())
                interruptionsWhenQueued = terminal.interruptionCount
                buffer.replaceAll(with: commands[0])
                _ = perform(.finishLine)
                return CC_REFRESH
            case .text("e"), .text("E"):
                panel.clear()
                return edit(commands)
            case .down: list.scroll(by: 1)
            case .up: list.scroll(by: -1)
            case .pageDown, .text(" "): list.page(by: 1)
            case .pageUp: list.page(by: -1)
            case .home: list.scroll(by: -commands.count)
            case .end: list.scroll(by: commands.count)
            case .resized:
                height = Panel.room(in: terminal, below: layout, atMost: 20)
                panel = Panel(terminal: terminal, layout: layout)
                if height < 3 { return edit(commands) }
            case .text, .escape, .elsewhere, .control: return CC_NORM
            default: continue
            }
        }
    }

    private func edit(_ commands: [String]) -> CInt {
        buffer.insert(commands.joined(separator: "\n"))
        return CC_REFRESH
    }

    /// The next command of a confirmed paste, drawn as if it had been typed; nil when none is left.
    func nextQueued() -> Event? {
        guard !queued.isEmpty else { return nil }
        guard terminal.interruptionCount == interruptionsWhenQueued, delegate.continuesPaste() else {
            queued = []
            return nil
        }
        let line = queued.removeFirst()
        let shown = line.split(separator: "\n", omittingEmptySubsequences: false)
            .map { ColumnWidth.neutral(String($0)) }.joined(separator: "\r\n")
        terminal.write(delegate.prompt().spans.map { $0.drawn(colors: terminal.hasColor) }.joined() + shown + "\r\n")
        history.record(delegate.remembered(line), context: delegate.historyContext())
        return .line(line)
    }
}
