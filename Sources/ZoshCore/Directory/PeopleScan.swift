/// How well one query matches one person, by looking at every byte of their texts.
struct PeopleScan {
    enum Tier: UInt64 {
        case exact, prefix, word, inside, letters
    }

    let bytes: UnsafeRawBufferPointer
    let wanted: SearchKey
    let isFuzzy: Bool

    init(_ wanted: SearchKey, in bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        self.wanted = wanted
        // One letter occurs everywhere, and digits in order match nearly every id.
        isFuzzy = wanted.bytes.count > 1 && wanted.bytes.contains { !(0x30...0x39).contains($0) }
    }

    /// - Parameters:
    ///   - text: the place of the person's bytes; like all of them it ends with a line feed.
    ///   - isFuzzy: whether letters in order count.
    @inline(__always)
    func tier(of text: Range<Int>, isFuzzy: Bool) -> Tier? {
        var best: Tier?
        for at in text where wanted.matches(at: at, in: bytes) {
            let before = at == text.lowerBound ? FoldedPeople.fieldEnd : bytes[at - 1]
            let tier: Tier =
                if before == FoldedPeople.fieldEnd {
                    bytes[at + wanted.bytes.count] == FoldedPeople.fieldEnd ? .exact : .prefix
                } else {
                    FoldedPeople.isLetter(bytes[at]) && !FoldedPeople.isLetter(before) ? .word : .inside
                }
            if tier.rawValue < best?.rawValue ?? .max { best = tier }
        }
        return best ?? (isFuzzy && isInOrder(text) ? .letters : nil)
    }

    @inline(__always)
    func isInside(_ text: Range<Int>) -> Bool {
        for at in text where wanted.matches(at: at, in: bytes) { return true }
        return false
    }

    /// Whether the query's letters occur in this order in name and e-mail, whose domain, the same for nearly all,
    /// counts for nothing; not in ids, see `isFuzzy`.
    @inline(__always)
    func isInOrder(_ text: Range<Int>) -> Bool {
        var next = 0
        var isMail = false
        for at in text {
            let byte = bytes[at]
            if byte == wanted.bytes[next] {
                next += 1
                if next == wanted.bytes.count { return true }
            } else if byte == FoldedPeople.fieldEnd {
                if isMail { return false }
                isMail = true
            } else if isMail, byte == UInt8(ascii: "@") {
                return false
            }
        }
        return false
    }
}
