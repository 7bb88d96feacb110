/// How well one query matches one person, over raw bytes: the innermost loop of a key press.
struct PeopleScan {
    enum Tier: UInt64 {
        case exact, prefix, word, inside, letters
    }

    /// Set in a word's offset where a whole field begins.
    static let fieldMark: UInt16 = 0x8000

    let bytes: UnsafeBufferPointer<UInt8>
    let words: UnsafeBufferPointer<UInt16>
    let wanted: UnsafeBufferPointer<UInt8>
    private let isFuzzy: Bool

    init(bytes: UnsafeBufferPointer<UInt8>, words: UnsafeBufferPointer<UInt16>, wanted: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        self.words = words
        self.wanted = wanted
        // One letter occurs everywhere, and digits in order match nearly every id.
        isFuzzy = wanted.count > 1 && wanted.contains { !(0x30...0x39).contains($0) }
    }

    /// - Parameters:
    ///   - mayHoldPairs: false when the sieve knows that the query does not stand in one piece.
    ///   - takes: whether a match of this tier would be kept; what would not be is not looked for.
    @inline(__always)
    func tier(of text: Range<Int>, words: Range<Int>, mayHoldPairs: Bool, takes: (Tier) -> Bool) -> Tier? {
        guard !wanted.isEmpty else { return .prefix }
        if mayHoldPairs, takes(.exact) {
            if let found = wordTier(text, words) { return found }
            if takes(.inside), isInside(text) { return .inside }
        }
        return isFuzzy && takes(.letters) && isInOrder(text) ? .letters : nil
    }

    /// Whether the query begins a field or a word, or is a whole field.
    private func wordTier(_ text: Range<Int>, _ range: Range<Int>) -> Tier? {
        let first = wanted[0]
        var tier: Tier?
        for index in range {
            let word = words[index]
            let at = text.lowerBound + Int(word & ~Self.fieldMark)
            guard bytes[at] == first, stands(at, before: text.upperBound) else { continue }
            guard word & Self.fieldMark != 0 else {
                if tier == nil { tier = .word }
                continue
            }
            let end = at + wanted.count
            if end == text.upperBound || bytes[end] == UInt8(ascii: "\n") { return .exact }
            tier = .prefix
        }
        return tier
    }

    private func isInside(_ text: Range<Int>) -> Bool {
        let first = wanted[0]
        for at in text where bytes[at] == first && stands(at, before: text.upperBound) { return true }
        return false
    }

    @inline(__always)
    private func stands(_ at: Int, before end: Int) -> Bool {
        guard at + wanted.count <= end else { return false }
        for offset in 1..<max(1, wanted.count) where bytes[at + offset] != wanted[offset] { return false }
        return true
    }

    /// Whether the query's letters occur in this order in name and e-mail; not in ids, see `isFuzzy`.
    private func isInOrder(_ text: Range<Int>) -> Bool {
        var next = 0
        var fields = 0
        for at in text {
            let byte = bytes[at]
            if byte == wanted[next] {
                next += 1
                if next == wanted.count { return true }
            } else if byte == UInt8(ascii: "\n") {
                fields += 1
                if fields == 2 { return false }
            }
        }
        return false
    }
}
