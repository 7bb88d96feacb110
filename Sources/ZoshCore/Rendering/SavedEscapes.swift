/// The escapes of tab-separated files that zosh saves: a line is always a row, a tab always a border, and the file
/// comes back as it was.
///
/// `\{t}`, `\{n}`, `\{r}` and `\{q}` are a tab, a line feed, a carriage return and a quote that begins a cell; `\{b}`
/// is a backslash before what would be one of these. They do not occur by chance, so every other backslash is text,
/// here and in the files of other programs: `CORP\tom` and `C:\new` are read as they stand.
enum SavedEscapes {
    private static let backslash = UInt8(ascii: "\\")
    private static let opening = UInt8(ascii: "{")
    private static let closing = UInt8(ascii: "}")
    private static let quote = UInt8(ascii: "\"")

    private static let meanings: [UInt8: UInt8] = [
        UInt8(ascii: "t"): UInt8(ascii: "\t"), UInt8(ascii: "n"): UInt8(ascii: "\n"),
        UInt8(ascii: "r"): UInt8(ascii: "\r"), UInt8(ascii: "q"): quote, UInt8(ascii: "b"): backslash,
    ]

    private static let letters = Dictionary(uniqueKeysWithValues: meanings.map { ($0.value, $0.key) })

    static func added(to text: String) -> String {
        let isQuoted = text.utf8.first { $0 != UInt8(ascii: " ") } == quote
        guard isQuoted || text.utf8.contains(where: { letters[$0] != nil && $0 != quote }) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var isOpening = isQuoted
        for (index, byte) in bytes.enumerated() {
            let needsEscape =
                switch byte {
                case quote: isOpening
                case backslash: meaning(in: bytes, at: index) != nil
                default: true
                }
            if byte == quote { isOpening = false }
            if needsEscape, let letter = letters[byte] {
                result += [backslash, opening, letter, closing]
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func removed(from text: String) -> String {
        guard text.utf8.contains(backslash) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let meaning = meaning(in: bytes, at: index) {
                result.append(meaning)
                index += 4
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// What the escape at a place stands for; nil when there is none.
    private static func meaning(in bytes: [UInt8], at index: Int) -> UInt8? {
        guard index + 3 < bytes.count, bytes[index] == backslash, bytes[index + 1] == opening,
            bytes[index + 3] == closing
        else { return nil }
        return meanings[bytes[index + 2]]
    }
}
