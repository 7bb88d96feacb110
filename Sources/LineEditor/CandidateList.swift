/// Candidates laid out for reading: one a row with its description, or in columns when none has one.
struct CandidateList {
    private let answer: Completions
    private let columns: Int
    private let ellipsis: Character

    init(_ answer: Completions, columns: Int, ellipsis: Character) {
        self.answer = answer
        self.columns = max(columns, 4)
        self.ellipsis = ellipsis
    }

    /// - Parameter dim: the sequence that dims descriptions; empty to leave them plain.
    func rows(dim: String) -> [String] {
        let described = answer.candidates.contains { !$0.description.isEmpty }
        let rows = described ? describedRows(dim: dim) : gridRows()
        guard let note = answer.note else { return rows }
        return rows + [styled(DisplayWidth.fit(note, columns: columns - 1, ellipsis: ellipsis), dim)]
    }

    private func describedRows(dim: String) -> [String] {
        let widest = answer.candidates.map { DisplayWidth.of(DisplayWidth.neutral($0.display)) }.max() ?? 0
        let nameWidth = min(widest, max(columns / 2 - 2, 8))
        return answer.candidates.map { candidate in
            let name = DisplayWidth.fit(candidate.display, columns: nameWidth, ellipsis: ellipsis)
            guard !candidate.description.isEmpty else { return name }
            let padding = String(repeating: " ", count: max(0, nameWidth - DisplayWidth.of(name)) + 2)
            let room = columns - 1 - nameWidth - 2
            return name + padding + styled(DisplayWidth.fit(candidate.description, columns: room, ellipsis: ellipsis), dim)
        }
    }

    private func gridRows() -> [String] {
        let names = answer.candidates.map { DisplayWidth.fit($0.display, columns: columns - 1, ellipsis: ellipsis) }
        let width = (names.map { DisplayWidth.of($0) }.max() ?? 0) + 2
        let perRow = max(1, (columns + 1) / width)
        let rowCount = (names.count + perRow - 1) / perRow
        return (0..<rowCount).map { row in
            var line = ""
            for column in stride(from: row, to: names.count, by: rowCount) {
                let isLast = column + rowCount >= names.count
                let padding = isLast ? 0 : width - DisplayWidth.of(names[column])
                line += names[column] + String(repeating: " ", count: padding)
            }
            return line
        }
    }

    private func styled(_ text: String, _ sequence: String) -> String {
        sequence.isEmpty || text.isEmpty ? text : sequence + text + TextStyle.reset
    }
}
