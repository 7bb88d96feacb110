/// How well some typed characters are found in a text, ignoring case: as its beginning, inside it, or scattered in
/// order.
struct FuzzyMatch: Comparable {
    enum Quality: Int, Comparable {
        case prefix, wordStart, inside, scattered
        static func < (a: Quality, b: Quality) -> Bool { a.rawValue < b.rawValue }
    }

    let quality: Quality
    /// Offsets of the matched characters in the text.
    let offsets: [Int]

    /// nil when the characters do not occur in this order.
    init?(_ pattern: String, in text: String) {
        // Most lines are plain, where a byte is a character. A key of a search goes through the whole history.
        if pattern.utf8.allSatisfy(Self.isPlain), text.utf8.allSatisfy(Self.isPlain) {
            self.init(pattern.utf8.map(Self.lowercased), in: text.utf8.map(Self.lowercased)) {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
            }
        } else {
            // Lower-casing may change how many characters there are; one by one it does not.
            let found = text.map { Character($0.lowercased().first.map(String.init) ?? String($0)) }
            self.init(Array(pattern.lowercased()), in: found) { $0.isLetter || $0.isNumber }
        }
    }

    private init?<Element: Equatable>(_ wanted: [Element], in found: [Element], isOfWord: (Element) -> Bool) {
        guard !wanted.isEmpty else {
            quality = .prefix
            offsets = []
            return
        }
        if let start = Self.start(of: wanted, in: found) {
            offsets = Array(start..<start + wanted.count)
            quality = start == 0 ? .prefix : isOfWord(found[start - 1]) ? .inside : .wordStart
            return
        }
        var scattered: [Int] = []
        for (offset, element) in found.enumerated() where scattered.count < wanted.count {
            if element == wanted[scattered.count] { scattered.append(offset) }
        }
        guard scattered.count == wanted.count else { return nil }
        quality = .scattered
        offsets = scattered
    }

    private static func start<Element: Equatable>(of wanted: [Element], in text: [Element]) -> Int? {
        guard text.count >= wanted.count else { return nil }
        return (0...(text.count - wanted.count)).first { start in
            text[start] == wanted[0] && text[start..<start + wanted.count].elementsEqual(wanted)
        }
    }

    /// CR is not: with LF behind it, it is one character.
    private static func isPlain(_ byte: UInt8) -> Bool { byte < 0x80 && byte != 0x0D }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    static func < (a: FuzzyMatch, b: FuzzyMatch) -> Bool { a.quality < b.quality }
}
