import Testing
import ZoshKit

struct NeutralisingTests {
    static let table: [(String, String)] = [
        ("plain", "plain"), ("Zoë 山田 👨‍👩‍👧", "Zoë 山田 👨‍👩‍👧"), ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\u{1B}[31mred", "\\u{1b}[31mred"), ("\u{7F}", "\\u{7f}"), ("\u{9B}2J", "\\u{9b}2J"), ("\0", "\\u{0}"),
        ("\u{202E}evil", "\\u{202e}evil"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
        ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
        ("a\u{200B}b", "a\\u{200b}b"), ("\u{FEFF}", "\\u{feff}"), ("\u{E0041}", "\\u{e0041}"),
        ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("e\u{301}", "e\u{301}"), ("❤️", "❤️"), ("C:\\n", "C:\\n"),
        ("\r\n", "\\r\\n"),
    ]

    @Test(arguments: table)
    func `what could steer a terminal is shown, the rest stays scalar for scalar`(text: String, shown: String) {
        #expect(Array(text.neutralised.unicodeScalars) == Array(shown.unicodeScalars))
    }

    /// Everything assigned that is not an ideograph or a syllable of the large blocks.
    @Test(arguments: [UInt32(0)...0x33FF, 0xA000...0xABFF, 0xD7B0...0x10FFF, 0x1D000...0x1FFFF, 0xE0000...0xE0FFF])
    func `neutralising twice changes nothing more`(scalars: ClosedRange<UInt32>) {
        for value in scalars {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = "x\(scalar)y".neutralised
            if once.neutralised != once || once.unicodeScalars.contains(where: \.isHostileToTerminals) {
                Issue.record("U+\(String(value, radix: 16)) is not settled by one pass")
            }
        }
    }

    @Test func `no control and no bidi override survives`() {
        for value in Array(UInt32(0)..<0x20) + Array(0x7F..<0xA0) + Array(0x202A...0x202E) + Array(0x2066...0x2069) {
            let text = Unicode.Scalar(value).map(String.init) ?? ""
            #expect(!text.neutralised.unicodeScalars.contains { $0.value == value })
        }
    }
}
