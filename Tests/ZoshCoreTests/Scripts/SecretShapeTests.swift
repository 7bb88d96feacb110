import Testing

@testable import ZoshCore

struct SecretShapeTests {
    private static let hex = "0123456789abcdef0123456789abcdef"

    @Test(arguments: [
        "1000.\(hex).\(hex)", "x 1000.\(hex).0", "secret=\(hex)0123456789", "'\(hex)'", "token\(hex)", "\(hex)\u{301}",
        "\(hex)é", "é\(hex)g",
        "\(hex.uppercased())", "a\n\(hex)\r\n",
    ])
    func `a run of hex digits is a secret, whatever stands beside it`(text: String) {
        #expect(SecretShape.isIn(text))
        let masked = SecretShape.masked(text)
        #expect(!masked.contains(Self.hex.prefix(8)) && !masked.contains(Self.hex.prefix(8).uppercased()))
        #expect(masked.utf8.count == text.utf8.count)
    }

    @Test(arguments: [
        "", "users lookup 4150868000000411001", "01234567890123456789012345678901234567890123",
        "0123456789abcdef0123456789abcde", "a b c d e f",
    ])
    func `ids, words and short runs are none`(text: String) {
        #expect(!SecretShape.isIn(text))
    }
}
