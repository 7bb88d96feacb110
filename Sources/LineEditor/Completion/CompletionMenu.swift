/// The state of the menu a second Tab opens: candidates, a filter typed on top of them, one selected.
///
/// Pure: keys go in, rows come out. Drawing and the line belong to the editor.
struct CompletionMenu {
    private(set) var answer: Completions
    private let whole: Completions
    private let ask: (String) -> Completions
    private(set) var filter = ""
    private(set) var selected = 0
    private var first = 0
    private(set) var visible: [Candidate]

    /// - Parameter ask: the candidates for a filter; those that do not match it fall away here.
    init(_ answer: Completions, ask: @escaping (String) -> Completions) {
        self.answer = answer
        whole = answer
        self.ask = ask
        visible = answer.candidates
    }

    var choice: Candidate? { visible.indices.contains(selected) ? visible[selected] : nil }

    mutating func move(by step: Int, wrapping: Bool) {
        guard !visible.isEmpty else { return }
        let target = selected + step
        selected =
            wrapping
            ? (target % visible.count + visible.count) % visible.count
            : min(max(target, 0), visible.count - 1)
    }

    mutating func moveToEdge(last: Bool) {
        selected = last ? max(visible.count - 1, 0) : 0
    }

    mutating func narrow(_ scalar: Unicode.Scalar) {
        filter.unicodeScalars.append(scalar)
        refilter()
    }

    /// False when there was nothing to take back.
    mutating func widen() -> Bool {
        guard filter.popLast() != nil else { return false }
        refilter()
        return true
    }

    private mutating func refilter() {
        selected = 0
        first = 0
        answer = filter.isEmpty ? whole : ask(filter)
        let ranked = answer.candidates.enumerated().compactMap { offset, candidate in
            rank(candidate).map { (rank: $0, offset: offset, candidate: candidate) }
        }
        visible = ranked.sorted { ($0.rank, $0.offset) < ($1.rank, $1.offset) }.map(\.candidate)
    }

    /// Where a candidate stands for this filter: its own text before its description, beginnings before insides; nil
    /// when it does not match. Letters scattered over a description are chance.
    private func rank(_ candidate: Candidate) -> Int? {
        if filter.isEmpty || candidate.display.lowercased() == filter.lowercased() { return 0 }
        let own = [candidate.display, candidate.key].compactMap { FuzzyMatch(filter, in: $0)?.quality.rawValue }
        if let best = own.min() { return 1 + best }
        if let other = FuzzyMatch(filter, in: candidate.description), other.quality != .scattered {
            return 5 + other.quality.rawValue
        }
        return candidate.isSought ? 8 : nil
    }

    /// At most `height` rows: a window of candidates around the selected one, and a last row that says where we are.
    mutating func rows(height: Int, columns: Int, ellipsis: Character) -> [[Prompt.Span]] {
        let window = max(1, min(height - 1, visible.count))
        if selected < first { first = selected }
        if selected >= first + window { first = selected - window + 1 }
        let list = CandidateList(Completions(range: 0..<0, candidates: visible), columns: columns, ellipsis: ellipsis)
        var rows = (first..<min(first + window, visible.count)).map { index in
            list.row(index, selected: index == selected)
        }
        var status = visible.isEmpty ? "0/\(whole.candidates.count)" : "\(selected + 1)/\(visible.count)"
        if !filter.isEmpty { status += "  filter: \(filter)" }
        if let note = answer.note { status += "  \(note)" }
        if height > 1 || rows.isEmpty {
            rows.append([Prompt.Span(ColumnWidth.fit(status, columns: columns - 1, ellipsis: ellipsis), .dim)])
        }
        return rows
    }
}
