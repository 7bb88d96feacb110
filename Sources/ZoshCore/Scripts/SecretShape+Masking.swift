extension SecretShape {
    /// Hex digits in a row that only a token, a code or a client secret has.
    private static let digits = 32

    /// The text with every such run starred out, as long as before, so that a caret below still points at its place.
    static func masked(_ text: String) -> String {
        var bytes = Array(text.utf8)
        var start = 0
        for end in 0...bytes.count where end == bytes.count || !isHexDigit(bytes[end]) {
            if end - start >= digits { for index in start..<end { bytes[index] = UInt8(ascii: "*") } }
            start = end + 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
