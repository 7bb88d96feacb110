/// What secrets look like in text: Zoho's codes and tokens are `1000.<32 hex>.<32 hex>`, client secrets 42 hexadecimal
/// digits. Lines that hold one are neither remembered nor recorded.
///
/// Read by bytes: whatever stands next to the digits, a letter or a mark that makes another character of the last one,
/// they are still there. An approver's key is public, for all its digits.
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
            if end - start >= digits, !isApproversKey(start..<end, in: bytes) { found.append(start..<end) }
            start = end + 1
        }
        return found
    }

    /// Whether digits are the key of `zosh-approver:ada@example.com:KEY:CHECK`.
    private static func isApproversKey(_ run: Range<Int>, in bytes: [UInt8]) -> Bool {
        let colon = UInt8(ascii: ":")
        guard run.count == 64, run.upperBound < bytes.count, bytes[run.upperBound] == colon else { return false }
        let word =
            bytes[..<run.lowerBound].split(omittingEmptySubsequences: false) { byte in
                byte <= 0x20 || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
            }.last ?? []
        return word.last == colon && word.starts(with: Array("zosh-approver:".utf8)) && word.count { $0 == colon } == 2
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
