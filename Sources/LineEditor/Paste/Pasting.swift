internal import CLibedit

/// A paste never runs anything by itself, whatever line breaks it holds.
final class Pasting {
    private let screen: LineScreen
    private let reader: KeyReader
    private let keys: MenuKeys
    private let source: any PasteSource
    /// Commands of a confirmed paste still to be handed out.
    private var queued: [String] = []
    private var interruptionsWhenQueued = 0

    init(screen: LineScreen, reader: KeyReader, keys: MenuKeys, source: any PasteSource) {
        self.screen = screen
        self.reader = reader
        self.keys = keys
        self.source = source
    }

    private var buffer: LineBuffer { screen.buffer }

    /// Puts the paste that has arrived into the line, or asks what to do with it.
    func insert() -> CInt {
        defer { reader.waitingPaste = nil }
        guard let text = reader.waitingPaste, !text.isEmpty else { return CC_REFRESH }
        let plan = PastePlan(
            text, before: buffer.textBeforeCursor, line: buffer.text, isComplete: { source.isComplete($0) },
            listed: { source.line(listing: $0) }, tabled: { source.line(ofTable: $0) })
        switch plan {
        case .insert(let text):
            buffer.insert(text)
            return CC_REFRESH
        case .table(let line, let note):
            buffer.insert(line)
            screen.terminal.notices.post(note)
            return CC_REFRESH
        case .review(let commands):
            return review(commands)
        }
    }

    /// Shows pasted commands as a numbered list: `y` runs them, `e` puts them into the line, anything else drops them.
    private func review(_ commands: [String]) -> CInt {
        var list = PasteReview(commands)
        var height = screen.room(atMost: 20)
        guard !screen.isAccessible, height > 2 else { return edit(commands) }
        var panel = screen.newPanel()
        defer { panel.clear() }
        // What is typed already answers nothing: the list was not read, and an unfiltered paste may hold a `y`.
        reader.dropBurst()
        while true {
            let terminal = screen.terminal
            panel.draw(list.rows(height: height, columns: terminal.size.columns, isUTF8: terminal.isUTF8))
            switch keys.next() {
            case .text("y"), .text("Y"):
                panel.clear()
                queued = Array(commands.dropFirst())
                interruptionsWhenQueued = screen.terminal.interruptionCount
                buffer.replaceAll(with: commands[0])
                _ = screen.editLine.perform(.finishLine)
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
                height = screen.room(atMost: 20)
                panel = screen.newPanel()
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

    /// The next command of a confirmed paste; nil when none is left.
    func nextQueued() -> String? {
        guard !queued.isEmpty else { return nil }
        guard screen.terminal.interruptionCount == interruptionsWhenQueued, source.continuesPaste() else {
            queued = []
            return nil
        }
        return queued.removeFirst()
    }
}
