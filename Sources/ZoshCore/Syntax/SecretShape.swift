/// What secrets look like in text: Zoho's codes and tokens are `1000.<32 hex>.<32 hex>`, client secrets 42 hexadecimal
/// digits. Lines that hold one are neither remembered nor recorded.
///
/// Read by bytes: whatever stands next to the digits, a letter or a mark that makes another character of the last one,
/// they are still there.
public enum SecretShape {
    /// Hex digits in a row that only a token, a code or a client secret has.
    private static let digits = 32

    public static func isIn(_ line: String) -> Bool {
        let bytes = Array(line.utf8)
        // An id is digits only.
        return runs(in: bytes).contains { bytes[$0].contains { $0 > UInt8(ascii: "9") } }
    }

    /// The text with every such run starred out, as long as before, so that a caret below still points at its place.
    static func masked(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for index in runs(in: bytes).joined() { bytes[index] = UInt8(ascii: "*") }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func runs(in bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        for end in 0...bytes.count where end == bytes.count || !isHexDigit(bytes[end]) {
            if end - start >= digits { found.append(start..<end) }
            start = end + 1
        }
        return found
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
