internal import Glibc
internal import Testing

@testable internal import LineEditor

struct ListTests {
    init() { _ = setlocale(LC_CTYPE, "C.UTF-8") }

    private func text(_ rows: [[Prompt.Span]]) -> [String] {
        rows.map { $0.map(\.text).joined() }
    }

    private let people = Completions(
        range: 0..<0,
        candidates: [
            Candidate(insertion: "1", display: "李 Wei", description: "Administrator · active"),
            Candidate(insertion: "2", display: "Zoë\u{1B}[31m", description: "Guest"),
            Candidate(insertion: "3", display: "A very long name that does not fit", description: "x"),
        ], note: "as of 2 min ago")

    @Test(arguments: [20, 40, 80])
    func `No row is wider than the screen and none can steer it`(columns: Int) {
        for row in text(CandidateList(people, columns: columns, ellipsis: "…").rows(height: 10)) {
            #expect(ColumnWidth.of(row) < columns)
            #expect(!row.unicodeScalars.contains { $0.value < 0x20 })
        }
    }

    @Test func `Descriptions stand in a column`() {
        #expect(
            text(CandidateList(people, columns: 80, ellipsis: "…").rows(height: 10)).prefix(2) == [
                "李 Wei                              Administrator · active",
                "Zoë?[31m                            Guest",
            ])
    }

    @Test func `What does not fit is counted`() {
        #expect(
            text(CandidateList(people, columns: 80, ellipsis: "…").rows(height: 2)).last
                == "… 2 more: Tab chooses  as of 2 min ago")
    }

    @Test func `A menu keeps the selected row in its window`() {
        let many = (1...30).map { Candidate(insertion: "\($0)", display: "item \($0)") }
        var menu = CompletionMenu(Completions(range: 0..<0, candidates: many)) { _ in .none }
        for step in [1, 10, 25, -3, 40, -100] {
            menu.move(by: step, wrapping: false)
            let rows = menu.rows(height: 6, columns: 40, ellipsis: "…")
            #expect(rows.count == 6)
            #expect(rows.dropLast().filter { $0[0].style == .reversed }.map(\.[0].text) == [menu.choice?.display ?? ""])
        }
    }

    @Test(arguments: [
        ("de", ["deactivate", "delete", "update", "add"]), ("up", ["update", "get"]),
        ("c", ["count", "activate", "deactivate"]), ("add", ["add"]),
        ("ete", ["delete"]),
    ])
    func `The filter's best match is selected: own text first, beginnings before insides, descriptions last`(
        filter: String, best: [String]
    ) {
        let commands = [
            ("activate", "Let people in"), ("add", "Add people, with a delay"), ("count", "How many"),
            ("deactivate", "Lock people out"),
            ("delete", "Remove people"), ("get", "Look people up"), ("update", "Change fields"),
        ].map { Candidate(insertion: $0.0 + " ", display: $0.0, description: $0.1) }
        let answer = Completions(range: 0..<0, candidates: commands)
        var menu = CompletionMenu(answer) { _ in answer }
        for scalar in filter.unicodeScalars { menu.narrow(scalar) }
        #expect(menu.visible.map(\.display).prefix(best.count) == best[...])
        #expect(menu.choice?.display == best[0])
    }

    @Test func `Who was not in the list is found by the filter`() {
        let rest = Candidate(insertion: "9", display: "José", description: "", isSought: true)
        var menu = CompletionMenu(people) { $0 == "jose" ? Completions(range: 0..<0, candidates: [rest]) : people }
        for scalar in "jose".unicodeScalars { menu.narrow(scalar) }
        #expect(menu.choice == rest)
    }

    @Test func `A filter narrows the menu and can be taken back`() {
        var menu = CompletionMenu(people) { _ in people }
        for scalar in "guest".unicodeScalars { menu.narrow(scalar) }
        #expect(menu.visible.map(\.insertion) == ["2"])
        let widened = (0..<6).map { _ in menu.widen() }
        #expect(widened == [true, true, true, true, true, false])
        #expect(menu.visible.count == 3)
    }

    @Test(arguments: [
        (["users ", "usage "], "us"), (["a"], "a"), ([], ""), (["é", "e\u{301}x"], "é"), (["a", "b"], ""),
    ])
    func `The common beginning is cut at whole characters`(texts: [String], common: String) {
        #expect(CommonPrefix.of(texts) == common)
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("李李", 3, "李…"), ("abc", 0, ""), ("a\nb\u{202E}", 9, "a⏎b?"),
    ])
    func `Text is cut to columns, not characters`(text: String, columns: Int, cut: String) {
        #expect(ColumnWidth.fit(text, columns: columns) == cut)
    }
}
