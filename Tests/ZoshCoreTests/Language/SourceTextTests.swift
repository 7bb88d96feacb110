import Testing
import ZoshKit

@testable import ZoshCore

/// Places in a text of several lines, each beside what counting by hand gives.
@Suite struct SourceTextTests {
    private let text = "one\ntwö 🇩🇪 e\u{301}\n\nlast"

    @Test(arguments: 0...18) func everyPlaceIsInTheLineThatCountingGives(place: Int) {
        let scalars = Array(text.unicodeScalars)
        let before = scalars.prefix(place)
        let column = before.count - (before.lastIndex(of: "\n").map { $0 + 1 } ?? 0)
        let source = SourceText(text, firstLine: 5)
        let found = source.place(of: Span(place, place + 1))
        #expect(found.line == 5 + before.count { $0 == "\n" })
        #expect(found.line == source.lineNumber(of: Span(place, place + 1)))
        #expect(found.text == text.split(separator: "\n", omittingEmptySubsequences: false)[found.line - 5])
        #expect(found.span.lower == column)
    }

    @Test func whatLiesBehindTheEndIsInTheLastLine() {
        let found = SourceText(text).place(of: Span(90, 99))
        #expect(found.line == 4 && found.text == "last" && found.span == Span(4, 4))
        #expect(SourceText("").place(of: Span(0, 1)).line == 1)
    }

    @Test func aSpanOverSeveralLinesIsCutToTheFirst() {
        #expect(SourceText(text).place(of: Span(4, 15)).span == Span(0, 9))
    }

    @Test(arguments: [
        (Span(0, 3), "one"), (Span(4, 7), "twö"), (Span(8, 10), "🇩🇪"), (Span(2, 7), "e\ntwö"), (Span(15, 99), "last"),
        (Span(3, 3), ""),
    ])
    func anExcerptIsWhatTheSpanHolds(span: Span, expected: String) {
        #expect(SourceText(text).excerpt(span) == expected)
    }
}
