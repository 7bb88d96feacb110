import Testing
import ZoshKit

struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("Ada", 3), ("Zoë", 3), ("Zoe\u{308}", 3), ("山田", 4), ("ﾔﾏﾀﾞ", 4), ("Ａ", 2), ("한국", 4),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("🙂", 2), ("👨‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("🇩🇪🇫🇷", 4),
        ("👍🏽", 2), ("❤", 1), ("❤️", 2),
        ("1️⃣", 2),
        ("a\u{200D}b", 2), ("می\u{200C}خواهم", 7), ("नमस्ते", 4), ("\u{301}", 0), ("–", 1), ("\u{1B}[1m", 3), ("𠮷", 2),
    ])
    func `width counts columns per grapheme cluster`(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test(arguments: [
        ("Lovelace", 8, "Lovelace"), ("Lovelace", 7, "Lovela…"), ("Lovelace", 1, "…"), ("Lovelace", 0, ""),
        ("山田太郎", 8, "山田太郎"), ("山田太郎", 7, "山田太…"), ("山田太郎", 6, "山田…"), ("山田太郎", 2, "…"),
        ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3, "👨‍👩‍👧‍👦…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("é", 1, "é"),
    ])
    func `truncating never cuts a cluster and never exceeds the width`(text: String, columns: Int, cut: String) {
        let result = text.truncated(to: columns)
        #expect(Array(result.unicodeScalars) == Array(cut.unicodeScalars))
        #expect(DisplayWidth.of(result) <= columns)
    }

    @Test func `an ASCII terminal gets three dots`() {
        #expect("Lovelace".truncated(to: 6, ellipsis: "...") == "Lov...")
        #expect("Lovelace".truncated(to: 2, ellipsis: "...") == "Lo")
    }
}
