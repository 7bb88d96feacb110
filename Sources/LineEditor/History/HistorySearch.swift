/// The state of a search through the history: what is typed, what matches, which one is selected.
struct HistorySearch {
    struct Found: Equatable {
        let line: String
        let offsets: [Int]
    }

    private let lines: [String]
    private(set) var query: String
    private(set) var found: [Found] = []
    private(set) var selected = 0

    /// - Parameter entries: oldest first; equal lines count once, at their newest.
    init(entries: [HistoryEntry], query: String) {
        var seen: Set<String> = []
        lines = entries.reversed().map(\.line).filter { seen.insert($0).inserted }
        self.query = query
        search()
    }

    var choice: String? { found.indices.contains(selected) ? found[selected].line : nil }

    mutating func type(_ scalar: Unicode.Scalar) {
        query.unicodeScalars.append(scalar)
        search()
    }

    mutating func erase() {
        guard query.popLast() != nil else { return }
        search()
    }

    mutating func clear() {
        query = ""
        search()
    }

    mutating func move(by step: Int) {
        selected = min(max(selected + step, 0), max(found.count - 1, 0))
    }

    /// Better matches first, newer ones first among equals.
    private mutating func search() {
        selected = 0
        let matches = lines.enumerated().compactMap { index, line in
            FuzzyMatch(query, in: line).map { (index, $0) }
        }
        found = matches.sorted { a, b in
            let scattered = (a.1.quality == .scattered, b.1.quality == .scattered)
            return scattered.0 != scattered.1 ? scattered.1 : a.0 < b.0
        }.map { Found(line: lines[$0.0], offsets: $0.1.offsets) }
    }

    /// The query above, the matches below it with the matched characters bold.
    func rows(height: Int, columns: Int, ellipsis: Character) -> [[Prompt.Span]] {
        let title = "search: \(query)" + (found.isEmpty ? "  no match" : "  \(selected + 1)/\(found.count)")
        let window = max(1, height - 1)
        let first = max(0, selected - window + 1)
        let rows = found.dropFirst(first).prefix(window).enumerated().map { index, match in
            [Prompt.Span(first + index == selected ? "> " : "  ")] + highlighted(match, columns: columns - 3, ellipsis)
        }
        return [[Prompt.Span(ColumnWidth.fit(title, columns: columns - 1, ellipsis: ellipsis), .dim)]] + rows
    }

    private func highlighted(_ match: Found, columns: Int, _ ellipsis: Character) -> [Prompt.Span] {
        let text = ColumnWidth.fit(match.line, columns: columns, ellipsis: ellipsis)
        let marked = Set(match.offsets)
        var spans: [Prompt.Span] = []
        for (offset, character) in text.enumerated() {
            let style: TextStyle = marked.contains(offset) ? .bold : .plain
            if spans.last?.style == style {
                spans[spans.count - 1].text.append(character)
            } else {
                spans.append(Prompt.Span(String(character), style))
            }
        }
        return spans
    }
}
