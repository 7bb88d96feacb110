public import ZoshKit

/// Finds people by any part of name, e-mail or id, best first, fast enough for a key press over 100 000 people.
///
/// Made once per snapshot: all folded texts in one array of bytes, where each word begins, and who may hold
/// which letters and pairs. A search goes from the best matches to the worst, keeps only the best few, and ends where
/// no better match can come.
public struct PeopleSearch: Sendable {
    private let texts: FoldedPeople
    private let inactive: [Bool]
    /// Indices that spare looking at most people; until they are made, each search looks at all.
    private let aids: Aids?

    private struct Aids: Sendable {
        let beginnings: Beginnings
        let signatures: Signatures
    }

    public init(_ people: [Person]) {
        self = PeopleSearch(provisionally: people, FoldedPeople(people)).completed
    }

    private init(_ texts: FoldedPeople, _ inactive: [Bool], _ aids: Aids?) {
        self.texts = texts
        self.inactive = inactive
        self.aids = aids
    }

    /// One that looks at all people for each query: made quickly, but slow to search.
    init(provisionally people: [Person], _ texts: FoldedPeople) {
        self.init(texts, people.map { !$0.isActive }, nil)
    }

    /// The same answers, quick.
    var completed: PeopleSearch {
        PeopleSearch(texts, inactive, Aids(beginnings: Beginnings(texts), signatures: Signatures(texts)))
    }

    /// The same for people who differ in nothing that is searched.
    func replacing(_ people: [Person]) -> PeopleSearch { PeopleSearch(texts, people.map { !$0.isActive }, aids) }

    public var count: Int { inactive.count }

    /// Positions of the best matches, best first: exact, prefix, word start, inside, letters in order; within each
    /// active people first, then those of `recent`, then in the directory's order.
    ///
    /// - Parameters:
    ///   - recent: positions of people used lately.
    ///   - limit: how many at most.
    public func matches(_ query: String, recent: Set<Int> = [], limit: Int) -> [Int] {
        guard limit > 0 else { return [] }
        var found = Found(limit, inactive: inactive)
        let wanted = Folding.bytes(query)
        guard !wanted.isEmpty else {
            for person in recent { found.take(person, .prefix, isRecent: true) }
            for person in inactive.indices {
                guard found.wants(.prefix, person) else { break }
                found.take(person, .prefix)
            }
            return found.sorted
        }
        return texts.bytes.withUnsafeBytes { bytes in
            let scan = PeopleScan(SearchKey(wanted), in: bytes)
            for person in recent {
                if let tier = scan.tier(of: texts.place(person), isFuzzy: scan.isFuzzy) {
                    found.take(person, tier, isRecent: true)
                }
            }
            if let aids {
                lookForBeginnings(aids.beginnings, scan, &found)
                if found.wants(.inside, 0) { lookEverywhere(aids.signatures, scan, &found) }
            } else {
                for person in inactive.indices {
                    let isFuzzy = scan.isFuzzy && found.wants(.letters, person)
                    if let tier = scan.tier(of: texts.place(person), isFuzzy: isFuzzy) { found.take(person, tier) }
                }
            }
            return found.sorted
        }
    }

    /// Whether name, e-mail or id of a person is this, whatever case and accents.
    func isNamed(_ person: Int, _ query: String) -> Bool {
        let wanted = Folding.bytes(query)
        guard !wanted.isEmpty else { return false }
        return texts.bytes.withUnsafeBytes {
            PeopleScan(SearchKey(wanted), in: $0).tier(of: texts.place(person), isFuzzy: false) == .exact
        }
    }

    /// Whole fields, beginnings of fields, beginnings of words.
    private func lookForBeginnings(_ beginnings: Beginnings, _ scan: PeopleScan, _ found: inout Found) {
        beginnings.whole(scan.wanted, scan.bytes) { found.take($0, .exact) }
        for (tier, isField) in [(PeopleScan.Tier.prefix, true), (.word, false)] {
            // A match that has come this far is better than any still to come.
            guard found.wants(tier, 0) else { return }
            beginnings.beginning(isField: isField, scan.wanted, scan.bytes, while: { found.wants(tier, $0) }) {
                found.take($0, tier)
            }
        }
    }

    /// In the midst of words, and letters in order.
    private func lookEverywhere(_ signatures: Signatures, _ scan: PeopleScan, _ found: inout Found) {
        let (whole, letters) = (signatures.holding(scan.wanted.bytes), signatures.holdingInOrder(scan.wanted.bytes))
        for block in 0..<signatures.blocks {
            guard found.wants(.inside, block * 64) else { return }
            let mayHold = signatures.people(of: block, in: whole)
            let mayHoldLetters =
                scan.isFuzzy && found.wants(.letters, block * 64) ? signatures.people(of: block, in: letters) : 0
            var left = mayHold | mayHoldLetters
            while left != 0 {
                let bit = left & ~(left - 1)
                left &= left - 1
                let person = block * 64 + bit.trailingZeroBitCount
                guard person < count, !found.holds(person) else { continue }
                if mayHold & bit != 0, found.wants(.inside, person), scan.isInside(texts.place(person)) {
                    found.take(person, .inside)
                } else if mayHoldLetters & bit != 0, found.wants(.letters, person), scan.isInOrder(texts.place(person))
                {
                    found.take(person, .letters)
                }
            }
        }
    }
}

/// The best few so far, and who has been looked at.
private struct Found {
    private var best: BestFew
    private var seen: [Bool]
    private let inactive: [Bool]

    init(_ limit: Int, inactive: [Bool]) {
        best = BestFew(limit)
        seen = Array(repeating: false, count: inactive.count)
        self.inactive = inactive
    }

    var sorted: [Int] { best.sorted }

    func holds(_ person: Int) -> Bool { seen[person] }

    /// Whether a person from this position on would still be among the best with such a match.
    func wants(_ tier: PeopleScan.Tier, _ person: Int) -> Bool {
        best.takes(score(tier, isActive: true, isRecent: false), person)
    }

    /// Counts a person once: the better match counts.
    mutating func take(_ person: Int, _ tier: PeopleScan.Tier, isRecent: Bool = false) {
        guard !seen[person] else { return }
        seen[person] = true
        best.offer(score(tier, isActive: !inactive[person], isRecent: isRecent), person)
    }

    private func score(_ tier: PeopleScan.Tier, isActive: Bool, isRecent: Bool) -> UInt64 {
        tier.rawValue << 2 | (isActive ? 0 : 2) | (isRecent ? 0 : 1)
    }
}
