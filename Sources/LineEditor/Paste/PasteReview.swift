/// Pasted commands as a numbered list to be read before they run: what does not fit is counted, and scrolls.
struct PasteReview {
    private let commands: [String]
    private var first = 0
    /// How many were shown last.
    private var window = 1

    init(_ commands: [String]) {
        self.commands = commands
    }

    mutating func scroll(by step: Int) {
        first = min(max(first + step, 0), max(0, commands.count - window))
    }

    mutating func page(by step: Int) {
        scroll(by: step * window)
    }

    /// At most `height` rows: the commands, how many are hidden if any are, and the question.
    mutating func rows(height: Int, columns: Int, isUTF8: Bool) -> [[Prompt.Span]] {
        window = max(1, commands.count <= height - 1 ? commands.count : height - 2)
        scroll(by: 0)
        let ellipsis: Character = isUTF8 ? "…" : "~"
        let numberWidth = String(commands.count).count
        func row(_ text: String, _ style: TextStyle = .plain) -> [Prompt.Span] {
            [Prompt.Span(ColumnWidth.fit(text, columns: columns - 1, ellipsis: ellipsis), style)]
        }
        var rows = commands.enumerated().dropFirst(first).prefix(window).map { index, command in
            row(String(repeating: " ", count: numberWidth - String(index + 1).count) + "\(index + 1)  " + command)
        }
        let below = commands.count - first - window
        var hidden: [String] = []
        if first > 0 { hidden.append("\(first) above, \(isUTF8 ? "↑" : "Up")") }
        if below > 0 { hidden.append("\(below) more, \(isUTF8 ? "↓" : "Down")") }
        if !hidden.isEmpty { rows.append(row("\(ellipsis) " + hidden.joined(separator: "; ") + " scrolls", .dim)) }
        return rows + [row(question(columns: columns - 1), .bold)]
    }

    /// Whole on any screen: the keys matter most.
    private func question(columns: Int) -> String {
        let whole = "Pasted \(commands.count) commands. Run them? y runs, e edits, Esc drops"
        return whole.count <= columns ? whole : "Pasted \(commands.count): y runs, e edits, Esc drops"
    }
}
