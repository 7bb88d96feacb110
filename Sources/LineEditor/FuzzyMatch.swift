/// How well some typed characters are found in a text, ignoring case: as its beginning, inside it, or scattered in order.
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
        let wanted = pattern.lowercased().map { $0 }
        // Lower-casing may change how many characters there are; one by one it does not.
        let found = text.map { Character($0.lowercased().first.map(String.init) ?? String($0)) }
        guard !wanted.isEmpty else {
            quality = .prefix
            offsets = []
            return
        }
        if let start = Self.start(of: wanted, in: found) {
            offsets = Array(start..<start + wanted.count)
            quality = start == 0 ? .prefix : found[start - 1].isLetter || found[start - 1].isNumber ? .inside : .wordStart
            return
        }
        var scattered: [Int] = []
        for (offset, character) in found.enumerated() where scattered.count < wanted.count {
            if character == wanted[scattered.count] { scattered.append(offset) }
        }
        guard scattered.count == wanted.count else { return nil }
        quality = .scattered
        offsets = scattered
    }

    private static func start(of wanted: [Character], in text: [Character]) -> Int? {
        guard text.count >= wanted.count else { return nil }
        return (0...(text.count - wanted.count)).first { start in
            text[start] == wanted[0] && text[start..<start + wanted.count].elementsEqual(wanted)
        }
    }

    static func < (a: FuzzyMatch, b: FuzzyMatch) -> Bool { a.quality < b.quality }
}
