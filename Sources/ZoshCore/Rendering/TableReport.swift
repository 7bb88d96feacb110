internal import ZoshKit

/// Findings as a person reads them: what was looked at, its state if it has one, and whole sentences, broken between
/// words.
struct TableReport {
    let target: OutputTarget

    /// Columns of sentences, which are not states.
    private static let sentences: Set<String> = ["meaning", "remedy"]

    /// Rows of a name, a state and sentences, in the order of their columns.
    func text(_ rows: [Row], _ columns: [Column]) -> String {
        let style = TableStyle(colour: target.colour)
        let cells = rows.map { row in columns.map { TableCell($0.value(in: row), utf8: target.utf8) } }
        func widest(_ index: Int) -> Int {
            cells.compactMap { $0.indices.contains(index) ? $0[index].width : nil }.max() ?? 0
        }
        let hasStates = columns.count > 1 && !Self.sentences.contains(columns[1].name)
        let (names, states) = (widest(0), hasStates ? widest(1) : 0)
        var text = ""
        for cells in cells where !cells.isEmpty {
            text += style.bold(cells[0].text)
            guard hasStates else {
                let sentences = cells.dropFirst().filter { !$0.isNull && !$0.text.isEmpty }.map(\.text)
                text += lines(sentences, after: names + 2, padding(names - cells[0].width + 2))
                continue
            }
            text += padding(names - cells[0].width) + "  "
            let state = cells.count > 1 ? cells[1] : cells[0]
            text += style.state(state.text)
            let sentences = cells.dropFirst(2).filter { !$0.isNull && !$0.text.isEmpty }.map(\.text)
            text += lines(sentences, after: names + states + 4, padding(states - state.width + 2))
        }
        return text
    }

    /// The first sentence beside the state where there is room to read it, the others below.
    private func lines(_ sentences: [String], after indent: Int, _ gap: String) -> String {
        guard let first = sentences.first else { return "\n" }
        let isBeside = target.width - indent >= 30
        let indent = isBeside ? indent : 2
        let pieces = ([first] + sentences.dropFirst().map { (target.utf8 ? "→ " : "-> ") + $0 })
            .flatMap { $0.wrapped(to: max(10, target.width - indent)) }
        let rows = pieces.map { padding(indent) + $0 }
        guard isBeside, let beside = pieces.first else { return "\n" + rows.joined(separator: "\n") + "\n" }
        return gap + ([beside] + rows.dropFirst()).joined(separator: "\n") + "\n"
    }

    private func padding(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
