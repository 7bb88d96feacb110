public import ZoshKit

/// Finds people by any part of name, e-mail or id, best first, fast enough for a key press over 100 000 people.
///
/// Made once per snapshot: everybody's folded texts in one array of bytes, where each word begins, and a sieve that
/// tells by a few bits that somebody cannot match. A search keeps only the best few.
public struct PeopleSearch: Sendable {
    /// `name \n e-mail \n id`, one person after the other.
    private var bytes: [UInt8] = []
    /// Where each person's bytes begin, and one end more.
    private var starts: [Int32] = [0]
    /// Offsets of the words of a person from their start; `PeopleScan.fieldMark` is set where a field begins.
    private var words: [UInt16] = []
    private var wordStarts: [Int32] = [0]
    private var sieves: [PersonSieve] = []

    public init(_ people: [Person]) {
        var folding = Folding()
        for person in people {
            let start = bytes.count
            for field in [person.name, person.email, person.id] {
                if bytes.count > start { bytes.append(UInt8(ascii: "\n")) }
                let first = bytes.count
                folding.append(field, to: &bytes)
                markWords(from: first, start: start)
            }
            sieves.append(PersonSieve(bytes[start...], isActive: person.isActive))
            starts.append(Int32(bytes.count))
            wordStarts.append(Int32(words.count))
        }
    }

    public var count: Int { sieves.count }

    private mutating func markWords(from first: Int, start: Int) {
        // The empty name of somebody without one begins nothing.
        guard first < bytes.count else { return }
        var isInside = false
        for index in first..<bytes.count {
            let isLetter = Self.isLetter(bytes[index])
            let offset = index - start
            // Beyond 32 KiB nobody's name needs word starts.
            if index == first || (isLetter && !isInside), offset < Int(PeopleScan.fieldMark) {
                words.append(UInt16(offset) | (index == first ? PeopleScan.fieldMark : 0))
            }
            isInside = isLetter
        }
    }

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
        let sieve = PersonSieve(wanted[...], isActive: false)
        var best = BestFew(limit)
        bytes.withUnsafeBufferPointer { bytes in
            words.withUnsafeBufferPointer { words in
                wanted.withUnsafeBufferPointer { wanted in
                    let scan = PeopleScan(bytes: bytes, words: words, wanted: wanted)
                    for (person, one) in sieves.enumerated() where one.mayHoldLetters(of: sieve) {
                        let inactive: UInt64 = one.isActive ? 0 : 2
                        let stale: UInt64 = recent.isEmpty || !recent.contains(person) ? 1 : 0
                        let tier = scan.tier(
                            of: Int(starts[person])..<Int(starts[person + 1]),
                            words: Int(wordStarts[person])..<Int(wordStarts[person + 1]),
                            mayHoldPairs: one.mayHoldPairs(of: sieve)
                        ) { best.takes($0.rawValue << 2 | inactive | stale, person) }
                        if let tier { best.offer(tier.rawValue << 2 | inactive | stale, person) }
                    }
                }
            }
        }
        return best.sorted
    }
}
