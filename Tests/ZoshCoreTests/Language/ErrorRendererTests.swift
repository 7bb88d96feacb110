import Testing
import ZoshKit

@testable import ZoshCore

struct ErrorRendererTests {
    private func lines(_ error: ZoshError, _ text: String? = nil, name: String? = nil) -> [String] {
        ErrorRenderer().lines(error, in: text.map { SourceText($0, name: name) })
    }

    @Test("one sentence, a caret under the place, what to do, where to read more")
    func whole() {
        let error = ZoshError(.refused, "Zoho refused", at: Span(6, 10), remedy: "users fields", code: "INVALID_DATA")
        #expect(
            lines(error, "users list x") == [
                "zosh: Zoho refused", "  users list x", "        ^^^^", "  hint: users fields",
                "  more: explain INVALID_DATA",
            ])
    }

    @Test("a question stands for itself, and a code without a remedy takes the guide's")
    func remedies() {
        #expect(lines(ZoshError(.usage, "no", remedy: "did you mean 'x'?")) == ["zosh: no", "  did you mean 'x'?"])
        let guide = ErrorGuide.entry(for: "INVALID_TOKEN")
        #expect(lines(ZoshError(.auth, "no", code: "INVALID_TOKEN")).contains("  hint: \(guide?.remedy ?? "-")"))
    }

    @Test("of a file the line and its number are shown")
    func file() {
        let text = "probe a\nprobe nubmer=1\n"
        #expect(
            lines(ZoshError(.usage, "no", at: Span(14, 20)), text, name: "x.zosh") == [
                "x.zosh:2: no", "  probe nubmer=1", "        ^^^^^^",
            ])
        #expect(lines(ZoshError(.usage, "no", at: Span(14, 20)), text).first == "zosh: line 2: no")
        #expect(
            ErrorRenderer().lines(
                ZoshError(.usage, "no", at: Span(0, 1)), in: SourceText("x", name: "in", firstLine: 7)
            ).first == "in:7: no")
    }

    @Test(
        "the caret stands under wide and combining characters as a terminal draws them",
        arguments: [
            ("e\u{301} x", 3, 4, "  "), ("日本 x", 3, 4, "     "), ("👩‍💻 x", 4, 5, "   "),
            ("a\u{1B}b x", 4, 5, "         "), ("\tx", 1, 2, "  "),
        ])
    func width(text: String, lower: Int, upper: Int, before: String) {
        #expect(lines(ZoshError(.usage, "no", at: Span(lower, upper)), text).last == "  \(before)^")
    }

    @Test("of a long line the part around the place is shown")
    func longLine() {
        let text = String(repeating: "a", count: 100_000) + " here " + String(repeating: "b", count: 100_000)
        let shown = lines(ZoshError(.usage, "no", at: Span(100_001, 100_005)), text)
        #expect(shown.count == 3)
        #expect(shown[1].count < 120)
        let caret = shown[2].prefix { $0 == " " }.count
        #expect(shown[1].dropFirst(caret).hasPrefix("here"))
        #expect(shown[2].hasSuffix("^^^^") && !shown[2].hasSuffix("^^^^^"))
    }

    @Test("on a narrow terminal the line and its caret take no second row", arguments: [0, 20, 31, 60, 99])
    func narrow(place: Int) {
        let text = String(repeating: "a b c d e ", count: 10)
        let shown = ErrorRenderer(columns: 40).lines(
            ZoshError(.usage, "no", at: Span(place, place + 1)), in: SourceText(text))
        #expect(shown.dropFirst().allSatisfy { $0.count <= 40 })
        let caret = shown[2].prefix { $0 == " " }.count
        #expect(Array(shown[1])[caret] == Array(text)[place])
    }

    @Test(
        "a place outside the text, an empty text and an empty place still give a caret or none",
        arguments: [
            (Span(0, 0), "", 1), (Span(50, 90), "abc", 3), (Span(3, 3), "abc", 3), (Span(0, 90), "abc\ndef", 3),
        ])
    func edges(span: Span, text: String, count: Int) {
        #expect(lines(ZoshError(.usage, "no", at: span), text).count == count)
    }

    @Test("nothing an error quotes can steer a terminal")
    func hostile() {
        let error = ZoshError(.usage, "there is \u{1B}[2J\u{202E}", at: Span(0, 3), remedy: "\u{7}", code: "\u{9B}x")
        for line in lines(error, "\u{1B}]0;x\u{7}", name: "f\u{1B}") {
            let hostile = line.unicodeScalars.filter(\.isHostileToTerminals)
            #expect(hostile.isEmpty)
        }
    }
}
