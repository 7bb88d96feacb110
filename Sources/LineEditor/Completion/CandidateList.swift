/// Candidates laid out for reading: one a row, its key and its description beside it.
///
/// On a narrow screen the description is cut first, then the name; the key, which tells two of one name apart, last.
struct CandidateList {
    private let answer: Completions
    private let columns: Int
    private let ellipsis: Character
    private let nameWidth: Int
    /// 0 where no candidate has a key.
    private let keyWidth: Int
    /// Columns of a name that still says something.
    private static let leastName = 4

    init(_ answer: Completions, columns: Int, ellipsis: Character) {
        self.answer = answer
        self.columns = max(columns, 4)
        self.ellipsis = ellipsis
        let widest = answer.candidates.lazy.map { ColumnWidth.of(ColumnWidth.neutral($0.display)) }.max() ?? 0
        keyWidth = min(
            answer.candidates.lazy.map { ColumnWidth.of(ColumnWidth.neutral($0.key)) }.max() ?? 0, self.columns - 1)
        if keyWidth > 0 {
            let room = self.columns - 1 - keyWidth - 2
            nameWidth = room < Self.leastName ? 0 : min(widest, max(room / 2, min(room, 12)))
        } else {
            let described = answer.candidates.contains { !$0.description.isEmpty }
            nameWidth = min(widest, described ? max(columns / 2 - 2, 8) : columns - 1)
        }
    }

    func row(_ index: Int, selected: Bool = false) -> [Prompt.Span] {
        let candidate = answer.candidates[index]
        let style = selected ? TextStyle.reversed : .plain
        var spans: [Prompt.Span] = []
        var used = 0
        var gap = ""
        /// Puts a text into a column, behind what stands there already.
        func put(_ text: String, width: Int, _ style: TextStyle) {
            let text = ColumnWidth.fit(text, columns: max(0, width), ellipsis: ellipsis)
            guard !text.isEmpty else { return }
            if !spans.isEmpty { spans.append(Prompt.Span(gap)) }
            spans.append(Prompt.Span(text, style))
            gap = String(repeating: " ", count: max(0, width - ColumnWidth.of(text)) + 2)
            used += width + 2
        }
        if candidate.key.isEmpty {
            put(candidate.display, width: nameWidth + (keyWidth > 0 && nameWidth > 0 ? keyWidth + 2 : keyWidth), style)
        } else {
            put(candidate.display, width: nameWidth, style)
            put(candidate.key, width: keyWidth, nameWidth > 0 ? .plain : style)
        }
        put(candidate.description, width: columns - 1 - used, .dim)
        return spans
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
            rows.append([Prompt.Span(ColumnWidth.fit(remark, columns: columns - 1, ellipsis: ellipsis), .dim)])
        }
        return rows
    }
}
