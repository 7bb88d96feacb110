public import ZoshKit

/// Finds people by any part of name, e-mail or id, best first, fast enough for a key press over 100 000 people.
///
/// Made once per snapshot: everybody's folded texts in one array of bytes, where each word begins, who has words of
/// which beginning, and a sieve that tells by a few bits that somebody cannot match. A search keeps only the best few.
public struct PeopleSearch: Sendable {
    /// `name \n e-mail \n id`, one person after the other.
    private var bytes: [UInt8] = []
    /// Where each person's bytes begin, and one end more.
    private var starts: [Int32] = [0]
    /// Offsets of the words of a person from their start; `PeopleScan.fieldMark` is set where a field begins.
    private var words: [UInt16] = []
    private var wordStarts: [Int32] = [0]
    private var sieves: [PersonSieve] = []
    private let buckets: WordBuckets

    public init(_ people: [Person]) {
        bytes.reserveCapacity(people.reduce(0) { $0 + $1.name.utf8.count + $1.email.utf8.count + $1.id.utf8.count + 2 })
        starts.reserveCapacity(people.count + 1)
        wordStarts.reserveCapacity(people.count + 1)
        sieves.reserveCapacity(people.count)
        words.reserveCapacity(people.count * 8)
        var folding = Folding()
        for person in people {
            folding.append(person.name, to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
            folding.append(person.email, to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
            folding.append(person.id, to: &bytes)
            starts.append(Int32(bytes.count))
        }
        for (number, person) in people.enumerated() { Self.read(bytes, starts, number, person.isActive, &words, &wordStarts, &sieves) }
        let (bytes, starts, words, wordStarts) = (bytes, starts, words, wordStarts)
        buckets = WordBuckets { take in
            for person in people.indices {
                let (start, end) = (Int(starts[person]), Int(starts[person + 1]))
                for index in Int(wordStarts[person])..<Int(wordStarts[person + 1]) {
                    let word = words[index]
                    let at = start + Int(word & ~PeopleScan.fieldMark)
                    take(person, word & PeopleScan.fieldMark != 0, bytes[at], at + 1 < end ? bytes[at + 1] : UInt8(ascii: "\n"))
                }
            }
        }
    }

    public var count: Int { sieves.count }

    /// Marks the words of one person and fills their sieve.
    private static func read(
        _ bytes: [UInt8], _ starts: [Int32], _ person: Int, _ isActive: Bool, _ words: inout [UInt16], _ wordStarts: inout [Int32],
        _ sieves: inout [PersonSieve]
    ) {
        let start = Int(starts[person])
        var sieve = PersonSieve(isActive: isActive)
        var last: UInt8?
        var field = 0
        var isInside = false
        var begins = true
        var isBeforeDomain = true
        for index in start..<Int(starts[person + 1]) {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\n") {
                field += 1
                (begins, isInside, isBeforeDomain) = (true, false, field < 2)
            } else {
                let isLetter = isLetter(byte)
                let offset = index - start
                // Beyond 32 KiB nobody's name needs word starts.
                if begins || (isLetter && !isInside), offset < Int(PeopleScan.fieldMark) {
                    words.append(UInt16(offset) | (begins ? PeopleScan.fieldMark : 0))
                }
                (begins, isInside) = (false, isLetter)
                if field == 1, byte == UInt8(ascii: "@") { isBeforeDomain = false }
            }
            sieve.add(byte, after: last, isBeforeDomain: isBeforeDomain)
            last = byte
        }
        sieves.append(sieve)
        wordStarts.append(Int32(words.count))
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }

    /// Positions of the best matches, best first: exact, prefix, word start, inside, letters in order; within each
    /// active people first, then those of `recent`, then in the directory's order.
    ///
    /// - Parameters:
    ///   - recent: positions of people used lately.
    ///   - limit: how many at most.
    public func matches(_ query: String, recent: Set<Int> = [], limit: Int) -> [Int] {
        guard limit > 0 else { return [] }
        let wanted = Folding.bytes(query)
        var best = BestFew(limit)
        func score(_ tier: PeopleScan.Tier, _ person: Int) -> UInt64 {
            tier.rawValue << 2 | (sieves[person].isActive ? 0 : 2) | (recent.isEmpty || !recent.contains(person) ? 1 : 0)
        }
        guard !wanted.isEmpty else {
            for person in sieves.indices { best.offer(score(.prefix, person), person) }
            return best.sorted
        }
        return bytes.withUnsafeBufferPointer { bytes in
            words.withUnsafeBufferPointer { words in
                wanted.withUnsafeBufferPointer { wanted in
                    let scan = PeopleScan(bytes: bytes, words: words, wanted: wanted)
                    func text(_ person: Int) -> Range<Int> { Int(starts[person])..<Int(starts[person + 1]) }
                    var seen = [Bool](repeating: false, count: sieves.count)
                    var found = 0
                    for isField in [true, false] {
                        for person in buckets.people(isField: isField, wanted).lazy.map(Int.init) where !seen[person] {
                            guard let tier = scan.wordTier(of: text(person), words: Int(wordStarts[person])..<Int(wordStarts[person + 1])) else { continue }
                            seen[person] = true
                            // Of those whose other words match there are more to come.
                            if !isField || tier != .word { found += 1 }
                            best.offer(score(tier, person), person)
                        }
                        // Whoever else there is matches less well.
                        if found >= limit { return best.sorted }
                    }
                    let sieve = PersonSieve(query: wanted)
                    for (person, one) in sieves.enumerated() where one.mayHoldLetters(of: sieve) && !seen[person] {
                        if one.mayHoldPairs(of: sieve), best.takes(score(.inside, person), person), scan.isInside(text(person)) {
                            best.offer(score(.inside, person), person)
                        } else if scan.isFuzzy, one.mayHoldInOrder(sieve), best.takes(score(.letters, person), person), scan.isInOrder(text(person)) {
                            best.offer(score(.letters, person), person)
                        }
                    }
                    return best.sorted
                }
            }
        }
    }
}
