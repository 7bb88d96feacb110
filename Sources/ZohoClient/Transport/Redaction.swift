/// Finds Zoho's tokens and grant codes in text and takes them out.
///
/// They look like `1000.<32 hex digits>.<32 hex digits>` (device clients: `1004.`), so they can be recognised wherever
/// they turn up: in a URL, in a message echoed by a gateway, in a trace.
public enum Redaction {
    private static let hexDigits = 32

    public static func redacted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count > hexDigits * 2 else { return text }
        var clean: [UInt8] = []
        var index = 0
        var found = false
        while index < bytes.count {
            if let end = tokenEnd(in: bytes, from: index) {
                clean.append(contentsOf: "‹redacted›".utf8)
                index = end
                found = true
            } else {
                clean.append(bytes[index])
                index += 1
            }
        }
        return found ? String(decoding: clean, as: UTF8.self) : text
    }

    /// Where a token that starts at `start` ends; nil when none starts there.
    private static func tokenEnd(in bytes: [UInt8], from start: Int) -> Int? {
        guard var index = headEnd(in: bytes, from: start) else { return nil }
        for part in 0..<2 {
            guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return nil }
            index += 1
            let first = index
            while index < bytes.count, isHex(bytes[index]) {
                // The next token may begin right here; its head must not be taken for the end of this one.
                if part == 1, index - first >= hexDigits, let end = headEnd(in: bytes, from: index), end < bytes.count,
                    bytes[end] == UInt8(ascii: ".")
                {
                    break
                }
                index += 1
            }
            guard index - first >= hexDigits else { return nil }
        }
        return index
    }

    /// The end of `1000`, `1004` and their like.
    private static func headEnd(in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "1") else { return nil }
        let digits = bytes[start...].prefix(7).prefix { (0x30...0x39).contains($0) }.count
        return (4...6).contains(digits) ? start + digits : nil
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
