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
    let isFuzzy: Bool

    init(bytes: UnsafeBufferPointer<UInt8>, words: UnsafeBufferPointer<UInt16>, wanted: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        self.words = words
        self.wanted = wanted
        // One letter occurs everywhere, and digits in order match nearly every id.
        isFuzzy = wanted.count > 1 && wanted.contains { !(0x30...0x39).contains($0) }
    }

    /// Whether the query begins a field or a word, or is a whole field.
    @inline(__always)
    func wordTier(of text: Range<Int>, words range: Range<Int>) -> Tier? {
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

    @inline(__always)
    func isInside(_ text: Range<Int>) -> Bool {
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

    /// Whether the query's letters occur in this order in name and e-mail, whose domain, the same for nearly everybody,
    /// counts for nothing; not in ids, see `isFuzzy`.
    @inline(__always)
    func isInOrder(_ text: Range<Int>) -> Bool {
        var next = 0
        var isMail = false
        for at in text {
            let byte = bytes[at]
            if byte == wanted[next] {
                next += 1
                if next == wanted.count { return true }
            } else if byte == UInt8(ascii: "\n") {
                if isMail { return false }
                isMail = true
            } else if isMail, byte == UInt8(ascii: "@") {
                return false
            }
        }
        return false
    }
}
