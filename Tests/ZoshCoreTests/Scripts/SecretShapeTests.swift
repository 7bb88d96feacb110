import Testing

@testable import ZoshCore

struct SecretShapeTests {
    private static let hex = "0123456789abcdef0123456789abcdef"

    @Test(arguments: [
        "1000.\(hex).\(hex)", "x 1000.\(hex).0", "secret=\(hex)0123456789", "'\(hex)'", "token\(hex)", "\(hex)\u{301}",
        "\(hex)é", "é\(hex)g",
        "\(hex.uppercased())", "a\n\(hex)\r\n", "zosh-approver:a@x.example:\(hex):1a2b3c4d",
        "zosh-approver:a@x.example \(hex)\(hex):1a2b3c4d", "x:a@x.example:\(hex)\(hex):1a2b3c4d",
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
        "approve keys add Ada 'zosh-approver:ada@x.example:\(hex)\(hex):1a2b3c4d'",
    ])
    func `ids, words, short runs and the public keys of approvers are none`(text: String) {
        #expect(!SecretShape.isIn(text))
    }
}
