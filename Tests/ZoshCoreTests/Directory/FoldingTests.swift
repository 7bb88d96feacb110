import Foundation
import Testing

@testable import ZoshCore

/// The quick way letter by letter, beside the slow one over the whole text.
@Suite struct FoldingTests {
    private static func slowly(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
        where !(0x300..<0x370).contains(scalar.value) {
            scalars.append(scalar == "\n" ? " " : scalar == "ς" ? "σ" : scalar)
        }
        return String(scalars)
    }

    @Test(arguments: [
        "", "Ada", "JOSÉ", "Jose\u{301}", "ΠΑΠΑΣ Σ", "παπάς", "İstanbul", "ẞ straße", "Ṩ\u{323}", "s\u{307}\u{323}",
        "דָּוִד בֶּן", "د\u{64B}\u{651}",
        "श्रीनिवास क़\u{94D}", "สมชาย ทองคำ", "한국어 각", "\u{1100}\u{1161}\u{11A8}", "민준 김", "a\nb",
        "👩‍💻 "
            + "Sam", "\u{301}x",
        "\u{591}\u{5B0}", "ﬁ Å \u{212B}",
    ])
    func bothWaysGiveTheSame(text: String) {
        #expect(String(decoding: Folding.bytes(text), as: UTF8.self) == Self.slowly(text))
        #expect(
            Array(String(decoding: Folding.bytes(text), as: UTF8.self).unicodeScalars)
                == Array(Self.slowly(text).unicodeScalars))
    }

    @Test func everyScalarAloneAndBetweenLetters() {
        var folding = Folding()
        for value in UInt32(1)..<0x3000 {
            guard let scalar = Unicode.Scalar(value), scalar != "\r" else { continue }
            for text in [String(scalar), "A\(scalar)b", "\(scalar)\u{5B0}\(scalar)"] {
                var bytes: [UInt8] = []
                folding.append(text, to: &bytes)
                // A capital sigma at the end of a word is the one letter whose small form its place decides.
                #expect(
                    Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
                        == Array(Self.slowly(text).unicodeScalars), "U+\(String(value, radix: 16))")
            }
        }
    }
}
