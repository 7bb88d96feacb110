internal import ZoshKit

/// What stands below a table: sentences its cells had no room for, how many rows there are, what was hidden.
struct TableTail {
    /// Columns whose text is read, not compared: a reason or a remedy cut off is no help.
    private static let sentences: Set<String> = ["message", "reason", "problem", "remedy", "hint", "detail"]
    /// Different sentences kept; a table of more is a flood anyway.
    private static let most = 40
    /// Rows a sentence names before it counts them.
    private static let named = 3

    private struct Sentence {
        var text: String
        var owners: [String]
        var count: Int
    }

    private let layout: TableLayout
    private let target: OutputTarget
    private let style: TableStyle
    private let isRead: (Column) -> Bool
    private var kept: [Sentence] = []
    private var places: [String: Int] = [:]
    private var dropped = 0
    private(set) var rows = 0

    init(_ layout: TableLayout, _ target: OutputTarget) {
        self.layout = layout
        self.target = target
        style = TableStyle(colour: target.colour)
        // A meaning with a remedy explains an error; in a list of settings it is a summary.
        let explains = layout.columns.contains { $0.name == "remedy" }
        isRead = { Self.sentences.contains($0.name) || explains && $0.name == "meaning" }
    }

    mutating func note(_ row: Row) {
        rows += 1
        // What went well needs no reason; what is only planned is there to be read.
        let states = layout.columns.filter { TableStyle.holdsStates($0.name) }.map { $0.value(in: row) }
        guard !states.contains(where: { TableStyle.isSettled($0) && $0.text != "planned" }) else { return }
        for (index, slot) in layout.slots.enumerated() where index > 0 && isRead(slot.column) {
            let cell = TableCell(slot.column.value(in: row), utf8: target.utf8)
            if cell.width > slot.width { keep(cell.text, of: row) }
        }
        for column in layout.hiddenColumns where isRead(column) {
            let cell = TableCell(column.value(in: row), utf8: target.utf8)
            if !cell.isNull, !cell.text.isEmpty { keep(cell.text, of: row) }
        }
    }

    private mutating func keep(_ text: String, of row: Row) {
        let owner = layout.slots.first.map { TableCell($0.column.value(in: row), utf8: target.utf8).text } ?? ""
        if let place = places[text] {
            kept[place].count += 1
            if kept[place].owners.count < Self.named { kept[place].owners.append(owner) }
        } else if kept.count < Self.most {
            places[text] = kept.count
            kept.append(Sentence(text: text, owners: [owner], count: 1))
        } else {
            dropped += 1
        }
    }

    var text: String {
        var lines: [String] = []
        for sentence in kept {
            let more = sentence.count - sentence.owners.count
            let who = sentence.owners.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
            lines += "\(who): \(sentence.text)".wrapped(to: max(10, target.width - 2)).enumerated().map {
                $0.offset == 0 ? $0.element : "  " + $0.element
            }
        }
        if dropped > 0 {
            lines += "\(dropped) more have other reasons; see them all with: set format csv, then $last"
                .wrapped(to: max(10, target.width))
        }
        if target.countsRows, rows > 1, target.width >= 12 { lines.append(style.dim("(\(rows) rows)")) }
        if !layout.hidden.isEmpty {
            let names = layout.hidden.joined(separator: ", ")
            let line =
                layout.isChosen
                ? "(no room for: \(names); widen the terminal, or end the line with --format csv)"
                : "(hidden: \(names); widen the terminal or `select` them)"
            lines += line.wrapped(to: max(10, target.width)).map(style.dim)
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
