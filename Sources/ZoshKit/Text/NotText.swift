/// Bytes that were to be text and are not UTF-8.
///
/// For example `NotText.place(in: bytes)` is 3 when the fourth byte begins nothing in UTF-8.
public enum NotText {
    /// Where the first byte stands that belongs to no character, from 1; nil when all do.
    public static func place(in bytes: some Collection<UInt8>) -> Int? {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var place = 1
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): place += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return place
            }
        }
    }

    /// The byte order of text in UTF-16 whose first characters are ASCII: they have a zero in every second byte. Nil
    /// for other bytes, text in UTF-16 with a mark among them.
    public static func unmarkedUTF16(_ bytes: some Collection<UInt8>) -> TextEncoding? {
        let sample = Array(bytes.prefix(64))
        guard sample.count >= 4 else { return nil }
        let zeros = sample.indices.filter { sample[$0] == 0 }
        guard zeros.count >= sample.count / 4 else { return nil }
        if zeros.allSatisfy({ $0 % 2 == 1 }) { return .utf16LittleEndian }
        return zeros.allSatisfy { $0 % 2 == 0 } ? .utf16BigEndian : nil
    }

    /// How to convert bytes to UTF-8 where no command has an option for their encoding.
    public static func conversion(of bytes: some Collection<UInt8>) -> String {
        // The mark of UTF-32 begins with that of UTF-16.
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            return conversion(from: "utf-32")
        }
        let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        return conversion(from: isMarked ? "utf-16" : unmarkedUTF16(bytes)?.rawValue ?? "windows-1252")
    }

    public static func conversion(from encoding: String) -> String {
        "convert it: iconv -f \(encoding.uppercased()) -t UTF-8 OLD > NEW"
    }

    /// - Parameters:
    ///   - what: what the bytes are: "argument 2", "line 7".
    ///   - encoding: what they were to be.
    ///   - remedy: how they can become text.
    public static func error(
        _ bytes: some Collection<UInt8>, _ what: String, encoding: String = "UTF-8", remedy: String?
    ) -> ZoshError {
        let place = place(in: bytes).map { " (byte \($0))" } ?? ""
        return ZoshError(.usage, "\(what) is not \(encoding) text\(place)", remedy: remedy)
    }
}
