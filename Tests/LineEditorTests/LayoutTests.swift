internal import Glibc
internal import Testing

@testable internal import LineEditor

struct LayoutTests {
    init() { _ = setlocale(LC_CTYPE, "C.UTF-8") }

    struct Case: Sendable {
        let text: String
        let cursor: Int
        let columns: Int
        let at: (Int, Int)
        let end: (Int, Int)
    }

    static let cases = [
        Case(text: "", cursor: 0, columns: 80, at: (0, 6), end: (0, 6)),
        Case(text: "abc", cursor: 1, columns: 80, at: (0, 7), end: (0, 9)),
        Case(text: "a\nbc", cursor: 4, columns: 80, at: (1, 2), end: (1, 2)),
        Case(text: "a\n\n", cursor: 2, columns: 80, at: (1, 0), end: (2, 0)),
        // A cursor at the edge stands at the start of the next row.
        Case(text: "abcd", cursor: 4, columns: 10, at: (1, 0), end: (1, 0)),
        Case(text: "abcde", cursor: 4, columns: 10, at: (1, 0), end: (1, 1)),
        // A wide character does not straddle the edge.
        Case(text: "abc李x", cursor: 4, columns: 10, at: (1, 2), end: (1, 3)),
        Case(text: "e\u{301}x", cursor: 2, columns: 80, at: (0, 7), end: (0, 8)),
        Case(text: "\tx", cursor: 1, columns: 80, at: (0, 8), end: (0, 9)),
        Case(text: "\u{1}x", cursor: 1, columns: 80, at: (0, 8), end: (0, 9)),
        // What the C library cannot print is drawn as its number: eight columns, or seven below U+10000.
        Case(text: "\u{2028}x", cursor: 1, columns: 80, at: (0, 13), end: (0, 14)),
        Case(text: "\u{1FFFE}x", cursor: 1, columns: 10, at: (1, 4), end: (1, 5)),
        Case(text: "\u{85}x", cursor: 1, columns: 80, at: (0, 8), end: (0, 9)),
    ]

    @Test(arguments: cases)
    func `Cursor and end are where libedit puts them`(_ item: Case) {
        let layout = Layout(
            promptWidth: 6, scalars: item.text.unicodeScalars, cursor: item.cursor, columns: item.columns)
        #expect((layout.cursor.row, layout.cursor.column) == item.at)
        #expect((layout.end.row, layout.end.column) == item.end)
    }

    @Test(arguments: [
        ("abc", 80, ["abc"]), ("a\nb", 80, ["a", "b"]), ("abcdef", 10, ["abcd", "ef"]), ("abcd", 10, ["abcd", ""]),
        ("abce\u{301}f", 10, ["abce\u{301}", "f"]), ("abc李x", 10, ["abc", "李x"]),
        ("a\u{2028}e\u{301}", 10, ["a\\U+", "2028e\u{301}"]), ("\u{1FFFE}x", 80, ["\\U+1FFFEx"]),
        ("\u{85}", 80, ["^Å"]),
        // What turns the direction of text is not drawn.
        ("a\u{202E}e\u{301}\u{2066}b", 80, ["ae\u{301}b"]),
    ])
    func `Rows hold whole characters with their marks`(text: String, columns: Int, rows: [String]) {
        #expect(Layout.rows(promptWidth: 6, scalars: text.unicodeScalars, columns: columns) == rows)
    }
}
