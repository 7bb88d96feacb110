import LineEditor
import ZoshCore

/// The editor's history as the `history` commands see it.
struct RecentLines: HistoryListing {
    let history: LineEditor.History

    func recent(_ count: Int) async throws -> [EarlierLine] { history.latest(count).map(EarlierLine.init) }

    func lines(_ numbers: ClosedRange<Int>) async throws -> [EarlierLine] {
        history.lines(numbers).map(EarlierLine.init)
    }
}

extension EarlierLine {
    fileprivate init(_ numbered: LineEditor.History.Numbered) {
        self.init(number: numbered.number, line: numbered.entry.line, context: numbered.entry.context)
    }
}
