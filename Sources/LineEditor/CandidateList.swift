/// Candidates laid out for reading: one a row, its description dimmed beside it.
struct CandidateList {
    private let answer: Completions
    private let columns: Int
    private let ellipsis: Character
    private let nameWidth: Int

    init(_ answer: Completions, columns: Int, ellipsis: Character) {
        self.answer = answer
        self.columns = max(columns, 4)
        self.ellipsis = ellipsis
        let widest = answer.candidates.lazy.map { DisplayWidth.of(DisplayWidth.neutral($0.display)) }.max() ?? 0
        let described = answer.candidates.contains { !$0.description.isEmpty }
        nameWidth = min(widest, described ? max(columns / 2 - 2, 8) : columns - 1)
    }

    func row(_ index: Int, selected: Bool = false) -> [Prompt.Span] {
        let candidate = answer.candidates[index]
        let name = DisplayWidth.fit(candidate.display, columns: nameWidth, ellipsis: ellipsis)
        let padding = String(repeating: " ", count: max(0, nameWidth - DisplayWidth.of(name)))
        let room = max(0, columns - 1 - nameWidth - 2)
        let description = DisplayWidth.fit(candidate.description, columns: room, ellipsis: ellipsis)
        let named = Prompt.Span(name, selected ? .reversed : .plain)
        guard !description.isEmpty else { return [named] }
        return [named, Prompt.Span(padding + "  "), Prompt.Span(description, .dim)]
    }

    /// All of them, and the note beneath; when `height` is too small, as many as fit and how many are left.
    func rows(height: Int) -> [[Prompt.Span]] {
        let count = answer.candidates.count
        let noteRows = answer.note == nil ? 0 : 1
        let shown = count + noteRows <= height ? count : max(0, height - 1)
        var rows = (0..<shown).map { row($0) }
        var remark = answer.note ?? ""
        if shown < count {
            remark = "\(ellipsis) \(count - shown) more: Tab chooses" + (remark.isEmpty ? "" : "  " + remark)
        }
        if !remark.isEmpty {
            rows.append([Prompt.Span(DisplayWidth.fit(remark, columns: columns - 1, ellipsis: ellipsis), .dim)])
        }
        return rows
    }
}
