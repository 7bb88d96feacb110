/// The escapes of tab-separated lines for other programs: a line is always a row, and a tab always a border. No reader
/// of ours undoes them: what follows a backslash in a person's file is text.
enum TSVEscapes {
    static func added(to text: String) -> String {
        let opensQuote = text.utf8.first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "\"")
        guard opensQuote || text.utf8.contains(where: { escape(for: $0) != nil }) else { return text }
        var bytes: [UInt8] = []
        var isOpening = opensQuote
        for byte in text.utf8 {
            // A cell that begins with a quote would be a quoted one to other readers.
            if isOpening, byte == UInt8(ascii: "\"") {
                bytes.append(UInt8(ascii: "\\"))
                isOpening = false
            }
            if let escape = escape(for: byte) { bytes.append(contentsOf: escape.utf8) } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func escape(for byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "\t"): "\\t"
        case UInt8(ascii: "\n"): "\\n"
        case UInt8(ascii: "\r"): "\\r"
        case UInt8(ascii: "\\"): "\\\\"
        default: nil
        }
    }
}
